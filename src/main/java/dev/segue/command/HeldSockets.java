package dev.segue.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Whether a process takes new connections, by the sockets that it has open. For one thread. */
final class HeldSockets {
    private final long pid;
    private Set<String> listening = Set.of();
    /** Those that did not listen when last compared with the kernel's tables. */
    private Set<String> others = Set.of();

    HeldSockets(long pid) {
        this.pid = pid;
    }

    /**
     * True if one of them listens, or if the process lives and cannot be looked into.
     *
     * <p>The tables are asked only for sockets that were not there before: they take long, and what listens does so until it
     * is closed.
     */
    boolean mayListen(SocketTables tables) {
        try {
            Set<String> open = ProcessTable.open("socket:", pid);
            listening = both(listening, open);
            if (listening.isEmpty() && !others.containsAll(open)) {
                listening = both(tables.listening(pid), open);
                others = new HashSet<>(open);
                others.removeAll(listening);
            }
            return !listening.isEmpty();
        } catch (IOException e) {
            return Files.exists(Path.of("/proc/" + pid));
        }
    }

    private static Set<String> both(Set<String> some, Set<String> more) {
        Set<String> both = new HashSet<>(some);
        both.retainAll(more);
        return both;
    }
}
