package dev.segue.store;

/** What TLS needs is not as it should be; the message names the file and holds no secret. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    public TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
