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
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

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
     * What is waited for: {@code keys} as they were written up to {@code revision}, or everything up to it if there are none.
     *
     * @param longGone those of {@code keys} that are not there, of which the store no longer tells what deleted them: they
     *     may not be there where a member has come to
     */
    record Target(long revision, Set<String> keys, Set<String> longGone) {
        Target {
            keys = Set.copyOf(keys);
            longGone = Set.copyOf(longGone);
        }

        /** Keys that were written at {@code revision}. */
        static Target written(long revision, List<Versioned> keys) {
            return new Target(revision, names(keys), Set.of());
        }

        /**
         * Keys as they were found, whoever wrote them and when. That they were the same before does not count: a member may
         * be about to take up what they were in between.
         *
         * @throws StoreException if the store cannot be read
         */
        static Target found(List<Versioned> keys, KeyTransactions store) throws StoreException {
            long revision = 0;
            Set<String> longGone = new HashSet<>();
            for (Versioned key : keys) {
                OptionalLong written =
                        key.value().isPresent() ? OptionalLong.of(key.modRevision()) : store.deletedAt(key.key());
                revision = Math.max(revision, written.orElse(0));
                if (written.isEmpty()) {
                    longGone.add(key.key());
                }
            }
            return new Target(revision, names(keys), longGone);
        }

        /** Everything, up to {@code revision}. */
        static Target everything(long revision) {
            return new Target(revision, Set.of(), Set.of());
        }

        private static Set<String> names(List<Versioned> keys) {
            return keys.stream().map(Versioned::key).collect(Collectors.toSet());
        }
    }

    /**
     * Blocks for {@code longest} at most, and for the time limit of a request beyond it.
     *
     * @throws StoreException if the store cannot be read
     */
    Result await(Target target, Settlement until, Crowd crowd, AtFailure atFailure, Duration longest)
            throws StoreException, InterruptedException {
        long deadline = ticker.getAsLong() + longest.toNanos();
        Map<Long, Boolean> goneAt = new HashMap<>();
        while (true) {
            SortedMap<Membership, Member> members = watch.members();
            SortedMap<String, Verdict> verdicts = verdicts(members, goal(target, members, goneAt), until, crowd);
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

    /** Returns when something may have changed, or it is cancelled, and after {@code longest} at the latest. */
    void pause(Duration longest) throws InterruptedException {
        watch.await(longest);
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

    private Goal goal(Target target, SortedMap<Membership, Member> members, Map<Long, Boolean> goneAt)
            throws StoreException {
        Goal plain = new Goal(target.revision(), target.keys(), Set.of());
        if (target.longGone().isEmpty()) {
            return plain;
        }
        Set<Long> tooEarly = new HashSet<>();
        for (Member member : members.values()) {
            for (Acknowledgement.Resource resource :
                    member.acknowledgement().map(Acknowledgement::resources).orElse(List.of())) {
                long revision = resource.revision();
                if (plain.concerns(resource) && !goneAt.containsKey(revision)) {
                    goneAt.put(revision, areGoneAt(target.longGone(), revision));
                }
                if (!goneAt.getOrDefault(revision, true)) {
                    tooEarly.add(revision);
                }
            }
        }
        return new Goal(target.revision(), target.keys(), tooEarly);
    }

    private boolean areGoneAt(Set<String> names, long revision) throws StoreException {
        for (String name : names) {
            Optional<Versioned> then = keys.get(name, revision);
            if (then.isEmpty() || then.get().value().isPresent()) {
                return false;
            }
        }
        return true;
    }
}
