package dev.segue.store.etcd;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Counts how often a store said that something may have changed. */
final class Follower implements Runnable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicInteger calls = new AtomicInteger();
    private int seen;

    @Override
    public void run() {
        calls.incrementAndGet();
    }

    int calls() {
        return calls.get();
    }

    /** Forgets the calls so far. */
    void reset() {
        seen = calls.get();
    }

    /** Waits for the first call since the last {@code awaitCall} or {@code reset}. */
    void awaitCall() {
        Awaitility.await("a call of the follower")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> calls.get() > seen);
        seen = calls.get();
    }
}
