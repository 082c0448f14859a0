package dev.segue.command;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

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
        FirstProcess first = FirstProcess.of(pidFile);
        List<String> titles = first.pid().stream()
                .flatMap(ProcessTable::children)
                .mapToObj(ProcessTable::title)
                .toList();
        return new ProgramState(first.presence(), olderGenerations(titles));
    }

    /** How many older generations there are among a master's children, by their titles. */
    static int olderGenerations(List<String> titles) {
        List<NginxRole> roles = titles.stream().map(NginxRole::of).toList();
        int draining = Collections.frequency(roles, NginxRole.DRAINING_WORKER);
        // All generations are taken to be as large as the current one; a part of one is one.
        int size = Math.max(1, Collections.frequency(roles, NginxRole.WORKER));
        return (draining + size - 1) / size;
    }
}
