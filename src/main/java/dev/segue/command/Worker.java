package dev.segue.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A child of a server's first process.
 *
 * @param start when it started, which tells it from a later process with the same pid
 */
record Worker(long pid, long start) {
    /** What a worker does for those who connect. */
    enum Duty {
        ACCEPTING,
        DRAINING,
        NONE
    }

    /** The process {@code pid}; empty if it has ended. */
    static Optional<Worker> of(long pid) {
        return ProcessStat.of(pid).filter(stat -> !stat.isZombie()).map(stat -> new Worker(pid, stat.start()));
    }

    boolean isGone() {
        return ProcessStat.of(pid)
                .map(stat -> stat.isZombie() || stat.start() != start)
                // What cannot be read for want of file descriptors is still there.
                .orElseGet(() -> Files.notExists(Path.of("/proc/" + pid)));
    }

    /** True if it has one of {@code pipes} open, as far as it can be looked into. */
    boolean holdsAny(Set<String> pipes) {
        try {
            return ProcessTable.open("pipe:", pid).stream().anyMatch(pipes::contains);
        } catch (IOException e) {
            return false;
        }
    }

    NginxRole role() {
        return NginxRole.of(ProcessTable.title(pid));
    }

    /** By the title, and else by whether it {@code listens}. */
    static Duty duty(NginxRole role, BooleanSupplier listens) {
        return switch (role) {
            // A process just forked still has its master's title.
            case MASTER, WORKER -> Duty.ACCEPTING;
            case DRAINING_WORKER -> Duty.DRAINING;
            case HELPER -> Duty.NONE;
            case NONE -> listens.getAsBoolean() ? Duty.ACCEPTING : Duty.DRAINING;
        };
    }
}
