package dev.segue.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is left of a program's generations from before its reloads: whether the last reload has settled and drained.
 *
 * <p>The program is nginx, HAProxy in master-worker mode or Apache httpd. What this relies on was seen with nginx 1.22,
 * HAProxy 2.6 ({@code -W} and {@code -Ws}) and Apache 2.4 (event, worker, prefork):
 *
 * <ul>
 *   <li>All three keep their first process and its pid over a reload, HAProxy's by executing itself anew, and the workers
 *       of before stay its children until they end.
 *   <li>An older worker of nginx gets the title "worker process is shutting down" and then closes its listening sockets.
 *   <li>An older worker of HAProxy and an older child of Apache close all their listening sockets when they are told to
 *       end, HAProxy's the one of its {@code stats socket} too, and live on until their last request has ended. An idle
 *       one ends at once; none holds a listening socket until it ends. So one that has none left accepts no more.
 *   <li>What else they have for children ends with the reload by itself: HAProxy's programs, Apache's loggers and its CGI
 *       daemon. nginx's cache manager and loader serve nobody, by their titles.
 *   <li>Until it takes up its reload Apache may fork children that are older ones too. They hold a pipe to Apache's first
 *       process that this one closes when it takes up the reload; newer children never had that.
 * </ul>
 *
 * <p>Sockets are found in {@code /proc/PID/fd}. Of a process of another user that takes CAP_SYS_PTRACE, which root has, but
 * not in a container that was not given it. Titles are open to all: for nginx nothing changes. A process that cannot be
 * looked into counts as accepting as long as it lives, and Apache's late children are not known of. UDP (QUIC) sockets are
 * not looked at.
 *
 * <p>Thread-safe.
 */
public final class OlderWorkers {
    private final Path pidFile;
    private final Map<Worker, HeldSockets> older = new HashMap<>();
    /** Those that were found to be of the generation that the last reload brought. */
    private final Set<Worker> newer = new HashSet<>();
    /** Those that the first process had open when the last reload came. */
    private Set<String> pipes = Set.of();
    /** Whether any took connections when the last reload came. */
    private boolean seen;

    /** Knows of no reload yet; {@code pidFile} is where the program writes the pid of its first process. */
    public OlderWorkers(Path pidFile) {
        this.pidFile = pidFile;
    }

    /**
     * How many processes are left of before the last reload.
     *
     * @param accepting those that may still accept a new connection; 0 once the reload has settled
     * @param serving those that live, whether they accept or not; 0 once the reload has drained
     */
    public record State(int accepting, int serving) {
        public State {
            if (accepting < 0 || serving < accepting) {
                throw new IllegalArgumentException(accepting + " of " + serving + " accept");
            }
        }
    }

    /**
     * To be called right before a reload command runs: all children that the program has now are older ones from now on.
     * Blocks as {@link #state} does.
     *
     * <p>A reload that the program refuses leaves them as they are: they accept on. nginx and HAProxy, told to reload while
     * they still carry out the reload before, may have a generation in between that is not known of; verify first.
     */
    public synchronized void reloadComes() {
        OptionalLong first = FirstProcess.of(pidFile).pid();
        pipes = pipes(first).orElse(Set.of());
        newer.clear();
        // Perhaps nobody asks how they are.
        older.keySet().removeIf(Worker::isGone);
        // A child that ends while the kernel lists its siblings may hide one of them, but hardly twice in a row.
        children(first).forEach(this::add);
        children(first).forEach(this::add);
        seen = state().accepting() > 0;
    }

    /**
     * Looks at them as they are now. Blocks for milliseconds, some 20 where it has to ask which sockets listen.
     *
     * <p>0 and 0 where nothing is known: no reload came yet, or the program did not run then, or its pid file or the process
     * table cannot be read. Workers of nginx that drain by their titles count also if their reload came before Segue was
     * started.
     */
    public synchronized State state() {
        older.keySet().removeIf(Worker::isGone);
        findMore();
        SocketTables tables = new SocketTables();
        int accepting = 0;
        int serving = 0;
        for (Map.Entry<Worker, HeldSockets> each : older.entrySet()) {
            switch (Worker.duty(each.getKey().role(), () -> each.getValue().mayListen(tables))) {
                case ACCEPTING -> {
                    accepting++;
                    serving++;
                }
                case DRAINING -> serving++;
                case NONE -> {}
            }
        }
        return new State(accepting, serving);
    }

    /**
     * True if there were workers that took connections when the last reload came, and none of them accepts any more: whoever
     * takes a connection from now on is newer. Where none did, the pid file may be another program's, and it is not known who
     * answers. Blocks as {@link #state} does.
     */
    public synchronized boolean areReplaced() {
        return seen && state().accepting() == 0;
    }

    /** Takes in the older ones among the children that {@link #reloadComes} did not see. */
    private void findMore() {
        OptionalLong first = FirstProcess.of(pidFile).pid();
        List<Worker> children = children(first);
        newer.retainAll(children);
        Set<String> closed = closedSince(first);
        for (Worker child : children) {
            if (child.role() == NginxRole.DRAINING_WORKER) {
                add(child);
            } else if (!closed.isEmpty() && !older.containsKey(child) && !newer.contains(child)) {
                if (child.holdsAny(closed)) {
                    add(child);
                } else {
                    newer.add(child);
                }
            }
        }
    }

    /** The pipes that the first process has closed since the last reload came; none if it cannot be looked into. */
    private Set<String> closedSince(OptionalLong first) {
        Set<String> closed = new HashSet<>(pipes);
        pipes(first).ifPresentOrElse(closed::removeAll, closed::clear);
        return closed;
    }

    private static Optional<Set<String>> pipes(OptionalLong process) {
        try {
            return process.isPresent()
                    ? Optional.of(ProcessTable.open("pipe:", process.getAsLong()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void add(Worker worker) {
        older.putIfAbsent(worker, new HeldSockets(worker.pid()));
    }

    private static List<Worker> children(OptionalLong first) {
        return first.stream()
                .flatMap(ProcessTable::children)
                .mapToObj(Worker::of)
                .flatMap(Optional::stream)
                .toList();
    }
}
