package dev.segue.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/PID/stat} says of a process (proc(5)).
 *
 * @param state a letter
 * @param start when it started, in clock ticks since the system did: with the pid it tells the process from all others
 */
record ProcessStat(char state, long start) {
    private static final int STATE = 0;
    /** The 22nd field, of which two stand before the state. */
    private static final int START = 19;

    /** Empty for a process that is gone, and on a system without /proc. */
    static Optional<ProcessStat> of(long pid) {
        try {
            return Optional.of(parse(Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static ProcessStat parse(String stat) {
        // The name may hold anything, parentheses and spaces too.
        int nameEnd = stat.lastIndexOf(')');
        String[] fields = stat.substring(nameEnd + 2).split(" ", START + 2);
        return new ProcessStat(fields[STATE].charAt(0), Long.parseLong(fields[START]));
    }

    /** True if it has ended and only its exit code is left to be fetched. */
    boolean isZombie() {
        return state == 'Z' || state == 'X';
    }
}
