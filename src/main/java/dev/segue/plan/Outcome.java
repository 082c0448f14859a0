package dev.segue.plan;

import java.util.List;

/** How the last pass ended for one resource. */
public sealed interface Outcome {
    /** There was none yet. */
    record Pending() implements Outcome {}

    /** The target was right and nothing was owed. */
    record InSync() implements Outcome {}

    /** The target was brought into step, and the program reloaded if it has to be. */
    record Updated(Change change) implements Outcome {}

    /** The target differs, and was left as it is because nothing may be written. */
    record WouldUpdate(Change change) implements Outcome {}

    /** Fewer keys than {@code min_keys}: the target is kept as it is until they are back. */
    record Held(String reason) implements Outcome {}

    /** There is a change, but its program is still busy with earlier ones: it comes in a moment. */
    record Waiting(String reason) implements Outcome {}

    /**
     * A rung was not reached; the rungs below hold.
     *
     * @param missed the rung
     * @param reason for people: what, why, and what became of the target; the same each time the same thing fails
     * @param output what the failed command wrote, ready for a log; for logs alone, as it may quote the file
     */
    record Failed(Rung missed, String reason, List<String> output) implements Outcome {
        public Failed {
            output = List.copyOf(output);
        }
    }

    /** True if the resource is as it should be, or would be by now if writing were allowed. */
    default boolean isGood() {
        return this instanceof InSync || this instanceof Updated || this instanceof WouldUpdate;
    }

    /** True if people who were told of {@code earlier} learn nothing new from this one. */
    default boolean isStill(Outcome earlier) {
        if (this instanceof Failed now && earlier instanceof Failed before) {
            return now.missed() == before.missed() && now.reason().equals(before.reason());
        }
        if (this instanceof Waiting && earlier instanceof Waiting) {
            return true;
        }
        return equals(earlier) || (isGood() && earlier.isGood());
    }
}
