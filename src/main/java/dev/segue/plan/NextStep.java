package dev.segue.plan;

import dev.segue.settings.Settings.Writes;

/** What a pass does about a resource once its change is known. */
public enum NextStep {
    NOTHING,
    /** Say what would change, touch nothing. */
    REPORT,
    /** Stage, check, install, reload. */
    APPLY,
    /** The file is right, but an earlier reload failed: the program does not serve it yet. */
    RELOAD_ONLY;

    public static NextStep after(Change change, Owed owed, Writes writes) {
        if (writes == Writes.SHOWN_ONLY) {
            return change == Change.NONE ? NOTHING : REPORT;
        }
        if (change != Change.NONE) {
            return APPLY;
        }
        return owed == Owed.RELOAD ? RELOAD_ONLY : NOTHING;
    }
}
