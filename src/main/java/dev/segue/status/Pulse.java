package dev.segue.status;

import java.time.Duration;
import java.time.Instant;

/**
 * The heartbeat of the loop.
 *
 * @param turns how many there were
 * @param last when the last one ended; before the first, the start
 * @param rest how long the loop then meant to rest at most
 */
public record Pulse(long turns, Instant last, Duration rest) {
    Pulse turned(Instant now, Duration nextRest) {
        return new Pulse(turns + 1, now, nextRest);
    }

    Pulse movedBy(Duration shift) {
        return new Pulse(turns, last.plus(shift), rest);
    }
}
