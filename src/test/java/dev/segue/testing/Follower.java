package dev.segue.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Counts how often a store said that something may have changed. */
public final class Follower implements Runnable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicInteger calls = new AtomicInteger();
    private int seen;

    @Override
    public void run() {
        calls.incrementAndGet();
    }

    public int calls() {
        return calls.get();
    }

    /** Forgets the calls so far. */
    public void reset() {
        seen = calls.get();
    }

    /** Waits for the first call since the last {@code awaitCall} or {@code reset}. */
    public void awaitCall() {
        Awaitility.await("a call of the follower")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> calls.get() > seen);
        seen = calls.get();
    }
}
