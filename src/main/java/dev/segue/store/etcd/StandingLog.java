package dev.segue.store.etcd;

import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import java.time.Duration;
import org.slf4j.Logger;

/** Says once each that a leased key is lost, refused and kept at last, and how long that took. For one thread. */
final class StandingLog {
    private enum Standing {
        NEW,
        KEPT,
        LOST,
        REFUSED
    }

    private final Logger log;
    private final String key;
    private final Duration life;
    private Standing standing = Standing.NEW;
    private long sinceNanos;

    /** As yet nothing is amiss. */
    StandingLog(Logger log, String key, Duration life) {
        this.log = log;
        this.key = key;
        this.life = life;
    }

    void kept() {
        if (isAmiss()) {
            log.info("{}: kept in the store now, after {}", key, inWords(System.nanoTime() - sinceNanos));
        }
        standing = Standing.KEPT;
    }

    void failed(StoreException failure) {
        Standing before = standing;
        if (!isAmiss()) {
            sinceNanos = System.nanoTime();
        }
        standing = failure.kind() == Kind.REFUSED ? Standing.REFUSED : Standing.LOST;
        if (standing == before) {
            log.debug("{}: still not kept: {}", key, failure.getMessage());
        } else if (standing == Standing.REFUSED) {
            log.error("{}: not kept in the store until this is mended: {}", key, failure.getMessage());
        } else if (before == Standing.NEW) {
            log.warn("{}: not in the store yet: {}", key, failure.getMessage());
        } else {
            log.warn(
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
