package dev.segue.store.etcd;

import dev.segue.keys.PrintableText;
import dev.segue.settings.StoreSettings;
import dev.segue.store.KeyTransactions;
import dev.segue.store.StoreException;
import dev.segue.store.etcd.EtcdFailure.Reason;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Single keys of etcd v3, and its transactions.
 *
 * <p>A read may go to one node after the other. A commit goes out once: first a read of one of its keys finds a node that
 * answers and has a leader, and then whatever becomes of the commit is said and never made good by a second one.
 */
public final class EtcdKeyTransactions implements KeyTransactions {
    private static final long NOW = 0;

    private static final int LOOKS_BACK = 100;

    private static final GetOption COUNT =
            GetOption.builder().withCountOnly(true).build();

    private final AnyNode node;

    /** Keys at {@code settings.nodes()}, of which there is at least one; no connection is made yet. */
    public EtcdKeyTransactions(StoreSettings settings) {
        this.node = new AnyNode(settings, () -> {});
    }

    @Override
    public Versioned get(String key) throws StoreException {
        return node.ask(etcd -> versioned(etcd, key, NOW));
    }

    @Override
    public Optional<Versioned> get(String key, long revision) throws StoreException {
        // To etcd 0 and less would mean now.
        return revision <= NOW ? Optional.empty() : node.ask(etcd -> versionedThen(etcd, key, revision));
    }

    @Override
    public boolean isLeased(String key) throws StoreException {
        return node.ask(etcd -> found(etcd, key, NOW))
                .filter(kv -> kv.getLease() != 0)
                .isPresent();
    }

    /** Nothing but a watch tells of deletions, and none says when it has told all: so it is looked for. */
    @Override
    public OptionalLong deletedAt(String key) throws StoreException {
        long now = node.ask(etcd ->
                        etcd.ask(wishToRead(key), client -> client.getKVClient().get(EtcdText.bytes(key), COUNT)))
                .getHeader()
                .getRevision();
        for (long revision = now - 1; revision >= now - LOOKS_BACK; revision--) {
            Optional<Versioned> then = get(key, revision);
            if (then.isEmpty()) {
                return OptionalLong.empty();
            }
            if (then.get().value().isPresent()) {
                return OptionalLong.of(revision + 1);
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong commit(List<Guard> guards, List<Write> writes) throws StoreException {
        if (writes.isEmpty()) {
            throw new IllegalArgumentException("a commit without a write");
        }
        EtcdConnection etcd = node.ask(each -> answering(each, writes.get(0).key()));
        try {
            TxnResponse answer = etcd.ask(
                    "read and write " + names(guards, writes),
                    client -> client.getKVClient()
                            .txn()
                            .If(guards.stream()
                                    .map(EtcdKeyTransactions::comparison)
                                    .toArray(Cmp[]::new))
                            .Then(writes.stream()
                                    .map(EtcdKeyTransactions::operation)
                                    .toArray(Op[]::new))
                            .commit());
            return answer.isSucceeded() ? OptionalLong.of(answer.getHeader().getRevision()) : OptionalLong.empty();
        } catch (EtcdFailure e) {
            throw failedCommit(etcd, e);
        }
    }

    @Override
    public void close() {
        node.close();
    }

    private static Optional<Versioned> versionedThen(EtcdConnection etcd, String key, long revision)
            throws EtcdFailure {
        try {
            return Optional.of(versioned(etcd, key, revision));
        } catch (EtcdFailure e) {
            // etcd's code for both, a revision that is gone and one that is yet to come.
            if (e.reason() == Reason.COMPACTED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Versioned versioned(EtcdConnection etcd, String key, long revision) throws EtcdFailure {
        return found(etcd, key, revision)
                .map(kv -> new Versioned(key, Optional.of(EtcdText.text(kv.getValue())), kv.getModRevision()))
                .orElse(new Versioned(key, Optional.empty(), 0));
    }

    private static Optional<KeyValue> found(EtcdConnection etcd, String key, long revision) throws EtcdFailure {
        GetOption option = GetOption.builder().withRevision(revision).build();
        GetResponse answer =
                etcd.ask(wishToRead(key), client -> client.getKVClient().get(EtcdText.bytes(key), option));
        return answer.getKvs().stream().findFirst();
    }

    private static String wishToRead(String key) {
        return "read " + PrintableText.escape(key);
    }

    /** {@code etcd} itself, once it has answered; even a no for want of the right to read is an answer. */
    private static EtcdConnection answering(EtcdConnection etcd, String key) throws EtcdFailure {
        try {
            etcd.get(EtcdText.bytes(key), COUNT);
        } catch (EtcdFailure e) {
            if (e.reason() != Reason.DENIED) {
                throw e;
            }
        }
        return etcd;
    }

    private static Cmp comparison(Guard guard) {
        return new Cmp(EtcdText.bytes(guard.key()), Cmp.Op.EQUAL, CmpTarget.modRevision(guard.modRevision()));
    }

    private static Op operation(Write write) {
        return write.value()
                .<Op>map(value -> Op.put(EtcdText.bytes(write.key()), EtcdText.bytes(value), PutOption.DEFAULT))
                .orElseGet(() -> Op.delete(EtcdText.bytes(write.key()), DeleteOption.DEFAULT));
    }

    private static String names(List<Guard> guards, List<Write> writes) {
        return Stream.concat(guards.stream().map(Guard::key), writes.stream().map(Write::key))
                .distinct()
                .map(PrintableText::escape)
                .collect(Collectors.joining(", "));
    }

    private static StoreException failedCommit(EtcdConnection etcd, EtcdFailure failure) {
        StoreException plain = AnyNode.storeException(Map.of(etcd.node(), failure));
        return failure.reason() == Reason.DENIED
                ? plain
                : new StoreException(
                        plain.kind(), plain.getMessage() + " (whether the writes were made is not known)", failure);
    }
}
