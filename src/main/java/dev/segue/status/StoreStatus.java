package dev.segue.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the store stands.
 *
 * @param description where it is; never a credential
 * @param upSince since when reads succeed; empty while they do not, or there was none yet
 * @param lostSince since when reads fail; empty while they succeed, or there was none yet
 * @param lastError why the last failed read failed, also when reads succeed again; never a credential
 * @param revision the one read last; empty before the first successful read
 * @param reads how many succeeded
 * @param failures how many failed
 */
public record StoreStatus(
        String description,
        Optional<Instant> upSince,
        Optional<Instant> lostSince,
        Optional<String> lastError,
        OptionalLong revision,
        long reads,
        long failures) {

    /** A store of which nothing was read yet. */
    static StoreStatus untried(String description) {
        return new StoreStatus(
                description, Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty(), 0, 0);
    }

    /** True if the last read succeeded. */
    public boolean isUp() {
        return upSince.isPresent();
    }

    StoreStatus read(long revisionRead, Instant now) {
        return new StoreStatus(
                description,
                upSince.or(() -> Optional.of(now)),
                Optional.empty(),
                lastError,
                OptionalLong.of(revisionRead),
                reads + 1,
                failures);
    }

    StoreStatus lost(String why, Instant now) {
        return new StoreStatus(
                description,
                Optional.empty(),
                lostSince.or(() -> Optional.of(now)),
                Optional.of(why),
                revision,
                reads,
                failures + 1);
    }

    @Override
    public String toString() {
        return description
                + lostSince
                        .map(time -> ", lost since " + time.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("");
    }

    /** The same with all times moved by {@code shift}. */
    StoreStatus movedBy(Duration shift) {
        return new StoreStatus(
                description,
                upSince.map(time -> time.plus(shift)),
                lostSince.map(time -> time.plus(shift)),
                lastError,
                revision,
                reads,
                failures);
    }
}
