package dev.segue.status;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.plan.Change;
import dev.segue.plan.Outcome;
import dev.segue.plan.Rung;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Resources in the states that matter. */
public final class Sample {
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    public static final String NAME = "conf.d/nginx.toml";

    private Sample() {}

    public static ResourceStatus pending() {
        return resource(new Outcome.Pending(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    public static ResourceStatus applied() {
        return resource(
                new Outcome.Updated(Change.CONTENT), Optional.of(Rung.VERIFIED), OptionalLong.of(42), Optional.empty());
    }

    /** In front of a program that had an earlier file. */
    public static ResourceStatus owing(Rung reached, Instant since) {
        return resource(failed(Rung.RELOADED), Optional.of(reached), OptionalLong.of(41), Optional.of(since));
    }

    public static ResourceStatus neverApplied(Outcome outcome) {
        return resource(outcome, Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    public static ResourceStatus held() {
        return resource(
                new Outcome.Held("no key below /app"),
                Optional.of(Rung.VERIFIED),
                OptionalLong.of(40),
                Optional.empty());
    }

    public static Outcome.Failed failed(Rung missed) {
        return new Outcome.Failed(missed, "reload command exited 1", List.of("the output: hunter2"));
    }

    private static ResourceStatus resource(
            Outcome outcome, Optional<Rung> rung, OptionalLong appliedRevision, Optional<Instant> owedSince) {
        boolean failed = outcome instanceof Outcome.Failed;
        return new ResourceStatus(
                NAME,
                Path.of("/etc/nginx/conf.d/app.conf"),
                new KeyRanges(List.of(KeyPath.of("/app/upstream"))),
                outcome,
                outcome instanceof Outcome.Pending ? 0 : 42,
                outcome instanceof Outcome.Pending ? 0 : 41,
                START,
                failed ? 3 : 0,
                rung,
                appliedRevision,
                appliedRevision.isPresent() ? Optional.of(START) : Optional.empty(),
                owedSince,
                failed ? Optional.of(START.plusSeconds(90)) : Optional.empty(),
                new Counts(7, 2, 3, 2, 3, 1));
    }
}
