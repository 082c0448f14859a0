package dev.segue.reconcile;

import dev.segue.keys.KeySnapshot;
import dev.segue.plan.Backoff;
import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.plan.Rung;
import dev.segue.reconcile.Assignment.Patience;
import dev.segue.reconcile.Assignment.Standing;
import dev.segue.reconcile.Result.Effort;
import dev.segue.resource.Resource;
import dev.segue.status.Counts;
import dev.segue.status.ResourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What the loop remembers of one resource between passes; used by the loop's thread alone. */
final class Track {
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration BETWEEN_LOOKS_AT_A_BUSY_PROGRAM = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT_FOR_A_BUSY_PROGRAM = Duration.ofMinutes(1);

    private Resource resource;
    private Optional<KeySnapshot> latest = Optional.empty();
    private boolean changed;
    private boolean underWay;
    private long writtenAt;
    private long writtenAtOfPass;
    private long keysRevision;
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<Outcome> told = Optional.empty();
    private Optional<String> failedDigest = Optional.empty();
    private Owed owed = Owed.NOTHING;
    private Instant since = Instant.EPOCH;
    private long revision;
    private int failures;
    private long dueNanos = NEVER;
    private long retryNanos = NEVER;
    private OptionalLong waitingSince = OptionalLong.empty();
    private boolean asked;
    private OptionalLong appliedRevision = OptionalLong.empty();
    private Optional<Instant> appliedAt = Optional.empty();
    private Optional<Instant> owedSince = Optional.empty();
    private Optional<Instant> nextTry = Optional.empty();
    private Counts counts = Counts.NONE;

    Track(Resource resource) {
        this.resource = resource;
    }

    Resource resource() {
        return resource;
    }

    Optional<Outcome> outcome() {
        return outcome;
    }

    /** The last outcome that is news: a wait before what failed is tried again is none. */
    Optional<Outcome> told() {
        return told;
    }

    /** Takes up another definition under the same name, with which what failed may go well. */
    void redefine(Resource newDefinition) {
        if (!resource.equals(newDefinition)) {
            resource = newDefinition;
            failedDigest = Optional.empty();
        }
    }

    void dueAt(long nanos) {
        dueNanos = Math.min(dueNanos, nanos);
    }

    /** Due at once, even what failed a moment ago. */
    void retryAt(long nanos) {
        dueAt(nanos);
        if (retryNanos != NEVER) {
            retryNanos = Math.min(retryNanos, nanos);
        }
    }

    /**
     * When it is due; {@link Long#MAX_VALUE} for not until something happens.
     *
     * @param burstNanos when the changes of its lane are to be taken
     */
    long dueNanos(long burstNanos) {
        long next = Math.min(dueNanos, retryNanos);
        return changed ? Math.min(next, burstNanos) : next;
    }

    /** What a snapshot of the store is to a resource. */
    enum News {
        NONE,
        /** Its keys were written, but hold what they held: what is known of them is known of a later revision now. */
        SEEN_AGAIN,
        CHANGED
    }

    /** Takes note of {@code mine}: all that it reads, and nothing else. */
    News hear(KeySnapshot mine, long nowNanos) {
        boolean first = latest.isEmpty();
        boolean different = !first && !latest.get().sameEntries(mine);
        latest = Optional.of(mine);
        changed |= different;
        if (first || different || mine.mayHaveBeenWritten(resource.ranges())) {
            writtenAt = mine.revision();
        }
        if (first) {
            dueAt(nowNanos);
        }
        if (different) {
            return News.CHANGED;
        }
        return seeAgain() ? News.SEEN_AGAIN : News.NONE;
    }

    /** What the last pass saw was not changed since, and it is all that there is: true if that is news. */
    private boolean seeAgain() {
        if (changed || underWay || outcome.isEmpty() || keysRevision == writtenAt) {
            return false;
        }
        keysRevision = writtenAt;
        return true;
    }

    /** True if other keys or values came since its last pass started. */
    boolean isChanged() {
        return changed;
    }

