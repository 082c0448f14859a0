package dev.segue.command;

import dev.segue.keys.ByteText;
import dev.segue.keys.PrintableText;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command wrote, standard output and error as they came, cut in the middle where it was too much.
 *
 * <p>It may quote the file that was checked, so it prints as its size alone.
 */
public final class CommandOutput {
    /** Nothing written. */
    public static final CommandOutput EMPTY = new CommandOutput(new byte[0], new byte[0], 0);

    private static final int LOG_LINES_EACH_END = 10;
    private static final int LOG_LINE_LENGTH = 500;

    private final String text;

    /** The first bytes, the last ones, and how many between them were dropped. */
    CommandOutput(byte[] head, byte[] tail, long leftOut) {
        String end = ByteText.decode(tail);
        this.text = ByteText.decode(head) + (leftOut == 0 ? "" : "\n... " + leftOut + " bytes left out ...\n") + end;
    }

    /** All that was kept; bytes that are not UTF-8 as {@link ByteText} carries them. */
    public String text() {
        return text;
    }

    /** Its lines made safe to print and few enough for a log: at most 21, of at most 501 characters each. */
    public List<String> forLog() {
        List<String> lines = text.lines().map(CommandOutput::shortened).toList();
        int dropped = lines.size() - 2 * LOG_LINES_EACH_END;
        if (dropped <= 1) {
            return lines;
        }
        List<String> ends = new ArrayList<>(lines.subList(0, LOG_LINES_EACH_END));
        ends.add("... " + dropped + " lines left out ...");
        ends.addAll(lines.subList(lines.size() - LOG_LINES_EACH_END, lines.size()));
        return ends;
    }

    private static String shortened(String line) {
        String shown = PrintableText.escape(line);
        return shown.length() <= LOG_LINE_LENGTH ? shown : shown.substring(0, LOG_LINE_LENGTH) + "…";
    }

    @Override
    public String toString() {
        return text.length() + " characters";
    }
}
