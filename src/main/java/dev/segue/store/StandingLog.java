package dev.segue.store;

import dev.segue.keys.PrintableText;
import dev.segue.store.StoreException.Kind;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once each that a leased key is lost, refused and kept at last, and how long that took. For one thread. */
public final class StandingLog {
    private static final Logger LOG = LoggerFactory.getLogger(StandingLog.class);

    private enum Standing {
        NEW,
        KEPT,
        LOST,
        REFUSED
    }

    private final String key;
    private final Duration life;
    private Standing standing = Standing.NEW;
    private long sinceNanos;

    /**
     * Of {@code key}, with which as yet nothing is amiss.
     *
     * @param life how long the store keeps it after it is lost
     */
    public StandingLog(String key, Duration life) {
        this.key = PrintableText.escape(key);
        this.life = life;
    }

    /** The store has it now. */
    public void kept() {
        if (isAmiss()) {
            LOG.info("{}: kept in the store now, after {}", key, inWords(System.nanoTime() - sinceNanos));
        }
        standing = Standing.KEPT;
    }

    /** The store did not do what it should. */
    public void failed(StoreException failure) {
        Standing before = standing;
        if (!isAmiss()) {
            sinceNanos = System.nanoTime();
        }
        standing = failure.kind() == Kind.REFUSED ? Standing.REFUSED : Standing.LOST;
        if (standing == before) {
            LOG.debug("{}: still not kept: {}", key, failure.getMessage());
        } else if (standing == Standing.REFUSED) {
            LOG.error("{}: not kept in the store until this is mended: {}", key, failure.getMessage());
        } else if (before == Standing.NEW) {
            LOG.warn("{}: not in the store yet: {}", key, failure.getMessage());
        } else {
            LOG.warn(
                    "{}: runs out of the store within {} s unless it answers before: {}",
                    key,
                    life.toSeconds(),
                    failure.getMessage());
        }
    }

    private boolean isAmiss() {
        return standing == Standing.LOST || standing == Standing.REFUSED;
    }

    private static String inWords(long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
