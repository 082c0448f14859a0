package dev.segue.settings;

import java.util.Optional;

/**
 * What {@code segue status} shall show.
 *
 * @param group only this one; empty for all
 */
public record StatusRequest(StoreSettings store, Optional<String> group, Form form, Repeat repeat) {
    /** For people or for programs. */
    public enum Form {
        TABLE,
        JSON
    }

    /** How often. */
    public enum Repeat {
        ONCE,
        /** At each change, until it is told to stop. */
        AT_EACH_CHANGE
    }
}
