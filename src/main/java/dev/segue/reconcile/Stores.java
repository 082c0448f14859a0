package dev.segue.reconcile;

import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.reconcile.Elsewhere.Answer;
import dev.segue.reconcile.Elsewhere.Other;
import dev.segue.reconcile.Elsewhere.Read;
import dev.segue.resource.Resource;
import dev.segue.status.StatusBoard;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All stores of a run: reads them when that is due, and tells what came of it. The run's own is read by the loop's thread,
 * the others, once the loop turns, each by another: one that does not answer must not keep those who do not read it.
 */
final class Stores {
    private final Source own;
    private final Elsewhere elsewhere;
    private final Readings readings;
    private final StatusBoard board;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Listener listener;

    /** Who hears of it; called by the loop's thread. */
    interface Listener {
        /** Keys, or what is known of them, changed for those of whom {@code concerned} is true. */
        void changed(Predicate<Resource> concerned);

        /** A store that was never read yet does not answer. */
        void notThere();

        /** True once nobody wants to hear of failures any more. */
        boolean isStopping();
    }

    Stores(
            KeyStore own,
            Elsewhere elsewhere,
            Readings readings,
            StatusBoard board,
            InstantSource clock,
            LongSupplier ticker,
            Listener listener) {
        this.own = new Source(own, own.description());
        this.elsewhere = elsewhere;
        this.readings = readings;
        this.board = board;
        this.clock = clock;
        this.ticker = ticker;
        this.listener = listener;
    }

    private interface Reader {
        KeySnapshot read(KeyRanges ranges) throws StoreException;
    }

    /** What is wanted may have become something else. */
    void define() {
        elsewhere.want(readings.elsewhere());
        board.otherStoresAre(elsewhere.all().stream().map(Other::name).collect(Collectors.toSet()));
    }

    /**
     * Reads all in this thread, for a run that does not try again.
     *
     * @param whenLost hears of each of the others that cannot be read
     * @throws StoreException if the run's own cannot be read
     */
    void readOnce(BiConsumer<Other, StoreException> whenLost) throws StoreException {
        if (readings.isOwnWanted()) {
            readOwn(own.store()::read);
        }
        readElsewhere((other, e) -> {
            board.otherStoreLost(other.name(), String.valueOf(e.getMessage()));
            whenLost.accept(other, e);
        });
    }

    /** Reads all in this thread; those that cannot be read are due again after a while. */
    void readAll() {
        if (readings.isOwnWanted()) {
            read(own.store()::read);
        }
        readElsewhere(this::lose);
    }

    private void readElsewhere(BiConsumer<Other, StoreException> whenLost) {
        for (Other other : elsewhere.all()) {
            readings.of(other.settings())
                    .ifPresent(reading -> take(other.begin(reading.wanted()).now(), whenLost));
        }
    }

    /**
     * Reads the run's own if that is due.
     *
     * @param news whether its keys may have changed
     * @param everything whether all is to be looked at
     * @param anyDue whether a resource is due that could start
     */
    void readOwnIfDue(boolean news, boolean everything, boolean anyDue) {
        if (!readings.isOwnWanted()) {
            return;
        }
        if (own.isLost()) {
            if (ticker.getAsLong() >= own.retryNanos()) {
                read(own.store()::read);
            }
        } else if (news && !everything) {
            read(own.store()::catchUp);
        } else if (news || anyDue || readings.own().isBehind()) {
            read(own.store()::read);
        }
    }

    private void read(Reader how) {
        try {
            readOwn(how);
            own.found(clock.instant());
        } catch (StoreException e) {
            if (!listener.isStopping()) {
                own.lost(e, clock.instant(), ticker.getAsLong());
                board.storeLost(String.valueOf(e.getMessage()));
                tellIfUnread(readings.own());
            }
        }
    }

    private void readOwn(Reader how) throws StoreException {
        KeyRanges ranges = readings.own().wanted();
        KeySnapshot keys = how.read(ranges);
        board.storeRead(keys.revision());
        if (readings.own().take(ranges, keys)) {
            listener.changed(resource -> !resource.ranges().isEmpty());
        }
    }

    /**
     * Has those of the others read that are due.
     *
     * @param everything whether all is to be looked at
     * @param answers for {@link #take}, from any thread
     */
    void askElsewhere(boolean everything, Executor threads, Consumer<Answer> answers) {
        for (Other other : elsewhere.all()) {
            Optional<Reading> reading = readings.of(other.settings());
            if (everything) {
                other.look();
            }
            if (reading.isPresent() && other.isDue(reading.get(), ticker.getAsLong())) {
                Read read = other.begin(reading.get().wanted());
                try {
                    threads.execute(() -> answers.accept(read.now()));
                } catch (RejectedExecutionException e) {
                    other.ended();
                }
            }
        }
    }

    void take(List<Answer> answers) {
        answers.forEach(answer -> take(answer, this::lose));
    }

    private void take(Answer answer, BiConsumer<Other, StoreException> whenLost) {
        Other other = answer.read().of();
        other.ended();
        Optional<Reading> reading = readings.of(other.settings());
        if (reading.isEmpty() || !elsewhere.has(other)) {
            return;
        }
        answer.keys().ifPresent(keys -> {
            other.source().found(clock.instant());
            board.otherStoreRead(other.name(), keys.revision());
            if (reading.get().take(answer.read().ranges(), keys)) {
                listener.changed(resource -> resource.elsewhere().containsKey(other.settings()));
            }
        });
        answer.failure().ifPresent(e -> whenLost.accept(other, e));
    }

    private void lose(Other other, StoreException why) {
        if (!listener.isStopping()) {
            other.source().lost(why, clock.instant(), ticker.getAsLong());
            board.otherStoreLost(other.name(), String.valueOf(why.getMessage()));
            readings.of(other.settings()).ifPresent(this::tellIfUnread);
        }
    }

    private void tellIfUnread(Reading reading) {
        if (!reading.wasRead()) {
            listener.notThere();
        }
    }

    /** When the next one that is lost is to be asked again; {@link Long#MAX_VALUE} if none is. */
    long retryNanos() {
        long ownRetry = readings.isOwnWanted() ? own.retryNanos() : Long.MAX_VALUE;
        return elsewhere.all().stream().mapToLong(Other::retryNanos).reduce(ownRetry, Math::min);
    }
}
