package dev.segue.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A process and all that it started, to be ended as one.
 *
 * @param members the process and its descendants when the family was looked at; later a child may have lost its parent
 */
record ProcessFamily(List<ProcessHandle> members) {
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** The family of {@code process} as it is now. */
    static ProcessFamily of(ProcessHandle process) {
        return new ProcessFamily(
                Stream.concat(Stream.of(process), process.descendants()).toList());
    }

    /** Asks every member to end, the eldest first, so that none goes on to its next step when its child has ended. */
    void terminate() {
        members.forEach(ProcessHandle::destroy);
    }

    /** Ends every member and whatever the members have started since. */
    void kill() {
        withWhatTheyStarted().forEach(ProcessHandle::destroyForcibly);
    }

    /** Looks at the process table once: {@link ProcessHandle#descendants} for each of many members takes seconds. */
    private Set<ProcessHandle> withWhatTheyStarted() {
        Map<ProcessHandle, List<ProcessHandle>> children = new HashMap<>();
        ProcessHandle.allProcesses()
                .forEach(process -> process.parent()
                        .ifPresent(parent -> children.computeIfAbsent(parent, none -> new ArrayList<>())
                                .add(process)));
        Set<ProcessHandle> family = new LinkedHashSet<>();
        Deque<ProcessHandle> toLookAt = new ArrayDeque<>(members);
        while (!toLookAt.isEmpty()) {
            ProcessHandle process = toLookAt.remove();
            if (family.add(process)) {
                toLookAt.addAll(children.getOrDefault(process, List.of()));
            }
        }
        return family;
    }

    /**
     * Waits until no member runs any more, at most {@code limit} and no longer than until {@code enough}; an interruption
     * does not cut it short.
     *
     * <p>It has to look again and again: {@link ProcessHandle#onExit} of an orphan comes when init fetches its exit code,
     * which the first process of many a container never does.
     */
    void awaitEnd(Duration limit, BooleanSupplier enough) {
        Executor later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Boolean> over =
                new CompletableFuture<Boolean>().completeOnTimeout(true, limit.toMillis(), TimeUnit.MILLISECONDS);
        while (!over.isDone() && !enough.getAsBoolean() && anyRuns()) {
            CompletableFuture.runAsync(() -> {}, later).join();
        }
    }

    private boolean anyRuns() {
        return members.stream().anyMatch(member -> member.isAlive() && !isZombie(member));
    }

    /** True if it has ended and only its exit code is left to be fetched. */
    static boolean isZombie(ProcessHandle process) {
        // Gone in the meantime, or a system without /proc: isAlive tells which.
        return ProcessStat.of(process.pid()).filter(ProcessStat::isZombie).isPresent();
    }
}
