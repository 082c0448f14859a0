package dev.segue.diff;

import dev.segue.keys.ByteText;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The forms in which a template may write a value: as it is, escaped, or inside something that is base64. */
final class SecretForms {
    /** A matcher needs stack for each piece of a pattern, so a long value is looked for in pieces, none of them short. */
    private static final int LONGEST_PIECE = 200;

    private static final int SHORTEST_BASE64 = 4;

    private static final Pattern BACKSLASHES = Pattern.compile("\\\\+");
    private static final HexFormat HEX = HexFormat.of();

    private SecretForms() {}

    /** Patterns that together find every form of {@code value}, which is not empty. */
    static Stream<Pattern> of(String value) {
        Stream<String> encoded = IntStream.range(0, 3)
                .mapToObj(offset -> base64(ByteText.encode(value), offset))
                .filter(text -> text.length() >= SHORTEST_BASE64)
                .flatMap(text -> Stream.of(text, text.replace('+', '-').replace('/', '_')));
        String alone = Base64.getEncoder().encodeToString(ByteText.encode(value));
        return Stream.concat(Stream.of(value, alone), encoded)
                .distinct()
                .flatMap(SecretForms::pieces)
                .map(SecretForms::escapedOrNot);
    }

    /** The digits that depend on {@code value} alone where it lies {@code offset} bytes into a group of three. */
    private static String base64(byte[] value, int offset) {
        byte[] shifted = new byte[offset + value.length];
        System.arraycopy(value, 0, shifted, offset, value.length);
        int firstOwnDigit = (offset * 8 + 5) / 6;
        int afterLastOwnDigit = shifted.length * 8 / 6;
        String digits = Base64.getEncoder().encodeToString(shifted);
        return firstOwnDigit < afterLastOwnDigit ? digits.substring(firstOwnDigit, afterLastOwnDigit) : "";
    }

    private static Stream<String> pieces(String value) {
        int lastStart = Math.max(0, value.length() - LONGEST_PIECE);
        int count = (value.length() + LONGEST_PIECE - 1) / LONGEST_PIECE;
        return IntStream.range(0, count)
                .map(piece -> Math.min(piece * LONGEST_PIECE, lastStart))
                .mapToObj(start -> value.substring(start, Math.min(start + LONGEST_PIECE, value.length())));
    }

    private static Pattern escapedOrNot(String value) {
        StringBuilder pattern = new StringBuilder();
        BACKSLASHES.matcher(value).replaceAll("\\\\").codePoints().forEach(point -> {
            boolean plain = point < 0x80 && Character.isLetterOrDigit(point);
            pattern.append(plain ? Character.toString(point) : formsOf(point));
        });
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Itself, JSON's and a URL's numbers, HTML's names, each after any backslashes; any backslashes for backslashes. */
    private static String formsOf(int point) {
        if (point == '\\') {
            return "(?:\\\\|%5c)++";
        }
        String itself = Character.toString(point);
        // What has matched backslashes keeps them (++, *+): else many of them would be tried in every possible split.
        StringBuilder forms = new StringBuilder("\\\\*+(?:").append(Pattern.quote(itself));
        forms.append('|');
        itself.chars().forEach(unit -> forms.append("\\\\?u").append(HEX.toHexDigits((char) unit)));
        forms.append('|');
        for (byte b : ByteText.encode(itself)) {
            forms.append('%').append(HEX.toHexDigits(b));
        }
        switch (point) {
            case '\n' -> forms.append("|n");
            case '\r' -> forms.append("|r");
            case '\t' -> forms.append("|t");
            case ' ' -> forms.append("|\\+");
            case '"', '\'', '&', '<', '>' -> forms.append("|&#?\\w+;");
            default -> {}
        }
        return forms.append(')').toString();
    }
}
