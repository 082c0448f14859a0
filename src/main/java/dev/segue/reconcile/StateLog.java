package dev.segue.reconcile;

import dev.segue.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says each change of state of the resources once: one starts to fail, and recovers. */
final class StateLog {
    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);

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

    static String inWords(Duration duration) {
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
