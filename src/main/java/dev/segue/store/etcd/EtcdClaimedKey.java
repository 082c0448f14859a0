package dev.segue.store.etcd;

import dev.segue.keys.PrintableText;
import dev.segue.settings.StoreSettings;
import dev.segue.store.ClaimedKey;
import dev.segue.store.StoreException;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key of etcd v3 under a lease of its own, of which each write is guarded by a look just before it.
 *
 * <p>Ours is what is under our lease. So it does no harm when a request whose answer was lost is made again.
 */
public final class EtcdClaimedKey implements ClaimedKey {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdClaimedKey.class);
    private static final long NOT_THERE = 0;

    private final String name;
    private final ByteSequence key;
    private final ByteSequence value;
    private final AnyNode node;
    private final Lease lease;
    private boolean wasOurs;

    /**
     * {@code key} at {@code settings.nodes()}, of which there is at least one; no connection is made yet.
     *
     * @param life how long the key outlives us if we can't delete it; etcd counts it in whole seconds, and makes a very
     *     short one longer
     */
    public EtcdClaimedKey(StoreSettings settings, String key, String value, Duration life) {
        this.name = PrintableText.escape(key);
        this.key = EtcdText.bytes(key);
        this.value = EtcdText.bytes(value);
        this.node = new AnyNode(Lease.hurried(settings, life), () -> {});
        this.lease = new Lease(
                life, "read and write " + PrintableText.escape(key) + " (a role with READWRITE on that key is needed)");
    }

    @Override
    public Claim keep() throws StoreException {
        return node.ask(this::keepOver);
    }

    @Override
    public OptionalLong remove() throws StoreException {
        return node.ask(this::removeOver);
    }

    @Override
    public void close() {
        node.close();
    }

    private Claim keepOver(EtcdConnection etcd) throws EtcdFailure {
        if (lease.keep(etcd) == Lease.State.NEW) {
            // What is left of the lease before is a predecessor's.
            wasOurs = false;
        }
        while (true) {
            Optional<KeyValue> found = look(etcd);
            boolean isSame = found.isPresent() && found.get().getValue().equals(value);
            if (isSame && lease.holds(found.get())) {
                wasOurs = true;
                return Claim.OURS;
            }
            // Two that keep one key would take it from each other for ever.
            if (found.isPresent() && (!isSame || wasOurs)) {
                return Claim.FOREIGN;
            }
            PutOption underOurLease =
                    PutOption.builder().withLeaseId(lease.id()).build();
            if (commitUnlessChanged(etcd, found, Op.put(key, value, underOurLease))
                    .isPresent()) {
                wasOurs = true;
                return Claim.OURS;
            }
        }
    }

    private OptionalLong removeOver(EtcdConnection etcd) throws EtcdFailure {
        wasOurs = false;
        Optional<KeyValue> ours = look(etcd).filter(lease::holds);
        OptionalLong revision = ours.isPresent()
                ? commitUnlessChanged(etcd, ours, Op.delete(key, DeleteOption.DEFAULT))
                : OptionalLong.empty();
        try {
            lease.revoke(etcd);
        } catch (EtcdFailure e) {
            LOG.debug("the lease of {} is left to run out: {}", name, e.getMessage());
        }
        return revision;
    }

    private Optional<KeyValue> look(EtcdConnection etcd) throws EtcdFailure {
        return etcd.ask(lease.wish(), client -> client.getKVClient().get(key, GetOption.DEFAULT)).getKvs().stream()
                .findFirst();
    }

    /** The revision that {@code operation} made; empty if the key is not as it was {@code found} any more. */
    private OptionalLong commitUnlessChanged(EtcdConnection etcd, Optional<KeyValue> found, Op operation)
            throws EtcdFailure {
        long revision = found.map(KeyValue::getModRevision).orElse(NOT_THERE);
        TxnResponse answer = etcd.ask(
                lease.wish(),
                client -> client.getKVClient()
                        .txn()
                        .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(revision)))
                        .Then(operation)
                        .commit());
        return answer.isSucceeded() ? OptionalLong.of(answer.getHeader().getRevision()) : OptionalLong.empty();
    }
}
