package dev.segue.store.etcd;

import dev.segue.keys.PrintableText;
import dev.segue.store.etcd.EtcdFailure.Reason;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lease, the one key under it, and what of both the store holds as far as we know.
 *
 * <p>Each connection is a new start: the store behind it may be another, or the same at an earlier time. So the lease is
 * renewed at once, or replaced if it is gone, and the key is written again. For one thread.
 */
final class KeyLease {
    private static final long NONE = 0;
    private static final int RENEWALS_A_LIFE = 3;
    private static final LeaseOption WITH_KEYS =
            LeaseOption.builder().withAttachedKeys().build();

    private final String key;
    private final Duration life;
    private final String wish;
    private @Nullable EtcdConnection over;
    private long lease = NONE;
    private long renewedNanos;
    private Optional<String> held = Optional.empty();

    /** As yet nothing is in the store; etcd counts {@code life} in whole seconds. */
    KeyLease(String key, Duration life) {
        this.key = key;
        this.life = life;
        this.wish = "write " + PrintableText.escape(key) + " (a role with WRITE on that key is needed)";
    }

    /** Has the store hold {@code value}, renewing the lease where it is time; says when to come again at the latest. */
    Duration keep(EtcdConnection etcd, String value) throws EtcdFailure {
        boolean sameStore = etcd == over;
        if (!sameStore) {
            over = etcd;
            held = Optional.empty();
        }
        if (lease != NONE && (!sameStore || untilRenewal().isZero())) {
            renew(etcd);
        }
        if (lease == NONE) {
            grant(etcd);
        }
        if (!held.equals(Optional.of(value))) {
            put(etcd, value);
        }
        return untilRenewal();
    }

    /** Ends the lease, and with it the key. */
    void revoke(EtcdConnection etcd) throws EtcdFailure {
        if (lease != NONE) {
            etcd.ask(wish, client -> client.getLeaseClient().revoke(lease));
            lease = NONE;
        }
    }

    private void grant(EtcdConnection etcd) throws EtcdFailure {
        long now = System.nanoTime();
        lease = etcd.ask(wish, client -> client.getLeaseClient().grant(Math.max(1, life.toSeconds())))
                .getID();
        renewedNanos = now;
    }

    private void renew(EtcdConnection etcd) throws EtcdFailure {
        long now = System.nanoTime();
        try {
            etcd.ask(wish, client -> client.getLeaseClient().keepAliveOnce(lease));
            renewedNanos = now;
        } catch (EtcdFailure e) {
            if (e.reason() != Reason.LEASE_GONE) {
                throw e;
            }
            lease = NONE;
            held = Optional.empty();
        }
        if (held.isPresent() && !isThere(etcd)) {
            // Somebody deleted it, or put it under no lease of ours, which the lease survives.
            held = Optional.empty();
        }
    }

    /**
     * Asks for the lease rather than for the key, which takes the right to read it. From 3.4.26 and 3.5.9 on etcd names the
     * keys under a lease only to who may read them all; so a no means that ours is there.
     */
    private boolean isThere(EtcdConnection etcd) throws EtcdFailure {
        try {
            return !etcd.ask(wish, client -> client.getLeaseClient().timeToLive(lease, WITH_KEYS))
                    .getKeys()
                    .isEmpty();
        } catch (EtcdFailure e) {
            if (e.reason() != Reason.DENIED) {
                throw e;
            }
            return true;
        }
    }

    private void put(EtcdConnection etcd, String value) throws EtcdFailure {
        PutOption option = PutOption.builder().withLeaseId(lease).build();
        etcd.ask(wish, client -> client.getKVClient().put(EtcdText.bytes(key), EtcdText.bytes(value), option));
        held = Optional.of(value);
    }

    private Duration untilRenewal() {
        Duration left = life.dividedBy(RENEWALS_A_LIFE).minusNanos(System.nanoTime() - renewedNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
