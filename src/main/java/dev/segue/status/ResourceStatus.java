package dev.segue.status;

import dev.segue.plan.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How one resource stands.
 *
 * @param name its file in the confdir
 * @param outcome how its last pass ended
 * @param revision the store's revision that the last pass saw
 * @param since when it came into this state
 * @param failures passes that failed in a row; 0 while all is well
 */
public record ResourceStatus(String name, Path dest, Outcome outcome, long revision, Instant since, int failures) {
    @Override
    public String toString() {
        return name + " -> " + dest + ": " + state() + ", since " + since.truncatedTo(ChronoUnit.SECONDS)
                + ", store revision " + revision + reason();
    }

    private String state() {
        if (outcome instanceof Outcome.Failed failed) {
            return "not " + failed.missed().word() + " (" + failures + " tries)";
        }
        if (outcome instanceof Outcome.Held) {
            return "held";
        }
        return outcome instanceof Outcome.WouldUpdate ? "out of sync" : "in sync";
    }

    private String reason() {
        if (outcome instanceof Outcome.Failed failed) {
            return ": " + failed.reason();
        }
        return outcome instanceof Outcome.Held held ? ": " + held.reason() : "";
    }
}
