package dev.segue.store.etcd;

import dev.segue.keys.PrintableText;
import dev.segue.store.etcd.EtcdFailure.Reason;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A lease, the one key under it, and what of the key the store holds as far as we know.
 *
 * <p>Where the lease may be in another store than before, the key is written again. For one thread.
 */
final class KeyLease {
    private static final LeaseOption WITH_KEYS =
            LeaseOption.builder().withAttachedKeys().build();

    private final String key;
    private final Lease lease;
    private Optional<String> held = Optional.empty();

    /** As yet nothing is in the store; etcd counts {@code life} in whole seconds. */
    KeyLease(String key, Duration life) {
        this.key = key;
        this.lease =
                new Lease(life, "write " + PrintableText.escape(key) + " (a role with WRITE on that key is needed)");
    }

    /** Has the store hold {@code value}, renewing the lease where it is time; says when to come again at the latest. */
    Duration keep(EtcdConnection etcd, String value) throws EtcdFailure {
        if (!holdsOn(lease.keep(etcd), etcd)) {
            held = Optional.empty();
        }
        if (!held.equals(Optional.of(value))) {
            put(etcd, value);
        }
        return lease.untilRenewal();
    }

    /** Ends the lease, and with it the key. */
    void revoke(EtcdConnection etcd) throws EtcdFailure {
        lease.revoke(etcd);
    }

    /** False if the store may not hold what it held. */
    private boolean holdsOn(Lease.State state, EtcdConnection etcd) throws EtcdFailure {
        return switch (state) {
            case KEPT -> true;
            case RENEWED -> held.isPresent() && isThere(etcd);
            case NEW -> false;
        };
    }

    /**
     * Somebody may have deleted it, or put it under no lease of ours, which the lease survives. Asks for the lease rather than
     * for the key, which takes the right to read it. From 3.4.26 and 3.5.9 on etcd names the keys under a lease only to who may
     * read them all; so a no means that ours is there.
     */
    private boolean isThere(EtcdConnection etcd) throws EtcdFailure {
        try {
            return !etcd.ask(lease.wish(), client -> client.getLeaseClient().timeToLive(lease.id(), WITH_KEYS))
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
        PutOption option = PutOption.builder().withLeaseId(lease.id()).build();
        etcd.ask(lease.wish(), client -> client.getKVClient().put(EtcdText.bytes(key), EtcdText.bytes(value), option));
        held = Optional.of(value);
    }
}
