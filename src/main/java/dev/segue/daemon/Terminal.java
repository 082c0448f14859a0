package dev.segue.daemon;

import dev.segue.diff.UnifiedDiff.Colour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a person looks at standard output. */
final class Terminal {
    private Terminal() {}

    /** ANSI on a terminal, unless the environment asks for none (the convention of no-color.org). */
    static Colour colour() {
        String noColour = System.getenv("NO_COLOR");
        boolean wanted = noColour == null || noColour.isEmpty();
        return wanted && isThere() ? Colour.ANSI : Colour.PLAIN;
    }

    /** System.console() asks for a terminal on standard input too, and from JDK 22 on is there without any. */
    static boolean isThere() {
        try {
            String stdout = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return stdout.startsWith("/dev/pts/") || stdout.startsWith("/dev/tty") || stdout.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
