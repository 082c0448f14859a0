package dev.segue.status;

import dev.segue.plan.Outcome;

/**
 * What happened to one resource since it was defined; numbers only ever grow.
 *
 * @param passes walks up the ladder, those that found nothing to do included
 * @param updates passes that brought the target into step
 * @param failures passes that failed
 * @param reloads reload commands that succeeded; one that several resources share counts for each of them
 * @param reloadFailures reload commands that failed, counted the same way
 * @param rollBacks times that the previous file was put back
 */
public record Counts(long passes, long updates, long failures, long reloads, long reloadFailures, long rollBacks) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /**
     * A pass ended.
     *
     * @param reloaded how often its program was told to reload
     * @param reloadsFailed how many of these failed
     * @param putBack how often the previous file was put back
     */
    public Counts passed(Outcome outcome, int reloaded, int reloadsFailed, int putBack) {
        return new Counts(
                passes + 1,
                outcome instanceof Outcome.Updated ? updates + 1 : updates,
                outcome instanceof Outcome.Failed ? failures + 1 : failures,
                reloads + reloaded - reloadsFailed,
                reloadFailures + reloadsFailed,
                rollBacks + putBack);
    }
}
