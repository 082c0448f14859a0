package dev.segue.toml;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a TOML file without the lines that say nothing, empty ones and comments, and the numbers that its lines have
 * in the file. tomlj's time for a run of such lines grows with the third power of their number: 500 took a second.
 */
final class TomlSource {
    private static final String COUNTED = ",=.[{\n";

    private final StringBuilder dense = new StringBuilder();
    private final List<Integer> lines = new ArrayList<>();
    private int marks;
    private int lineOfTooMany;

    /** What ends the string of several lines in which we are; empty outside. */
    private String open = "";

    /** @param mostMarks see {@link #lineOfTooMany()} */
    TomlSource(String text, int mostMarks) {
        int line = 0;
        for (int start = 0; start < text.length() && lineOfTooMany == 0; ) {
            int lineEnd = text.indexOf('\n', start);
            int end = lineEnd < 0 ? text.length() : lineEnd + 1;
            line++;
            String content = text.substring(start, end);
            if (!open.isEmpty() || !isIdle(content)) {
                dense.append(content);
                lines.add(line);
                scan(content);
                lineOfTooMany = marks > mostMarks ? line : 0;
            }
            start = end;
        }
    }

    /** What tomlj gets to read. */
    String dense() {
        return dense.toString();
    }

    /** The number in the file of the line that has the number {@code denseLine} in {@link #dense}. */
    int line(int denseLine) {
        return denseLine <= lines.size()
                ? lines.get(denseLine - 1)
                : lines.isEmpty() ? 1 : lines.get(lines.size() - 1) + 1;
    }

    /**
     * The line up to which there are more names, values, lines and escapes than {@code mostMarks}, where reading ended; 0 if
     * there are not. tomlj's memory grows with them, by about half a kilobyte for each.
     */
    int lineOfTooMany() {
        return lineOfTooMany;
    }

    private static boolean isIdle(String line) {
        String content = line.strip();
        return (content.isEmpty() || content.startsWith("#")) && content.chars().allMatch(c -> c >= ' ' || c == '\t');
    }

    private void scan(String line) {
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (!open.isEmpty()) {
                i = withinOpen(line, i);
            } else if (c == '#') {
                return;
            } else if (c == '"' || c == '\'') {
                String three = String.valueOf(c).repeat(3);
                boolean opens = line.startsWith(three, i);
                open = opens ? three : "";
                i = opens ? i + 3 : behindString(line, i + 1, c);
            } else {
                marks += COUNTED.indexOf(c) < 0 ? 0 : 1;
                i++;
            }
        }
    }

    private int withinOpen(String line, int i) {
        char quote = open.charAt(0);
        if (line.charAt(i) == '\\' && quote == '"') {
            marks++;
            return i + 2;
        }
        if (!line.startsWith(open, i)) {
            marks += line.charAt(i) == '\n' ? 1 : 0;
            return i + 1;
        }
        open = "";
        int end = i + 3;
        // The string itself may end in one or two of them.
        while (end < Math.min(line.length(), i + 5) && line.charAt(end) == quote) {
            end++;
        }
        return end;
    }

    private int behindString(String line, int start, char quote) {
        int i = start;
        while (i < line.length() && line.charAt(i) != quote) {
            boolean escape = line.charAt(i) == '\\' && quote == '"';
            marks += escape ? 1 : 0;
            i += escape ? 2 : 1;
        }
        return i + 1;
    }
}
