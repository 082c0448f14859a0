package dev.segue.store.etcd;

import dev.segue.keys.PrintableText;
import dev.segue.settings.StoreSettings;
import dev.segue.store.LeasedKey;
import dev.segue.store.StandingLog;
import dev.segue.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key of etcd v3 under a lease of its own, kept by a thread of its own.
 *
 * <p>The thread starts with the first value. It sleeps until the lease is due, the value changes or the connection breaks;
 * while the store does not answer it tries again and again, at most {@link #LONGEST_PAUSE} apart.
 */
public final class EtcdLeasedKey implements LeasedKey {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdLeasedKey.class);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Leaves {@link AnyNode#close} its half of the second. */
    private static final long REVOKE_LIMIT_MILLIS = 450;

    private final String name;
    private final Duration life;
    private final AnyNode node;
    private final KeyLease lease;
    private final StandingLog standing;
    private @Nullable Thread thread;
    private @Nullable String wanted;
    private boolean news;
    private boolean closed;

    /**
     * {@code key} at {@code settings.nodes()}, of which there is at least one; no connection is made yet.
     *
     * @param life how long the key outlives us if we can't delete it; etcd counts it in whole seconds, and makes a very
     *     short one longer
     */
    public EtcdLeasedKey(StoreSettings settings, String key, Duration life) {
        this.name = PrintableText.escape(key);
        this.life = life;
        this.node = new AnyNode(Lease.hurried(settings, life), this::wake);
        this.lease = new KeyLease(key, life);
        this.standing = new StandingLog(key, life);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public synchronized void set(String value) {
        wanted = value;
        wake();
        if (thread == null && !closed) {
            thread = new Thread(this::keepUntilClosed, "etcd-lease");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void close() {
        Thread keeper = end();
        try {
            if (keeper != null) {
                keeper.join(REVOKE_LIMIT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.close();
    }

    private synchronized @Nullable Thread end() {
        closed = true;
        notifyAll();
        return thread;
    }

    private synchronized void wake() {
        news = true;
        notifyAll();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void keepUntilClosed() {
        Duration pause = Duration.ZERO;
        Optional<String> value = next(Duration.ZERO, Wait.UNTIL_NEWS);
        while (value.isPresent()) {
            Optional<Duration> due = keep(value.get());
            pause = due.isPresent() ? Duration.ZERO : pauseAfter(pause);
            value = due.isPresent() ? next(due.get(), Wait.UNTIL_NEWS) : next(pause, Wait.IN_ANY_CASE);
        }
        revoke();
    }

    /** When the lease is due again; empty if the store did not do what it should. */
    private Optional<Duration> keep(String value) {
        try {
            Duration due = node.ask(etcd -> lease.keep(etcd, value));
            standing.kept();
            return Optional.of(due);
        } catch (StoreException e) {
            if (!isClosed()) {
                standing.failed(e);
            }
        } catch (RuntimeException e) {
            LOG.error("keeping {} failed by a bug", name, e);
        }
        return Optional.empty();
    }

    private static Duration pauseAfter(Duration before) {
        return shorter(longer(before.multipliedBy(2), SHORTEST_PAUSE), LONGEST_PAUSE);
    }

    private void revoke() {
        try {
            node.ask(etcd -> {
                lease.revoke(etcd);
                return lease;
            });
        } catch (StoreException e) {
            LOG.debug("{} is left to run out within {} s: {}", name, life.toSeconds(), e.getMessage());
        }
    }

    /** Whether news end a wait: while the store does not answer they would only have us ask in vain. */
    private enum Wait {
        UNTIL_NEWS,
        IN_ANY_CASE
    }

    /** Waits; then the value to be kept, or nothing once we are closed. */
    private synchronized Optional<String> next(Duration longest, Wait wait) {
        long start = System.nanoTime();
        Duration left = longest;
        try {
            while (!closed && !(news && wait == Wait.UNTIL_NEWS) && left.toNanos() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left.toNanos());
                left = longest.minusNanos(System.nanoTime() - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        news = false;
        return closed ? Optional.empty() : Optional.ofNullable(wanted);
    }
}
