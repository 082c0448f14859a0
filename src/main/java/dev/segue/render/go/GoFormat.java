package dev.segue.render.go;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.render.text.BadTextException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go's {@code fmt.Sprintf} for the values that templates have. */
public final class GoFormat {
    /** No arguments by number, no {@code *}, and none of the verbs that show Go's own insides. */
    private static final String REFUSED = "*[";

    private static final String REFUSED_VERBS = "Tp";
    private static final int LARGEST_WIDTH = 1_000_000;

    private final String format;
    private final List<? extends @Nullable Object> values;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int used;

    private GoFormat(String format, List<? extends @Nullable Object> values) {
        this.format = format;
        this.values = values;
    }

    /**
     * {@code values} laid out by {@code format}; what does not fit is printed as Go does, {@code %!d(string=x)}.
     *
     * @throws BadTextException for {@code %T}, {@code %p}, {@code %#v}, {@code *} and {@code [n]}
     */
    public static String sprintf(String format, List<? extends @Nullable Object> values) throws BadTextException {
        return new GoFormat(format, values).run();
    }

    private String run() throws BadTextException {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format, at, format.length());
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            verb();
        }
        if (used < values.size()) {
            extra();
        }
        return out.toString();
    }

    private void verb() throws BadTextException {
        Verb verb = new Verb();
        while (at < format.length() && verb.takesFlag(format.charAt(at))) {
            at++;
        }
        verb.width = number();
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            verb.precision = Math.max(number(), 0);
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int letter = format.codePointAt(at);
        at += Character.charCount(letter);
        if (REFUSED.indexOf(letter) >= 0 || REFUSED_VERBS.indexOf(letter) >= 0 || (letter == 'v' && verb.sharp)) {
            throw new BadTextException("%" + (letter == 'v' ? "#v" : Character.toString(letter))
                    + " is not known here (of Go's verbs all but %T %p %#v * and [ are)");
        }
        verb.letter = letter;
        if (letter == '%') {
            out.append('%');
        } else if (used >= values.size()) {
            out.append("%!").appendCodePoint(letter).append("(MISSING)");
        } else {
            out.append(verb.text(values.get(used++)));
        }
    }

    private int number() throws BadTextException {
        int start = at;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            at++;
        }
        if (start == at) {
            return Verb.NONE;
        }
        if (at - start > 7 || Integer.parseInt(format.substring(start, at)) > LARGEST_WIDTH) {
            throw new BadTextException("a width of more than " + LARGEST_WIDTH);
        }
        return Integer.parseInt(format.substring(start, at));
    }

    private void extra() {
        List<String> shown = new ArrayList<>();
        for (Object value : values.subList(used, values.size())) {
            shown.add(value == null ? GoText.NIL : GoText.type(value) + "=" + GoText.text(value));
        }
        out.append("%!(EXTRA ").append(String.join(", ", shown)).append(')');
    }

    /** One verb with its flags. */
    static final class Verb {
        private static final int NONE = -1;

        private int letter;
        private boolean plus;
        private boolean minus;
        private boolean sharp;
        private boolean space;
        private boolean zero;
        private int width = NONE;
        private int precision = NONE;

        private Verb() {}

        Verb(char letter) {
            this.letter = letter;
        }

        private boolean takesFlag(char c) {
            switch (c) {
                case '+' -> plus = true;
                case '#' -> sharp = true;
                case ' ' -> space = true;
                case '0' -> zero = !minus;
                case '-' -> {
                    minus = true;
                    zero = false;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        String text(@Nullable Object value) {
            if (value == null) {
                return letter == 'v' ? padded(GoText.NIL) : "%!" + Character.toString(letter) + "(" + GoText.NIL + ")";
            }
            if (value instanceof String text) {
                return ofText(text);
            }
            if (value instanceof Long number) {
                return ofInteger(number);
            }
            if (value instanceof Double number) {
                return ofFloat(number);
            }
            if (value instanceof Boolean truth) {
                return letter == 'v' || letter == 't' ? padded(truth.toString()) : bad(value);
            }
            return ofCompound(value);
        }

        private String ofCompound(Object value) {
            if (value instanceof KeyEntry entry) {
                boolean named = letter == 'v' && plus;
                return "{" + (named ? "Key:" : "") + text(entry.key()) + " " + (named ? "Value:" : "")
                        + text(entry.value()) + "}";
            }
            List<String> elements = new ArrayList<>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, element) -> elements.add(text(key) + ":" + element(element)));
                return "map[" + String.join(" ", elements) + "]";
            }
            ((List<?>) value).forEach(element -> elements.add(element(element)));
            return "[" + String.join(" ", elements) + "]";
        }

        private String element(@Nullable Object value) {
            return value == null ? padded(GoText.NIL) : text(value);
        }

        private String bad(Object value) {
            Verb plain = new Verb('v');
            plain.plus = plus;
            plain.minus = minus;
            plain.space = space;
            plain.zero = zero;
            plain.width = width;
            plain.precision = precision;
            return "%!" + Character.toString(letter) + "(" + GoText.type(value) + "=" + plain.text(value) + ")";
        }

        private String ofText(String text) {
            return switch (letter) {
                case 'v', 's' -> padded(cut(text));
                case 'q' -> padded(GoQuotes.quoted(cut(text), plus, sharp));
                case 'x' -> padded(hex(text));
                case 'X' -> padded(hex(text).toUpperCase(Locale.ROOT));
                default -> bad(text);
            };
        }

        private String cut(String text) {
            boolean longer = precision != NONE && text.codePointCount(0, text.length()) > precision;
            return longer ? text.substring(0, text.offsetByCodePoints(0, precision)) : text;
        }

        private String hex(String text) {
            byte[] bytes = ByteText.encode(text);
            int count = precision == NONE ? bytes.length : Math.min(precision, bytes.length);
            if (count == 0) {
                return "";
            }
            String start = sharp ? "0x" : "";
            String between = space ? " " + start : "";
            return start + HexFormat.ofDelimiter(between).formatHex(bytes, 0, count);
        }

        private String ofInteger(long number) {
            return switch (letter) {
                case 'v', 'd' -> integer(number, 10, "");
                case 'b' -> integer(number, 2, sharp ? "0b" : "");
                case 'o' -> integer(number, 8, sharp ? "0" : "");
                case 'O' -> integer(number, 8, "0o");
                case 'x' -> integer(number, 16, sharp ? "0x" : "");
                case 'X' -> integer(number, 16, sharp ? "0X" : "").replaceAll("(?<=.)x", "X");
                case 'c' -> padded(GoQuotes.character(number));
                case 'q' -> padded(GoQuotes.quotedCharacter(number, plus));
                case 'U' ->
                    padded("U+"
                            + integerDigits(number, 16).toUpperCase(Locale.ROOT).transform(this::atLeastFour));
                default -> bad(number);
            };
        }

        private String atLeastFour(String digits) {
            return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
        }

        private String integerDigits(long number, int radix) {
            String digits = Long.toString(number, radix);
            return digits.startsWith("-") ? digits.substring(1) : digits;
        }

        private String integer(long number, int radix, String start) {
            String sign = number < 0 ? "-" : plus ? "+" : space ? " " : "";
            String digits = integerDigits(number, radix);
            if (letter == 'X') {
                digits = digits.toUpperCase(Locale.ROOT);
            }
            int least = precision;
            if (precision == 0 && number == 0) {
                return " ".repeat(Math.max(width, 0));
            }
            if (precision == NONE && zero && width != NONE) {
                least = width - sign.length();
            }
            String filled = "0".repeat(Math.max(0, least - digits.length())) + digits;
            boolean hasZero = start.equals("0") && filled.startsWith("0");
            return blankPadded(sign + (hasZero ? "" : start) + filled);
        }

        private String ofFloat(double number) {
            String text = switch (letter) {
                case 'v', 'g', 'G' -> GoFloat.text(number, 'g', precision == NONE ? GoFloat.SHORTEST : precision);
                case 'e', 'E' -> GoFloat.text(number, 'e', precision == NONE ? 6 : precision);
                case 'f', 'F' -> GoFloat.text(number, 'f', precision == NONE ? 6 : precision);
                default -> "";
            };
            if (text.isEmpty()) {
                return bad(number);
            }
            String cased = letter == 'E' || letter == 'G' ? text.toUpperCase(Locale.ROOT) : text;
            String sign = cased.startsWith("-") ? "-" : plus ? "+" : space ? " " : "";
            String digits = cased.startsWith("-") ? cased.substring(1) : cased;
            if (zero && width != NONE) {
                return sign + "0".repeat(Math.max(0, width - sign.length() - digits.length())) + digits;
            }
            return blankPadded(sign + digits);
        }

        private String blankPadded(String text) {
            return padded(text, " ");
        }

        private String padded(String text) {
            return padded(text, zero ? "0" : " ");
        }

        private String padded(String text, String fill) {
            String padding = fill.repeat(Math.max(0, width - text.codePointCount(0, text.length())));
            return minus ? text + padding : padding + text;
        }
    }
}
