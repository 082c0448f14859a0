package dev.segue.cutover;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until programs have settled, but not for ever; logs once that one does not, and once that it has after all. */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<String, Long> unsettledSince = new HashMap<>();
    private final Set<String> lost = new HashSet<>();

    /** True if it is worth waiting on for the program of {@code resource}, which serves what it shall. */
    boolean isLeftFor(String resource, Settling.Look look, long nowNanos) {
        if (look.why().isEmpty()) {
            Duration took = Duration.ofNanos(nowNanos - unsettledSince.getOrDefault(resource, nowNanos));
            if (lost.contains(resource)) {
                LOG.info("{}: settled after {} s", resource, took.toSeconds());
            }
            forget(resource);
            return false;
        }
        if (nowNanos - unsettledSince.computeIfAbsent(resource, it -> nowNanos) < LONGEST.toNanos()) {
            return true;
        }
        if (lost.add(resource)) {
            String why = look.why().get();
            LOG.warn("{}: applied, but has not settled after {} s: {}", resource, LONGEST.toSeconds(), why);
            look.output().forEach(line -> LOG.warn("{}:   {}", resource, line));
        }
        return false;
    }

    /** Nobody waits for it any more. */
    void forget(String resource) {
        unsettledSince.remove(resource);
        lost.remove(resource);
    }

    /** Forgets all but {@code resources}. */
    void retain(Set<String> resources) {
        unsettledSince.keySet().retainAll(resources);
        lost.retainAll(resources);
    }
}
