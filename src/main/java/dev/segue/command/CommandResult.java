package dev.segue.command;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How a command went.
 *
 * @param ending how it ended
 * @param output what it wrote until then
 * @param took from before its start to after its end
 */
public record CommandResult(Ending ending, CommandOutput output, Duration took) {

    /** How a command ends. */
    public sealed interface Ending {
        /** By itself; {@code code} is 128 and the signal's number if one ended it. */
        record Exited(int code) implements Ending {}

        /** It was still running after {@code limit}, and it and all its children were ended. */
        record TimedOut(Duration limit) implements Ending {}

        /** Nothing ran. */
        record NotStarted(String why) implements Ending {}

        /** The thread that ran it was interrupted, and it and all its children were ended. */
        record Cancelled() implements Ending {}
    }

    /** True if it ran to its end and exited 0. */
    public boolean succeeded() {
        return ending instanceof Ending.Exited exited && exited.code() == 0;
    }

    /** What happened, to follow the command's name, the same each time the same happens: {@code exited 1}. */
    public String description() {
        if (ending instanceof Ending.Exited exited) {
            return "exited " + exited.code();
        }
        if (ending instanceof Ending.TimedOut timedOut) {
            return "was ended after its time limit of "
                    + plain(BigDecimal.valueOf(timedOut.limit().toMillis(), 3));
        }
        if (ending instanceof Ending.NotStarted notStarted) {
            return "could not be started: " + notStarted.why();
        }
        return "was cancelled";
    }

    private static String plain(BigDecimal seconds) {
        return seconds.stripTrailingZeros().toPlainString() + " s";
    }
}
