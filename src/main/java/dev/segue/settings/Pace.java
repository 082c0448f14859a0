package dev.segue.settings;

import java.time.Duration;

/**
 * How changes that come close together are taken: the first at once, those that follow together.
 *
 * @param quietPeriod changes that follow one another within this time wait until there has been none for as long; zero
 *     takes each at once
 * @param maxDelay but no change waits longer than this; at least {@code quietPeriod}
 */
public record Pace(Duration quietPeriod, Duration maxDelay) {
    /** 100 ms, at most 2 s. */
    public static final Pace STANDARD = new Pace(Duration.ofMillis(100), Duration.ofSeconds(2));
}
