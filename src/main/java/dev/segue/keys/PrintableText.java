package dev.segue.keys;

import java.util.HexFormat;

/**
 * Makes strangers' text safe to show: on a terminal, in a log line, on a page.
 *
 * <p>What would steer a terminal, hide itself or forge a line is written as an escape: {@code \r}, {@code \n}, {@code
 * \x1b}, {@code \u202e}. A byte that {@link ByteText} carries comes out as {@code \xff}. A tab stays, and a backslash
 * stays single: the result is for eyes and is never read back.
 */
public final class PrintableText {
    private static final HexFormat HEX = HexFormat.of();

    private PrintableText() {}

    /** {@code text} on one line, with nothing in it that acts instead of being seen. */
    public static String escape(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\t' -> shown.append('\t');
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                default -> escape(point, shown);
            }
        });
        return shown.toString();
    }

    private static void escape(int point, StringBuilder shown) {
        switch (Character.getType(point)) {
            case Character.SURROGATE -> shown.append("\\x").append(HEX.toHexDigits((byte) point));
            case Character.CONTROL -> shown.append("\\x").append(HEX.toHexDigits((byte) point));
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                shown.append("\\u").append(HEX.toHexDigits(point, point > 0xFFFF ? 6 : 4));
            default -> shown.appendCodePoint(point);
        }
    }
}
