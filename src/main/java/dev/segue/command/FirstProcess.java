package dev.segue.command;

import dev.segue.command.ProgramState.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The process whose pid is in a program's pid file.
 *
 * @param pid there if it runs
 */
record FirstProcess(Presence presence, OptionalLong pid) {
    /** The system tells a start by the second, and file systems round too. */
    private static final Duration START_SLACK = Duration.ofSeconds(5);

    private static final FirstProcess NOT_RUNNING = new FirstProcess(Presence.NOT_RUNNING, OptionalLong.empty());
    private static final FirstProcess UNKNOWN = new FirstProcess(Presence.UNKNOWN, OptionalLong.empty());

    /** As it is now; {@link ProgramState#at} says what that means. */
    static FirstProcess of(Path pidFile) {
        OptionalLong pid;
        Instant written;
        try {
            String text = Files.readString(pidFile, StandardCharsets.ISO_8859_1).strip();
            if (text.isEmpty()) {
                // nginx -t leaves an empty file where there was none; a running nginx has its pid in it.
                return NOT_RUNNING;
            }
            pid = number(text);
            written = Files.getLastModifiedTime(pidFile).toInstant();
        } catch (NoSuchFileException e) {
            return NOT_RUNNING;
        } catch (IOException e) {
            return UNKNOWN;
        }
        if (pid.isEmpty() || !ProcessTable.isVisible()) {
            return UNKNOWN;
        }
        Optional<ProcessHandle> process =
                ProcessHandle.of(pid.getAsLong()).filter(handle -> !ProcessFamily.isZombie(handle));
        return process.isEmpty() || isAnother(process.get(), written)
                ? NOT_RUNNING
                : new FirstProcess(Presence.RUNNING, pid);
    }

    /** True for a process that got the pid after the one that wrote the file had ended. */
    private static boolean isAnother(ProcessHandle process, Instant written) {
        // After the clock was set forward every process seems to have started later: nginx is told by its title.
        return process.info()
                        .startInstant()
                        .filter(written.plus(START_SLACK)::isBefore)
                        .isPresent()
                && NginxRole.of(ProcessTable.title(process.pid())) != NginxRole.MASTER;
    }

    private static OptionalLong number(String text) {
        try {
            long number = Long.parseLong(text);
            return number > 0 ? OptionalLong.of(number) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
