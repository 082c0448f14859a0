package dev.segue.bench;

import java.util.Locale;

/** How a contestant is to work: follow changes, look every second, or do it once and end. */
enum Run {
    WATCH,
    POLL,
    ONCE;

    /** As it stands in the names of scenarios. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
