package dev.segue.plan;

import dev.segue.settings.Pace;
import java.util.OptionalLong;

/**
 * Changes of one lane that follow one another: the first is taken at once, those close behind it wait for each other.
 *
 * <p>Times are nanoseconds of one clock that never goes back.
 *
 * @param latest when the last change came; empty before the first
 * @param waitingSince when the first of those came that wait; empty if none does
 */
public record Burst(OptionalLong latest, OptionalLong waitingSince) {
    /** No change yet. */
    public static final Burst NONE = new Burst(OptionalLong.empty(), OptionalLong.empty());

    /** This, and a change at {@code now}. */
    public Burst with(long now, Pace pace) {
        boolean closeBehind = latest.isPresent()
                && now - latest.getAsLong() < pace.quietPeriod().toNanos();
        boolean waits = closeBehind || waitingSince.isPresent();
        OptionalLong since = waits && waitingSince.isEmpty() ? OptionalLong.of(now) : waitingSince;
        return new Burst(OptionalLong.of(now), since);
    }

    /** When what came so far is to be taken. */
    public long dueNanos(Pace pace) {
        if (latest.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (waitingSince.isEmpty()) {
            return latest.getAsLong();
        }
        long quiet = latest.getAsLong() + pace.quietPeriod().toNanos();
        return Math.min(quiet, waitingSince.getAsLong() + pace.maxDelay().toNanos());
    }

    /** All of it was taken; the next change is close behind or not. */
    public Burst taken() {
        return new Burst(latest, OptionalLong.empty());
    }
}
