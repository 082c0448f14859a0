package dev.segue.reconcile;

import dev.segue.plan.Outcome;
import dev.segue.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says each change of state once: a resource that starts to fail and recovers, the store lost and found. */
final class StateLog {
    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);

    private Optional<Instant> storeLostAt = Optional.empty();
    private Optional<StoreException.Kind> storeLostBy = Optional.empty();

    /** Tells what {@code now} means after what {@code track} knew before. */
    void tell(Track track, Outcome now, Instant at) {
        Optional<Outcome> before = track.told();
        String name = track.resource().name();
        if (now instanceof Outcome.Waiting) {
            boolean known = before.isPresent() && (before.get() instanceof Outcome.Failed || now.isStill(before.get()));
            if (known) {
                LOG.debug("{}: waits: {}", name, reason(now));
            } else {
                LOG.info("{}: waits: {}", name, reason(now));
            }
        } else if (now instanceof Outcome.Failed || now instanceof Outcome.Held) {
            if (before.isPresent() && now.isStill(before.get())) {
                LOG.debug("{}: still: {}", name, reason(now));
            } else {
                LOG.warn("{}: {}", name, reason(now));
                output(now).forEach(line -> LOG.warn("{}:   {}", name, line));
            }
        } else if (before.isPresent() && !before.get().isGood() && !(before.get() instanceof Outcome.Waiting)) {
            LOG.info("{}: recovered after {}", name, inWords(track.age(at)));
        }
    }

    void bug(RuntimeException e) {
        LOG.error("a bug in Segue; all is looked at again", e);
    }

    void storeLost(StoreException why, Instant at) {
        boolean told = storeLostBy.filter(why.kind()::equals).isPresent();
        storeLostAt = storeLostAt.or(() -> Optional.of(at));
        storeLostBy = Optional.of(why.kind());
        if (told) {
            LOG.debug("{}", why.getMessage());
            return;
        }
        if (why.kind() == StoreException.Kind.REFUSED) {
            LOG.error("{}", why.getMessage());
        } else {
            LOG.warn("{}; files stay as they are, trying again until it answers", why.getMessage());
        }
    }

    void storeFound(String store, Instant at) {
        storeLostAt.ifPresent(lost -> LOG.info("{}: back after {}", store, inWords(Duration.between(lost, at))));
        storeLostAt = Optional.empty();
        storeLostBy = Optional.empty();
    }

    private static List<String> output(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed ? failed.output() : List.of();
    }

    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.reason();
        }
        if (outcome instanceof Outcome.Waiting waiting) {
            return waiting.reason();
        }
        return outcome instanceof Outcome.Held held ? "held: " + held.reason() : "";
    }

    private static String inWords(Duration duration) {
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
