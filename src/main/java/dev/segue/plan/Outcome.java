package dev.segue.plan;

/** How a pass ended for one resource. */
public sealed interface Outcome {
    /** The target was right and nothing was owed. */
    record InSync() implements Outcome {}

    /** The target was brought into step, and the program reloaded if it has to be. */
    record Updated(Change change) implements Outcome {}

    /** The target differs, and was left as it is because nothing may be written. */
    record WouldUpdate(Change change) implements Outcome {}

    /** Fewer keys than {@code min_keys}: the target is kept as it is until they are back. */
    record Held(String reason) implements Outcome {}

    /**
     * A rung was not reached; the rungs below hold.
     *
     * @param missed the rung
     * @param reason for people: what, why, and what became of the target
     */
    record Failed(Rung missed, String reason) implements Outcome {}

    /** True if the resource is as it should be, or would be by now if writing were allowed. */
    default boolean isGood() {
        return this instanceof InSync || this instanceof Updated || this instanceof WouldUpdate;
    }
}
