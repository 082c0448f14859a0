package dev.segue.reconcile;

import dev.segue.keys.KeySnapshot;
import dev.segue.plan.Backoff;
import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.resource.Resource;
import dev.segue.status.ResourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the loop remembers of one resource between passes; used by the loop's thread alone. */
final class Track {
    private static final long NEVER = Long.MAX_VALUE;

    private Resource resource;
    private Optional<KeySnapshot> seen = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();
    private Owed owed = Owed.NOTHING;
    private Instant since = Instant.EPOCH;
    private long revision;
    private int failures;
    private long dueNanos = NEVER;

    Track(Resource resource) {
        this.resource = resource;
    }

    Resource resource() {
        return resource;
    }

    Owed owed() {
        return owed;
    }

    void oweReload() {
        owed = Owed.RELOAD;
    }

    Optional<Outcome> outcome() {
        return outcome;
    }

    /** Takes up another definition under the same name; what is owed stays owed. */
    void redefine(Resource newDefinition) {
        resource = newDefinition;
    }

    /** True if a pass of {@code other}, perhaps an earlier definition, must end before one of this resource may start. */
    boolean sharesStateWith(Resource other) {
        return other.name().equals(resource.name()) || other.dest().equals(resource.dest());
    }

    void dueAt(long nanos) {
        dueNanos = Math.min(dueNanos, nanos);
    }

    boolean isDue(long nowNanos) {
        return dueNanos <= nowNanos;
    }

    /** When it is due; {@link Long#MAX_VALUE} for not until something happens. */
    long dueNanos() {
        return dueNanos;
    }

    /** True if {@code snapshot} holds other keys or values for this resource than its last pass got. */
    boolean changedIn(KeySnapshot snapshot) {
        return seen.isEmpty() || !seen.get().sameEntries(snapshot.narrow(resource.ranges()));
    }

    /** A pass starts with {@code snapshot}; whatever makes it due from now on counts for the next one. */
    void started(KeySnapshot snapshot) {
        seen = Optional.of(snapshot.narrow(resource.ranges()));
        dueNanos = NEVER;
    }

    /** The pass ended. A failed one is due again after its backoff, unless something makes it due sooner. */
    void ended(Result result, long revisionOfPass, Instant now, long nowNanos) {
        boolean sameState = outcome.isPresent() && isGood() == result.outcome().isGood();
        if (!sameState) {
            since = now;
        }
        owed = result.owed();
        outcome = Optional.of(result.outcome());
        revision = revisionOfPass;
        failures = result.outcome() instanceof Outcome.Failed ? failures + 1 : 0;
        if (failures > 0) {
            dueAt(nowNanos + Backoff.OF_RESOURCE.after(failures).toNanos());
        }
    }

    /** How long it has been in its present state. */
    Duration age(Instant now) {
        return Duration.between(since, now);
    }

    boolean isGood() {
        return outcome.isPresent() && outcome.get().isGood();
    }

    /** Empty before the first pass ended. */
    Optional<ResourceStatus> status() {
        return outcome.map(
                last -> new ResourceStatus(resource.name(), resource.dest(), last, revision, since, failures));
    }
}
