package dev.segue.journal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any text as one line that shows all of it: a backslash and what does not print are written as {@code \}{@code uXXXX}. */
final class LineText {
    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");

    private LineText() {}

    static String escape(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (isShown(point)) {
                line.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    line.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return line.toString();
    }

    static String unescape(String line) {
        return ESCAPED.matcher(line)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    private static boolean isShown(int point) {
        return point != '\\'
                && switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.UNASSIGNED,
                            Character.PRIVATE_USE -> false;
                    default -> true;
                };
    }
}
