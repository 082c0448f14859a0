package dev.segue.render.go;

import dev.segue.keys.ByteText;
import java.util.HexFormat;
import java.util.Locale;

/** Go's ways to put text into quotes, HTML, JavaScript and URLs. */
public final class GoQuotes {
    private static final HexFormat HEX = HexFormat.of();
    private static final int FIRST_BEYOND_ASCII = 0x80;

    private GoQuotes() {}

    /** As {@code template.HTMLEscapeString}. */
    public static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("\0", "\uFFFD")
                .replace("\"", "&#34;")
                .replace("'", "&#39;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    /** As {@code template.JSEscapeString}. */
    public static String js(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            if ("\\'\"".indexOf(point) >= 0) {
                escaped.append('\\').appendCodePoint(point);
            } else if (point < ' ' || "<>&=".indexOf(point) >= 0 || !(isByte(point) || isPrintable(point))) {
                escaped.append("\\u")
                        .append(HEX.toHexDigits(point, point > 0xFFFF ? 5 : 4).toUpperCase(Locale.ROOT));
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    /** As {@code url.QueryEscape}. */
    public static String urlQuery(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : ByteText.encode(text)) {
            char c = (char) (b & 0xFF);
            if (c == ' ') {
                escaped.append('+');
            } else if (c < FIRST_BEYOND_ASCII && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HEX.withUpperCase().toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    /**
     * As {@code %q}.
     *
     * @param ascii {@code %+q}: nothing beyond ASCII
     * @param raw {@code %#q}: between backquotes, where that can be
     */
    static String quoted(String text, boolean ascii, boolean raw) {
        if (raw && text.codePoints().allMatch(GoQuotes::canBeRaw)) {
            return "`" + text + "`";
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> escape(point, '"', ascii, quoted));
        return quoted.append('"').toString();
    }

    /** True of what can stand between backquotes on one line. */
    private static boolean canBeRaw(int point) {
        boolean control = (point < ' ' && point != '\t') || point == 0x7F;
        return point != '`' && !control && point != 0xFEFF && Character.getType(point) != Character.SURROGATE;
    }

    /** As {@code %c}. */
    static String character(long number) {
        return Character.toString(valid(number));
    }

    /** As {@code %q} of a number. */
    static String quotedCharacter(long number, boolean ascii) {
        StringBuilder quoted = new StringBuilder("'");
        escape(valid(number), '\'', ascii, quoted);
        return quoted.append('\'').toString();
    }

    private static int valid(long number) {
        boolean good = number >= 0
                && number <= Character.MAX_CODE_POINT
                && !(number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE);
        return good ? (int) number : 0xFFFD;
    }

    private static void escape(int point, char quote, boolean ascii, StringBuilder out) {
        int letter = "\u0007\b\f\n\r\t\u000B".indexOf(point);
        if (point == quote || point == '\\') {
            out.append('\\').appendCodePoint(point);
        } else if (letter >= 0) {
            out.append('\\').append("abfnrtv".charAt(letter));
        } else if (isByte(point) && point >= FIRST_BEYOND_ASCII) {
            out.append("\\x").append(HEX.toHexDigits((byte) point));
        } else if (isPrintable(point) && (point < FIRST_BEYOND_ASCII || !ascii)) {
            out.appendCodePoint(point);
        } else if (point < FIRST_BEYOND_ASCII) {
            out.append("\\x").append(HEX.toHexDigits((byte) point));
        } else {
            out.append(point > 0xFFFF ? "\\U" : "\\u").append(HEX.toHexDigits(point, point > 0xFFFF ? 8 : 4));
        }
    }

    /** True for ASCII, and for a byte that is no UTF-8 and is carried as a lone surrogate. */
    private static boolean isByte(int point) {
        return point < FIRST_BEYOND_ASCII || Character.getType(point) == Character.SURROGATE;
    }

    /** As Go's {@code unicode.IsPrint}: of all white space only the blank. */
    private static boolean isPrintable(int point) {
        return point == ' '
                || switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
