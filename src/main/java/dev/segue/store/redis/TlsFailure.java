package dev.segue.store.redis;

/** What TLS needs is not as it should be; the message names the file and holds no secret. */
final class TlsFailure extends Exception {
    private static final long serialVersionUID = 1L;

    TlsFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
