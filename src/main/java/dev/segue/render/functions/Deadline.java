package dev.segue.render.functions;

import java.time.Duration;
import java.util.Optional;

/** How long one render may go on; asked at each output and each call of a function. Used by one thread. */
public final class Deadline {
    private final Duration limit;
    private final long limitNanos;
    private final long startNanos = System.nanoTime();

    /** Runs from now on. */
    public Deadline(Duration limit) {
        this.limit = limit;
        this.limitNanos = limit.toNanos();
    }

    /** Why the render has to end, if it has to: its time is over, or its thread was interrupted (the flag stays set). */
    public Optional<String> passed() {
        if (System.nanoTime() - startNanos > limitNanos) {
            return Optional.of("rendering took longer than " + limit.toSeconds() + " s");
        }
        return Thread.currentThread().isInterrupted() ? Optional.of("rendering was interrupted") : Optional.empty();
    }
}
