package dev.segue.reconcile;

import dev.segue.plan.Rung;
import java.util.List;

/**
 * A program that could not be told, or does not serve what it was told of.
 *
 * @param missed {@code RELOADED} or {@code VERIFIED}
 * @param what the command and how it ended, or what the program answered
 * @param output what the command wrote, ready for a log
 * @param cause why
 */
record Refusal(Rung missed, String what, List<String> output, Cause cause) {
    Refusal {
        output = List.copyOf(output);
    }

    /** Whose fault it may be. */
    enum Cause {
        /** The file's, the program's or the command's. */
        OPEN,
        /** The program does not run, so nothing is said about the file. */
        NOT_RUNNING,
        /** Segue is stopping. */
        CANCELLED
    }
}
