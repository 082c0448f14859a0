package dev.segue.cutover;

import dev.segue.keys.KeyRanges;
import dev.segue.settings.Membership;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The members of a group, or of all groups, as they are now, and word of when they change. One thread reads and waits. */
final class GroupWatch {
    private final KeyStore store;
    private final KeyRanges ranges;
    private final Semaphore news = new Semaphore(0);
    private boolean heard;

    /** @param group empty for all */
    GroupWatch(KeyStore store, Optional<String> group) {
        this.store = store;
        this.ranges = GroupKeys.of(group);
        store.follow(news::release);
    }

    /** @throws StoreException if the store cannot be read */
    SortedMap<Membership, Member> members() throws StoreException {
        boolean told = news.drainPermits() > 0 || heard;
        heard = false;
        return Member.all(told ? store.catchUp(ranges) : store.read(ranges));
    }

    /**
     * All who live now, of whom none may get lost.
     *
     * @throws StoreException if the store cannot be read
     */
    Crowd everybody() throws StoreException {
        Set<String> names = members().keySet().stream().map(Membership::member).collect(Collectors.toSet());
        return new Crowd(names, names.size());
    }

    /** Returns when something may have changed since the last {@link #members}, and after {@code longest} at the latest. */
    void await(Duration longest) throws InterruptedException {
        heard |= news.tryAcquire(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** Ends {@link #await}. From any thread. */
    void wake() {
        news.release();
    }
}
