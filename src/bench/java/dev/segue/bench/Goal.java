package dev.segue.bench;

import java.util.Locale;

/** How far a put has to come. */
enum Goal {
    FILE("put -> new file in place"),
    RELOAD("put -> reload command ran"),
    SERVE("put -> nginx serves it");

    private final String what;

    Goal(String what) {
        this.what = what;
    }

    String what() {
        return what;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
