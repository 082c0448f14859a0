package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.cutover.Verdict.Kind;
import dev.segue.settings.Membership;
import dev.segue.store.KeyTransactions;
import dev.segue.store.KeyTransactions.Versioned;
import dev.segue.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Waits until the members of one group have come to a goal. One thread waits; any may cancel. */
final class Waiter {
    private final GroupWatch watch;
    private final KeyTransactions keys;
    private final Consumer<Map<String, Verdict>> progress;
    private final LongSupplier ticker;
    private volatile boolean cancelled;

    /** @param progress told at each look how they stand */
    Waiter(GroupWatch watch, KeyTransactions keys, Consumer<Map<String, Verdict>> progress, LongSupplier ticker) {
        this.watch = watch;
        this.keys = keys;
        this.progress = progress;
        this.ticker = ticker;
    }

    /** How the waiting ended. */
    enum End {
        ALL_THERE,
        /** Not within the time. */
        LATE,
        /** Somebody has seen what is meant and does not take it. */
        FAILED,
        CANCELLED
    }

    /** What is to be done about a member that fails: its next try may go well. */
    enum AtFailure {
        STOP,
        WAIT_ON
    }

    /** @param verdicts of each member that is there or must be, by its name */
    record Result(End end, SortedMap<String, Verdict> verdicts) {}

    /**
     * What is waited for: {@code wanted} as they are at {@code revision}, or everything up to it if they are empty.
     *
     * @param earlier whether a member may have come no further than where they were the same
     */
    record Target(long revision, List<Versioned> wanted, Earlier earlier) {
        Target {
            wanted = List.copyOf(wanted);
        }

        /** Keys that were written at {@code revision}, and were something else before: who uses them has seen that. */
        static Target written(long revision, List<Versioned> keys) {
            return new Target(revision, keys, Earlier.DOES_NOT_DO);
        }

        /** Keys as they were found, whoever wrote them and when: one that is not there tells no revision. */
        static Target found(List<Versioned> keys) {
            boolean anyIsGone = keys.stream().anyMatch(key -> key.value().isEmpty());
            long revision =
                    keys.stream().mapToLong(Versioned::modRevision).max().orElse(0);
            return new Target(anyIsGone ? Long.MAX_VALUE : revision, keys, Earlier.DOES_IF_THE_SAME);
        }

        /** Everything, up to {@code revision}. */
        static Target everything(long revision) {
            return new Target(revision, List.of(), Earlier.DOES_NOT_DO);
        }
    }

    /**
     * A put of the value that a key has anyway changes nothing, so no member says that it has seen it. But one that is just
     * about to take up a change and its opposite looks the same.
     */
    enum Earlier {
        DOES_NOT_DO,
        DOES_IF_THE_SAME
    }

    /**
     * Blocks for {@code longest} at most, and for the time limit of a request beyond it.
     *
     * @throws StoreException if the store cannot be read
     */
    Result await(Target target, Settlement until, Crowd crowd, AtFailure atFailure, Duration longest)
            throws StoreException, InterruptedException {
        long deadline = ticker.getAsLong() + longest.toNanos();
        Map<Long, Boolean> sameAt = new HashMap<>();
        while (true) {
            SortedMap<Membership, Member> members = watch.members();
            SortedMap<String, Verdict> verdicts = verdicts(members, goal(target, members, sameAt), until, crowd);
            progress.accept(verdicts);
            Optional<End> end = end(verdicts, crowd, atFailure, deadline - ticker.getAsLong());
            if (end.isPresent()) {
                return new Result(end.get(), verdicts);
            }
            watch.await(Duration.ofNanos(deadline - ticker.getAsLong()));
        }
    }

    /** Has {@link #await} return in a moment. From any thread. */
    void cancel() {
        cancelled = true;
        watch.wake();
    }

    boolean isCancelled() {
        return cancelled;
    }

    private Optional<End> end(Map<String, Verdict> verdicts, Crowd crowd, AtFailure atFailure, long leftNanos) {
        if (cancelled) {
            return Optional.of(End.CANCELLED);
        }
        if (verdicts.size() >= crowd.atLeast() && verdicts.values().stream().allMatch(Verdict::isThere)) {
            return Optional.of(End.ALL_THERE);
        }
        boolean failed = verdicts.values().stream().anyMatch(verdict -> verdict.kind() == Kind.FAILED);
        if (failed && atFailure == AtFailure.STOP) {
            return Optional.of(End.FAILED);
        }
        return leftNanos <= 0 ? Optional.of(End.LATE) : Optional.empty();
    }

    private static SortedMap<String, Verdict> verdicts(
            SortedMap<Membership, Member> members, Goal goal, Settlement until, Crowd crowd) {
        Judge judge = new Judge(goal, until);
        SortedMap<String, Verdict> verdicts = new TreeMap<>();
        members.forEach((name, member) -> verdicts.put(name.member(), judge.of(member)));
        crowd.named()
                .forEach(name -> verdicts.putIfAbsent(
                        name, Verdict.lagging("is gone from the store: it was stopped, or is cut off from it")));
        return verdicts;
    }

    private Goal goal(Target target, SortedMap<Membership, Member> members, Map<Long, Boolean> sameAt)
            throws StoreException {
        Set<String> names = new HashSet<>();
        target.wanted().forEach(key -> names.add(key.key()));
        Goal plain = new Goal(target.revision(), names, Set.of());
        if (target.earlier() == Earlier.DOES_NOT_DO) {
            return plain;
        }
        for (Member member : members.values()) {
            for (Acknowledgement.Resource resource :
                    member.acknowledgement().map(Acknowledgement::resources).orElse(List.of())) {
                if (plain.concerns(resource) && !plain.isSeenBy(resource) && !sameAt.containsKey(resource.revision())) {
                    sameAt.put(resource.revision(), isSameAt(target, resource.revision()));
                }
            }
        }
        Set<Long> same = new HashSet<>();
        sameAt.forEach((revision, isSame) -> {
            if (isSame) {
                same.add(revision);
            }
        });
        return new Goal(target.revision(), names, same);
    }

    private boolean isSameAt(Target target, long revision) throws StoreException {
        for (Versioned wanted : target.wanted()) {
            Optional<Versioned> then = keys.get(wanted.key(), revision);
            if (then.isEmpty() || !then.get().value().equals(wanted.value())) {
                return false;
            }
        }
        return true;
    }
}
