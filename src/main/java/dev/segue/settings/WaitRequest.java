package dev.segue.settings;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What {@code segue wait} shall wait for.
 *
 * @param members so many members must be there; empty for at least one
 * @param timeout positive
 */
public record WaitRequest(
        StoreSettings store, String group, Goal goal, Until until, OptionalInt members, Duration timeout) {

    /** What the members shall have applied. */
    public sealed interface Goal {
        /** Everything up to this revision of the store. */
        record Revision(long revision) implements Goal {}

        /** This key, as it is now. */
        record Key(String key) implements Goal {}
    }

    /** How far. */
    public enum Until {
        /** No worker of before takes new connections. */
        SETTLED,
        /** No worker of before serves any request. */
        DRAINED
    }
}