    /** A pass starts; whatever makes it due from now on counts for the next one. */
    Assignment started(KeySnapshot keys, long nowNanos) {
        changed = false;
        underWay = true;
        writtenAtOfPass = writtenAt;
        dueNanos = NEVER;
        boolean again = nowNanos >= retryNanos;
        Optional<Standing> standing = again ? Optional.empty() : failedDigest.flatMap(this::standing);
        boolean waitedEnough = waitingSince.isPresent()
                && nowNanos - waitingSince.getAsLong() >= LONGEST_WAIT_FOR_A_BUSY_PROGRAM.toNanos();
        if (again) {
            retryNanos = NEVER;
        }
        return new Assignment(resource, keys, standing, waitedEnough ? Patience.GONE : Patience.LEFT);
    }

    private Optional<Standing> standing(String digest) {
        return outcome.filter(Outcome.Failed.class::isInstance)
                .map(Outcome.Failed.class::cast)
                .map(failed -> new Standing(digest, failed));
    }

    /** True if nobody has looked yet at what earlier runs left owed here, or if that failed and is to be tried again. */
    boolean isUnpaid(long nowNanos) {
        boolean unpaid = !asked || nowNanos >= retryNanos;
        asked = true;
        return unpaid;
    }

    /** The pass ended. A failed one is tried again after its backoff, unless its input changes before. */
    void ended(Result result, Instant now, long nowNanos) {
        boolean sameState = outcome.isPresent() && isGood() == result.outcome().isGood();
        if (!sameState) {
            since = now;
        }
        owed = result.owed();
        outcome = Optional.of(result.outcome());
        revision = result.revision();
        keysRevision = writtenAtOfPass;
        if (underWay) {
            underWay = false;
            seeAgain();
        }
        if (result.effort() == Effort.NONE) {
            return;
        }
        boolean failed = result.outcome() instanceof Outcome.Failed;
        boolean waits = result.outcome() instanceof Outcome.Waiting;
        if (!waits || failures == 0) {
            told = outcome;
        }
        failures = failed ? failures + 1 : waits ? failures : 0;
        failedDigest = failed ? result.wantedDigest() : Optional.empty();
        retryNanos = failed ? nowNanos + Backoff.OF_RESOURCE.after(failures).toNanos() : NEVER;
        if (waits) {
            waitingSince = waitingSince.isPresent() ? waitingSince : OptionalLong.of(nowNanos);
            dueAt(nowNanos + BETWEEN_LOOKS_AT_A_BUSY_PROGRAM.toNanos());
        } else {
            waitingSince = OptionalLong.empty();
        }
        note(result, now);
    }

    /** For whoever looks from outside. */
    private void note(Result result, Instant now) {
        boolean updated = result.outcome() instanceof Outcome.Updated;
        counts = counts.passed(result.outcome(), result.reloads(), result.reloadFailures(), result.rollBacks());
        owedSince = owed == Owed.NOTHING ? Optional.empty() : owedSince.or(() -> Optional.of(now));
        nextTry = result.outcome() instanceof Outcome.Failed
                ? Optional.of(now.plus(Backoff.OF_RESOURCE.after(failures)))
                : Optional.empty();
        if (owed == Owed.NOTHING && (updated || result.outcome() instanceof Outcome.InSync)) {
            appliedRevision = OptionalLong.of(revision);
            appliedAt = updated ? Optional.of(now) : appliedAt;
        }
    }

    /** Its lane keeps still until {@code earliest}. */
    void noTryBefore(Instant earliest) {
        nextTry = nextTry.map(time -> time.isBefore(earliest) ? earliest : time);
    }

    private Optional<Rung> rung() {
        if (owed == Owed.RELOAD) {
            return Optional.of(Rung.INSTALLED);
        }
        Rung top = resource.verification().isNone() ? Rung.RELOADED : Rung.VERIFIED;
        return appliedRevision.isPresent() ? Optional.of(top) : Optional.empty();
    }

    /** How long it has been in its present state. */
    Duration age(Instant now) {
        return Duration.between(since, now);
    }

    boolean isGood() {
        return outcome.isPresent() && outcome.get().isGood();
    }

    /** What its next pass has to make good. */
    Owed owed() {
        return owed;
    }

    /** For whoever looks from outside. */
    ResourceStatus status() {
        return new ResourceStatus(
                resource.name(),
                resource.dest(),
                resource.ranges(),
                outcome.orElseGet(Outcome.Pending::new),
                revision,
                keysRevision,
                since,
                failures,
                rung(),
                appliedRevision,
                appliedAt,
                owedSince,
                nextTry,
                counts);
    }
}
