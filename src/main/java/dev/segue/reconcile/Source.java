package dev.segue.reconcile;

import dev.segue.plan.Backoff;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One store of a run, and whether it answers; says once that it is lost and that it is back. Used by the loop's thread. */
final class Source {
    private static final Logger LOG = LoggerFactory.getLogger(Source.class);

    private final KeyStore store;
    private final String name;
    private int failures;
    private long retryNanos = Long.MAX_VALUE;
    private Optional<Instant> lostAt = Optional.empty();
    private Optional<StoreException.Kind> lostBy = Optional.empty();

    /** @param name where it is, for people */
    Source(KeyStore store, String name) {
        this.store = store;
        this.name = name;
    }

    KeyStore store() {
        return store;
    }

    /** True if the last read failed. */
    boolean isLost() {
        return failures > 0;
    }

    /** When it is to be read again after a failure; {@link Long#MAX_VALUE} while it answers. */
    long retryNanos() {
        return retryNanos;
    }

    void found(Instant at) {
        failures = 0;
        retryNanos = Long.MAX_VALUE;
        lostAt.ifPresent(lost -> LOG.info("{}: back after {}", name, StateLog.inWords(Duration.between(lost, at))));
        lostAt = Optional.empty();
        lostBy = Optional.empty();
    }

    /** A read failed: the next one comes after a while. */
    void lost(StoreException why, Instant at, long nowNanos) {
        failures++;
        retryNanos = nowNanos + Backoff.OF_STORE.after(failures).toNanos();
        boolean told = lostBy.filter(why.kind()::equals).isPresent();
        lostAt = lostAt.or(() -> Optional.of(at));
        lostBy = Optional.of(why.kind());
        if (told) {
            LOG.debug("{}", why.getMessage());
        } else if (why.kind() == StoreException.Kind.REFUSED) {
            LOG.error("{}", why.getMessage());
        } else {
            LOG.warn("{}; files stay as they are, trying again until it answers", why.getMessage());
        }
    }
}
