package dev.segue.store;

/** The store did not give what was asked of it; the message says which store, what failed and why, and holds no secret. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether asking again can help. */
    public enum Kind {
        /** Refused, unresolvable, timed out, leader lost: the next try may go well. */
        UNREACHABLE,
        /** Wrong password, missing permission, TLS mismatch: somebody has to mend something first. */
        REFUSED
    }

    private final Kind kind;

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
