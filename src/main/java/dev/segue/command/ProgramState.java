package dev.segue.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the kernel's process table says of a program that writes its pid to a file, as nginx does.
 *
 * @param presence whether it runs
 * @param olderGenerations how many generations of nginx's workers from before a reload still serve requests; 0 where
 *     nothing is known or the program is no nginx
 */
public record ProgramState(Presence presence, int olderGenerations) {
    /** What can be said of a program's being there. */
    public enum Presence {
        RUNNING,
        NOT_RUNNING,
        /** The file or the process table cannot be read, or the file holds no pid. */
        UNKNOWN
    }

    /** The system tells a start by the second, and file systems round too. */
    private static final Duration START_SLACK = Duration.ofSeconds(5);

    /** Titles that nginx gives its processes (ngx_process_cycle.c, ngx_setproctitle). */
    private static final String WORKER = ": worker process";

    private static final String DRAINING_WORKER = ": worker process is shutting down";
    private static final String MASTER = ": master process";

    public ProgramState {
        if (olderGenerations < 0) {
            throw new IllegalArgumentException("negative generations: " + olderGenerations);
        }
    }

    /**
     * Looks at the program of {@code pidFile} as it is now. Reads a file for each of its children; blocks for
     * milliseconds, from any thread.
     *
     * <p>A program that is starting has not yet written its pid but may have read its configuration: NOT_RUNNING says
     * that there is nothing to be told now, not that what was installed will be read.
     */
    public static ProgramState at(Path pidFile) {
        OptionalLong pid;
        Instant written;
        try {
            String text = Files.readString(pidFile, StandardCharsets.ISO_8859_1).strip();
            if (text.isEmpty()) {
                // nginx -t leaves an empty file where there was none; a running nginx has its pid in it.
                return new ProgramState(Presence.NOT_RUNNING, 0);
            }
            pid = number(text);
            written = Files.getLastModifiedTime(pidFile).toInstant();
        } catch (NoSuchFileException e) {
            return new ProgramState(Presence.NOT_RUNNING, 0);
        } catch (IOException e) {
            return new ProgramState(Presence.UNKNOWN, 0);
        }
        if (pid.isEmpty() || !processesAreVisible()) {
            return new ProgramState(Presence.UNKNOWN, 0);
        }
        return of(pid.getAsLong(), written);
    }

    private static ProgramState of(long pid, Instant written) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(handle -> !ProcessFamily.isZombie(handle));
        if (process.isEmpty() || isAnother(process.get(), written)) {
            return new ProgramState(Presence.NOT_RUNNING, 0);
        }
        List<String> titles =
                children(process.get()).mapToObj(ProgramState::title).toList();
        return new ProgramState(Presence.RUNNING, olderGenerations(titles));
    }

    /** True for a process that got the pid after the one that wrote the file had ended. */
    private static boolean isAnother(ProcessHandle process, Instant written) {
        // After the clock was set forward every process seems to have started later: nginx is told by its title.
        return process.info()
                        .startInstant()
                        .filter(written.plus(START_SLACK)::isBefore)
                        .isPresent()
                && !title(process.pid()).contains(MASTER);
    }

    /** How many older generations there are among a master's children, by their titles. */
    static int olderGenerations(List<String> titles) {
        int draining = count(titles, DRAINING_WORKER);
        int active = count(titles, WORKER) - draining;
        // All generations are taken to be as large as the current one; a part of one is one.
        int size = Math.max(1, active);
        return (draining + size - 1) / size;
    }

    private static int count(List<String> titles, String mark) {
        return (int) titles.stream().filter(title -> title.contains(mark)).count();
    }

    private static LongStream children(ProcessHandle process) {
        long pid = process.pid();
        try {
            String children = Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children"));
            return Stream.of(children.split(" ", -1))
                    .filter(child -> !child.isBlank())
                    .mapToLong(child -> Long.parseLong(child.strip()));
        } catch (IOException e) {
            // A kernel without that file (CONFIG_PROC_CHILDREN): looks at all processes of the machine.
            return process.children().mapToLong(ProcessHandle::pid);
        }
    }

    private static String title(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // Gone in the meantime: a worker that drains no more.
            return "";
        }
    }

    /** False where /proc is missing, or hides the processes of others (hidepid=2) so that a living one looks dead. */
    private static boolean processesAreVisible() {
        return Files.exists(Path.of("/proc/1"));
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
