package dev.segue.status;

import dev.segue.status.Picture.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Holds the latest picture. Thread-safe; blocks no longer than it takes to make a record. */
public final class StatusBoard {
    /** A wall clock that is this far from where it should be was set, rather than being a little fast or slow. */
    private static final Duration SET = Duration.ofSeconds(1);

    private final InstantSource steady;
    private final InstantSource wall;
    private volatile Picture latest;
    private volatile Runnable follower = () -> {};
    private Duration shift = Duration.ZERO;

    /**
     * @param store where the store is, without credentials
     * @param steady the clock of everything that is published here; never set, so that ages are true
     * @param wall the clock that people read; pictures show times by it
     */
    public StatusBoard(String store, InstantSource steady, InstantSource wall) {
        this.steady = steady;
        this.wall = wall;
        Instant now = steady.instant();
        this.latest = new Picture(
                now,
                now,
                Phase.RUNNING,
                new Pulse(0, now, Duration.ZERO),
                StoreStatus.untried(store),
                List.of(),
                List.of(),
                new TreeMap<>());
    }

    /** Replaces all resources, and what is wrong with each resource file that cannot be used, at once. */
    public void publish(Collection<ResourceStatus> resources, SortedMap<String, List<String>> refused) {
        change(picture -> picture.with(List.copyOf(resources), refused));
        follower.run();
    }

    /** From now on has {@code changed} run after each {@link #publish}, by its thread; it must not block. */
    public void follow(Runnable changed) {
        follower = changed;
    }

    /** The run's own store was read. */
    public void storeRead(long revision) {
        Instant now = steady.instant();
        change(picture -> picture.with(picture.store().read(revision, now)));
    }

    /** The run's own store could not be read. */
    public void storeLost(String why) {
        Instant now = steady.instant();
        change(picture -> picture.with(picture.store().lost(why, now)));
    }

    /** Beside the run's own there are these stores now, by where they are. */
    public void otherStoresAre(Collection<String> stores) {
        change(picture -> picture.withOtherStores(stores));
    }

    /** As {@link #storeRead}, of one of the other stores. */
    public void otherStoreRead(String store, long revision) {
        Instant now = steady.instant();
        change(picture -> picture.with(store, status -> status.read(revision, now)));
    }

    /** As {@link #storeLost}, of one of the other stores. */
    public void otherStoreLost(String store, String why) {
        Instant now = steady.instant();
        change(picture -> picture.with(store, status -> status.lost(why, now)));
    }

    /** The loop lives, and means to turn again after {@code rest} at the latest. */
    public void turned(Duration rest) {
        Instant now = steady.instant();
        change(picture -> picture.with(picture.pulse().turned(now, rest)));
    }

    /** From now on the run only ends. */
    public void stopping() {
        change(picture -> picture.with(Phase.STOPPING));
    }

    /** How everything stands now. */
    public Picture picture() {
        return latest.at(steady.instant(), shift());
    }

    private synchronized void change(UnaryOperator<Picture> how) {
        latest = how.apply(latest);
    }

    /** Changes only when the wall clock was set, lest every time shown wavers with each look. */
    private synchronized Duration shift() {
        Duration now = Duration.between(steady.instant(), wall.instant());
        if (now.minus(shift).abs().compareTo(SET) > 0) {
            shift = now;
        }
        return shift;
    }
}
