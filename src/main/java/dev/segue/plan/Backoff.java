package dev.segue.plan;

import java.time.Duration;

/**
 * How long to wait before trying again: {@code first} after the first failure, twice as long after each further one,
 * never more than {@code longest}.
 */
public record Backoff(Duration first, Duration longest) {
    /** For a resource that failed on its way up the ladder. */
    public static final Backoff OF_RESOURCE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

    /** For a store that is lost: short, because an attempt is one small request and a put must be seen within 2 s. */
    public static final Backoff OF_STORE = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(1));

    /** The wait after the {@code failures}-th failure in a row, counted from 1. */
    public Duration after(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 30);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
