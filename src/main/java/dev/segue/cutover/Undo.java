package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.cutover.Waiter.AtFailure;
import dev.segue.cutover.Waiter.Result;
import dev.segue.cutover.Waiter.Target;
import dev.segue.store.KeyTransactions;
import dev.segue.store.KeyTransactions.Versioned;
import dev.segue.store.KeyTransactions.Write;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** The way back of a change that was made: says in words, of which none is a value, what became of it. */
final class Undo {
    private static final String NOTHING = "nothing was changed";
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final KeyTransactions keys;
    private final Waiter waiter;
    private final Crowd crowd;
    private final Duration longest;
    private final Progress progress;
    private final LongSupplier ticker;

    /**
     * @param waiter sees that nobody uses any more what was put; cancelled by who does not want to know
     * @param crowd whoever may use it
     * @param longest how long to try while the store is away, and how long to wait then until nobody uses it
     */
    Undo(KeyTransactions keys, Waiter waiter, Crowd crowd, Duration longest, Progress progress, LongSupplier ticker) {
        this.keys = keys;
        this.waiter = waiter;
        this.crowd = crowd;
        this.longest = longest;
        this.progress = progress;
        this.ticker = ticker;
    }

    /**
     * Puts back what {@code change} found, unless somebody has written it since; tries again while the store is away. Blocks
     * until nobody uses what was put, or the time is over.
     *
     * @param made the keys of {@code change} as it left them
     */
    String of(KeyChange change, List<Versioned> made) throws InterruptedException {
        if (change.isDone()) {
            return NOTHING;
        }
        List<Versioned> ours = made.stream()
                .filter(key ->
                        change.writes().stream().anyMatch(write -> write.key().equals(key.key())))
                .toList();
        try {
            Optional<Target> back = takeBack(change, ours);
            return back.isPresent()
                    ? "undone: " + change + whoMayStillUse(back.get())
                    : "not undone, because somebody else has changed it since: " + change;
        } catch (StoreException e) {
            return "could not be undone: " + e.getMessage() + "; to be done by hand: " + KeyChange.words(change.back());
        }
    }

    /** Where members have to come to then; empty if somebody has written one of {@code ours} since. */
    private Optional<Target> takeBack(KeyChange change, List<Versioned> ours)
            throws StoreException, InterruptedException {
        long deadline = ticker.getAsLong() + longest.toNanos();
        boolean triedBefore = false;
        while (true) {
            try {
                OptionalLong revision = keys.commit(KeyChange.guards(ours), change.back());
                if (revision.isPresent()) {
                    return Optional.of(Target.written(revision.getAsLong(), ours));
                }
                // The answer of a try before may have got lost.
                return triedBefore ? alreadyBack(change) : Optional.empty();
            } catch (StoreException e) {
                if (e.kind() == Kind.REFUSED || waiter.isCancelled() || deadline - ticker.getAsLong() <= 0) {
                    throw e;
                }
                if (!triedBefore) {
                    progress.step(e.getMessage() + "; trying for " + Words.time(longest) + " to undo: " + change);
                }
                triedBefore = true;
                waiter.pause(BETWEEN_TRIES);
            }
        }
    }

    private Optional<Target> alreadyBack(KeyChange change) throws StoreException {
        List<Versioned> now = new ArrayList<>();
        for (Write write : change.back()) {
            Versioned found = keys.get(write.key());
            if (!found.value().equals(write.value())) {
                return Optional.empty();
            }
            now.add(found);
        }
        return Optional.of(Target.found(now, keys));
    }

    /** As {@link #of}, of a change of which nobody knows whether it was made. */
    String ifMade(KeyChange change) throws InterruptedException {
        try {
            List<Versioned> now = new ArrayList<>();
            for (Versioned found : change.found()) {
                now.add(keys.get(found.key()));
            }
            for (int i = 0; i < now.size(); i++) {
                if (!now.get(i).value().equals(change.wanted(change.found().get(i)))) {
                    return NOTHING;
                }
            }
            return of(change, now);
        } catch (StoreException e) {
            return "it is not known whether this was made: " + change + "; run the same command again";
        }
    }

    /** Whoever has brought a new server up will stop it when the switch has failed. */
    private String whoMayStillUse(Target target) throws InterruptedException {
        try {
            Result result =
                    waiter.await(target, Settlement.DRAINED, new Crowd(Set.of(), 0), AtFailure.WAIT_ON, longest);
            Set<String> unknown = new TreeSet<>(crowd.named());
            result.verdicts().forEach((member, verdict) -> {
                if (verdict.isThere()) {
                    unknown.remove(member);
                }
            });
            return unknown.isEmpty()
                    ? ", and nobody uses it any more"
                    : ", but may still be in use by " + String.join(", ", unknown);
        } catch (StoreException e) {
            return ", but may still be in use: " + e.getMessage();
        }
    }
}
