package dev.segue.store.etcd;

import dev.segue.settings.StoreSettings;
import dev.segue.store.etcd.EtcdFailure.Reason;
import io.etcd.jetcd.KeyValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The lease of one key, as far as we know what the store has of it.
 *
 * <p>Each connection is a new start: the store behind it may be another, or the same at an earlier time. So the lease is
 * renewed at once, or replaced if it is gone. For one thread.
 */
final class Lease {
    private static final long NONE = 0;
    private static final int RENEWALS_A_LIFE = 3;

    /** So that a renewal that hangs, another over a new connection and one to the next node fit into one life. */
    private static final int REQUESTS_A_LIFE = 5;

    /** A first connection with a login may well take half of it. */
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);

    private final Duration life;
    private final String wish;
    private @Nullable EtcdConnection over;
    private long id = NONE;
    private long renewedNanos;

    /** What became of it, and so how much of what was known of its key still holds. */
    enum State {
        /** Nothing; it is not due yet. */
        KEPT,
        /** It is renewed, and so is its key, unless others have taken that away. */
        RENEWED,
        /** It is another one, or is in what may be another store. */
        NEW
    }

    /**
     * As yet the store has none; etcd counts {@code life} in whole seconds.
     *
     * @param wish what its key needs a right for, as {@link EtcdConnection#ask} has it
     */
    Lease(Duration life, String wish) {
        this.life = life;
        this.wish = wish;
    }

    /** The same with a time limit for each request that leaves room for others in {@code life}. */
    static StoreSettings hurried(StoreSettings settings, Duration life) {
        long share = Math.max(life.dividedBy(REQUESTS_A_LIFE).toMillis(), SHORTEST_LIMIT.toMillis());
        long limit = Math.min(share, settings.requestTimeout().toMillis());
        return new StoreSettings(
                settings.nodes(),
                settings.srvRecord(),
                settings.srvScheme(),
                settings.certificates(),
                settings.login(),
                Duration.ofMillis(limit));
    }

    /** Has the store hold it for another life, where that is due. */
    State keep(EtcdConnection etcd) throws EtcdFailure {
        boolean sameStore = etcd == over;
        State state = sameStore ? State.KEPT : State.NEW;
        if (id != NONE && (!sameStore || untilRenewal().isZero())) {
            renew(etcd);
            state = sameStore ? State.RENEWED : State.NEW;
        }
        if (id == NONE) {
            grant(etcd);
            state = State.NEW;
        }
        over = etcd;
        return state;
    }

    /** What the key is put with. Only after {@link #keep}. */
    long id() {
        return id;
    }

    /** True if {@code entry} is under it. */
    boolean holds(KeyValue entry) {
        return id != NONE && entry.getLease() == id;
    }

    /** What every request for its key needs a right for, as {@link EtcdConnection#ask} has it. */
    String wish() {
        return wish;
    }

    /** When to come again at the latest. */
    Duration untilRenewal() {
        Duration left = life.dividedBy(RENEWALS_A_LIFE).minusNanos(System.nanoTime() - renewedNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Ends it, and with it the key. */
    void revoke(EtcdConnection etcd) throws EtcdFailure {
        if (id != NONE) {
            etcd.ask(wish, client -> client.getLeaseClient().revoke(id));
            id = NONE;
        }
    }

    private void grant(EtcdConnection etcd) throws EtcdFailure {
        long now = System.nanoTime();
        id = etcd.ask(wish, client -> client.getLeaseClient().grant(Math.max(1, life.toSeconds())))
                .getID();
        renewedNanos = now;
    }

    private void renew(EtcdConnection etcd) throws EtcdFailure {
        long now = System.nanoTime();
        try {
            etcd.ask(wish, client -> client.getLeaseClient().keepAliveOnce(id));
            renewedNanos = now;
        } catch (EtcdFailure e) {
            if (e.reason() != Reason.LEASE_GONE) {
                throw e;
            }
            id = NONE;
        }
    }
}
