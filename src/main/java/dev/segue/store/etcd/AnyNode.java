package dev.segue.store.etcd;

import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.StoreException;
import dev.segue.store.etcd.EtcdFailure.Reason;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whichever node answers: over the open connection, or else over a new one to each node in turn.
 *
 * <p>One thread asks; {@link #close} may come from any thread and fails what is under way.
 */
final class AnyNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnyNode.class);

    private final Optional<Login> login;
    private final EtcdNodes nodes;

    /** No connection is made yet; {@code onLost} runs whenever a connection breaks that had answered. */
    AnyNode(StoreSettings settings, Runnable onLost) {
        this.login = settings.login();
        this.nodes = new EtcdNodes(settings, onLost);
    }

    /** What to ask of one connection; it may be asked again of another, so asking twice must do no harm. */
    @FunctionalInterface
    interface Request<T> {
        T ask(EtcdConnection etcd) throws EtcdFailure;
    }

    /** Begins to connect; a failure is left for the first request to meet again. */
    void connectFirst() {
        try {
            nodes.connectFirst(login);
        } catch (EtcdFailure e) {
            LOG.debug("etcd {}: {}", nodes.node(), e.getMessage());
        }
    }

    /** The open connection, if there is one that has not broken. */
    Optional<EtcdConnection> connection() {
        return nodes.connection();
    }

    /**
     * What the first node that answers says to {@code request}; after a failure the next request gets a new connection.
     *
     * @throws StoreException if none answers, or the store refuses
     */
    <T> T ask(Request<T> request) throws StoreException {
        Optional<EtcdConnection> open = nodes.connection();
        if (open.isPresent()) {
            try {
                return request.ask(open.get());
            } catch (EtcdFailure e) {
                LOG.debug("etcd {}: {}; connecting anew", nodes.node(), e.getMessage());
                if (!open.get().hasAnswered()) {
                    // Its node had its time: the next one's turn.
                    nodes.passOn();
                }
            }
        }
        return askAnew(request);
    }

    @Override
    public void close() {
        nodes.close();
    }

    private <T> T askAnew(Request<T> request) throws StoreException {
        Map<URI, EtcdFailure> failures = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            URI node = nodes.node();
            try {
                return askOverNew(request);
            } catch (EtcdFailure e) {
                failures.put(node, e);
                nodes.disconnect();
                nodes.passOn();
                if (e.reason() == Reason.DENIED || e.reason() == Reason.CLOSED) {
                    break;
                }
            }
        }
        throw storeException(failures);
    }

    private <T> T askOverNew(Request<T> request) throws EtcdFailure {
        try {
            return request.ask(nodes.connect(login));
        } catch (EtcdFailure e) {
            if (e.reason() != Reason.LOGIN_UNNEEDED) {
                throw e;
            }
            return request.ask(nodes.connect(Optional.empty()));
        }
    }

    /** {@code failures}, of which there is at least one, in words for a person. */
    static StoreException storeException(Map<URI, EtcdFailure> failures) {
        String message = failures.entrySet().stream()
                .map(failure ->
                        "etcd " + failure.getKey() + ": " + failure.getValue().getMessage())
                .collect(Collectors.joining("; "));
        return new StoreException(
                kind(failures), message, failures.values().iterator().next());
    }

    private static StoreException.Kind kind(Map<URI, EtcdFailure> failures) {
        boolean denied = failures.values().stream().anyMatch(failure -> failure.reason() == Reason.DENIED);
        boolean refused = failures.values().stream().allMatch(failure -> failure.reason() == Reason.REFUSED);
        return denied || refused ? StoreException.Kind.REFUSED : StoreException.Kind.UNREACHABLE;
    }
}
