package dev.segue.store.etcd;

import org.jspecify.annotations.Nullable;

/** A request to etcd that failed: why, as a reason to act on and as words for a person, without the node's name. */
final class EtcdFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What can be done about it. */
    enum Reason {
        /** Ask for less at once. */
        TOO_LARGE,
        /** The revision asked for is gone: ask for a newer one. */
        COMPACTED,
        /** The lease named is not there: ask for another. */
        LEASE_GONE,
        /** The login has expired: ask again, which logs in anew. */
        LOGIN_EXPIRED,
        /** The store knows no users: ask without a login. */
        LOGIN_UNNEEDED,
        /** Nothing came in time. */
        TIMED_OUT,
        /** No connection, or a node that has no leader: another node, or a later try, may answer. */
        UNREACHABLE,
        /** This node won't have us, as far as TLS goes; another may. */
        REFUSED,
        /** The whole store won't have us, or what we ask: password, rights, size, space. It has done nothing. */
        DENIED,
        /** We closed the connection ourselves. */
        CLOSED
    }

    private final Reason reason;

    EtcdFailure(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
