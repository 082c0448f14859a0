package dev.segue.resource;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How to prove that the running program serves what was installed; both are tried again until {@code timeout} is over.
 *
 * @param command succeeds once it does
 * @param url answers 200 once it does, and with the file's {@code digest()} if the template prints that
 * @param timeout after the reload; positive
 */
public record Verification(Optional<ShellCommand> command, Optional<URI> url, Duration timeout) {
    /** Nothing asked: a reload that succeeded is proof enough. */
    public static final Verification NONE =
            new Verification(Optional.empty(), Optional.empty(), Duration.ofSeconds(10));

    public boolean isNone() {
        return command.isEmpty() && url.isEmpty();
    }
}
