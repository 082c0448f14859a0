package dev.segue.plan;

/** How a target differs from what it should be. */
public enum Change {
    /** Nothing to do. */
    NONE,
    /** The target is not there. */
    CREATE,
    /** Other bytes. */
    CONTENT,
    /** The right bytes with another mode or owner than asked for. */
    ATTRIBUTES;

    /** The change that makes the current target the wanted one. */
    public static Change between(boolean exists, boolean sameBytes, boolean sameAttributes) {
        if (!exists) {
            return CREATE;
        }
        if (!sameBytes) {
            return CONTENT;
        }
        return sameAttributes ? NONE : ATTRIBUTES;
    }
}
