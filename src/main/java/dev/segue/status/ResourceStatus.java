package dev.segue.status;

import dev.segue.keys.KeyRanges;
import dev.segue.plan.Outcome;
import dev.segue.plan.Rung;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one resource stands.
 *
 * @param name its file in the confdir
 * @param ranges the keys that it reads
 * @param outcome how its last pass ended
 * @param revision the store's revision that the last pass saw; 0 before the first one
 * @param keysRevision the revision of the store at which its keys, as the last pass saw them, were last found written, or a
 *     later one; 0 before the first pass
 * @param since when it came into this state
 * @param failures passes that failed in a row; 0 while all is well
 * @param rung what holds now for the installed file: at least {@code INSTALLED}; empty while nothing is known of one
 * @param appliedRevision the store's revision of what was applied last; empty if nothing ever was
 * @param appliedAt when; empty if that is not known
 * @param owedSince since when the installed file waits for its reload or its verification; empty while nothing is owed
 * @param nextTry when a failed pass is tried again, unless something makes it due sooner; empty for not by itself
 */
public record ResourceStatus(
        String name,
        Path dest,
        KeyRanges ranges,
        Outcome outcome,
        long revision,
        long keysRevision,
        Instant since,
        int failures,
        Optional<Rung> rung,
        OptionalLong appliedRevision,
        Optional<Instant> appliedAt,
        Optional<Instant> owedSince,
        Optional<Instant> nextTry,
        Counts counts) {

    /** True if the last pass left the program with what the store says: in step, nothing owed, nothing merely shown. */
    public boolean isApplied() {
        return (outcome instanceof Outcome.InSync || outcome instanceof Outcome.Updated) && owedSince.isEmpty();
    }

    /** True if the top of the ladder was reached at least once, by any content. */
    public boolean wasEverApplied() {
        return appliedRevision.isPresent();
    }

    /** One of {@code in sync}, {@code out of sync}, {@code held}, {@code waiting}, {@code failed}, {@code pending}. */
    public String state() {
        if (outcome instanceof Outcome.Failed) {
            return "failed";
        } else if (outcome instanceof Outcome.Held) {
            return "held";
        } else if (outcome instanceof Outcome.Waiting) {
            return "waiting";
        } else if (outcome instanceof Outcome.Pending) {
            return "pending";
        }
        return outcome instanceof Outcome.WouldUpdate ? "out of sync" : "in sync";
    }

    /** Why the resource is not in step, for people; empty if it is. Never what a command wrote. */
    public Optional<String> reason() {
        if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(failed.reason());
        } else if (outcome instanceof Outcome.Held held) {
            return Optional.of(held.reason());
        } else if (outcome instanceof Outcome.Waiting waiting) {
            return Optional.of(waiting.reason());
        } else if (outcome instanceof Outcome.Pending) {
            return Optional.of("not looked at yet");
        }
        return outcome instanceof Outcome.WouldUpdate
                ? Optional.of("out of sync, and nothing may be written")
                : Optional.empty();
    }

    /** What the installed file lacks, in words; only while something is owed. */
    String owed() {
        return rung.filter(Rung.RELOADED::equals).isPresent() ? "verification" : "reload";
    }

    /** The same with all times moved by {@code shift}. */
    ResourceStatus movedBy(Duration shift) {
        return new ResourceStatus(
                name,
                dest,
                ranges,
                outcome,
                revision,
                keysRevision,
                since.plus(shift),
                failures,
                rung,
                appliedRevision,
                appliedAt.map(time -> time.plus(shift)),
                owedSince.map(time -> time.plus(shift)),
                nextTry.map(time -> time.plus(shift)),
                counts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(name).append(" -> ").append(dest).append(": ").append(words());
        if (!(outcome instanceof Outcome.Pending)) {
            text.append(", since ")
                    .append(shown(since))
                    .append(", store revision ")
                    .append(revision);
        }
        appliedRevision.ifPresent(applied -> text.append(applied == revision ? "" : ", applied revision " + applied));
        owedSince.ifPresent(
                time -> text.append(", ").append(owed()).append(" owed since ").append(shown(time)));
        nextTry.ifPresent(time -> text.append(", next try ").append(shown(time)));
        if (!(outcome instanceof Outcome.Pending || outcome.isGood())) {
            reason().ifPresent(reason -> text.append(": ").append(reason));
        }
        return text.toString();
    }

    private String words() {
        if (outcome instanceof Outcome.Failed failed) {
            return "not " + failed.missed().word() + " (" + failures + " tries)";
        }
        return outcome instanceof Outcome.Pending ? "not looked at yet" : state();
    }

    private static Instant shown(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
