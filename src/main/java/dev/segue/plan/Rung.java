package dev.segue.plan;

import java.util.Locale;

/** The ladder that a pass climbs with a resource: each rung is reached only from the one before. */
public enum Rung {
    RENDERED,
    CHECKED,
    INSTALLED,
    RELOADED,
    VERIFIED;

    /** The rung's name in a sentence: {@code installed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
