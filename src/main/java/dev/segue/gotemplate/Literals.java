package dev.segue.gotemplate;

import dev.segue.keys.ByteText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Reads what stands between Go's quotes. */
final class Literals {
    private static final Map<Character, Integer> LETTERS = Map.of(
            'a', 7, 'b', 8, 'f', 12, 'n', 10, 'r', 13, 't', 9, 'v', 11, '\\', (int) '\\', '"', (int) '"', '\'', (int)
                    '\'');

    private Literals() {}

    /** The value of an interpreted string, given without its quotes; nothing if an escape is none of Go's. */
    static Optional<String> string(String inside) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < inside.length()) {
            int escape = inside.indexOf('\\', at);
            int end = escape < 0 ? inside.length() : escape;
            bytes.writeBytes(ByteText.encode(inside.substring(at, end)));
            if (escape < 0) {
                break;
            }
            Optional<Escape> read = escape(inside, escape);
            if (read.isEmpty() || inside.startsWith("'", escape + 1)) {
                return Optional.empty();
            }
            bytes.writeBytes(read.get().bytes());
            at = read.get().end();
        }
        return Optional.of(ByteText.decode(bytes.toByteArray()));
    }

    /** The number that a character constant stands for, given without its quotes. */
    static Optional<Integer> character(String inside) {
        if (!inside.startsWith("\\")) {
            boolean one = !inside.isEmpty() && inside.codePointCount(0, inside.length()) == 1;
            return one ? Optional.of(inside.codePointAt(0)) : Optional.empty();
        }
        return escape(inside, 0)
                .filter(read -> read.end() == inside.length() && !inside.equals("\\\""))
                .map(Escape::value);
    }

    private static Optional<Escape> escape(String text, int at) {
        if (at + 1 >= text.length()) {
            return Optional.empty();
        }
        char kind = text.charAt(at + 1);
        Integer letter = LETTERS.get(kind);
        if (letter != null) {
            return Optional.of(new Escape(letter, true, at + 2));
        }
        return switch (kind) {
            case 'x' -> number(text, at + 2, 2, 16, true);
            case 'u' -> number(text, at + 2, 4, 16, false);
            case 'U' -> number(text, at + 2, 8, 16, false);
            default -> number(text, at + 1, 3, 8, true);
        };
    }

    private static Optional<Escape> number(String text, int at, int digits, int radix, boolean isByte) {
        int end = at + digits;
        if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]+")) {
            return Optional.empty();
        }
        try {
            int value = Integer.parseUnsignedInt(text.substring(at, end), radix);
            boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
            boolean good = isByte ? value <= 0xFF : Character.isValidCodePoint(value) && !surrogate;
            return good ? Optional.of(new Escape(value, isByte, end)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * One escape.
     *
     * @param isByte true if it stands for a byte, false if for a character
     * @param end the index behind it
     */
    private record Escape(int value, boolean isByte, int end) {
        byte[] bytes() {
            return isByte
                    ? new byte[] {(byte) value}
                    : Character.toString(value).getBytes(StandardCharsets.UTF_8);
        }
    }
}
