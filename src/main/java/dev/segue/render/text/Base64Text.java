package dev.segue.render.text;

import dev.segue.keys.ByteText;
import java.util.Base64;

/** Base64 of bytes that are carried as text; reads as strictly as Go's {@code base64.StdEncoding}. */
public final class Base64Text {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int QUANTUM = 4;

    private Base64Text() {}

    /** The bytes of {@code text} in base64, padded, on one line. */
    public static String encode(String text) {
        return Base64.getEncoder().encodeToString(ByteText.encode(text));
    }

    /** The bytes that {@code base64} stands for, as text; line ends within it do not count. */
    public static String decode(String base64) throws BadTextException {
        StringBuilder digits = new StringBuilder();
        int end = endOfDigits(base64, digits);
        int padding = 0;
        for (int i = end; i < base64.length(); i++) {
            if (!isLineEnd(base64.charAt(i))) {
                if (base64.charAt(i) != '=' || ++padding > 2 || (digits.length() + padding) > wholeQuanta(digits)) {
                    throw notBase64(i);
                }
            }
        }
        if ((digits.length() + padding) % QUANTUM != 0 || digits.length() % QUANTUM == 1) {
            throw new BadTextException(
                    "not base64: it ends early (4 characters stand for 3 bytes, the last padded with =)");
        }
        return ByteText.decode(Base64.getDecoder().decode(digits + "=".repeat(padding)));
    }

    private static int endOfDigits(String base64, StringBuilder digits) throws BadTextException {
        for (int i = 0; i < base64.length(); i++) {
            char c = base64.charAt(i);
            if (c == '=') {
                return i;
            }
            if (ALPHABET.indexOf(c) >= 0) {
                digits.append(c);
            } else if (!isLineEnd(c)) {
                throw notBase64(i);
            }
        }
        return base64.length();
    }

    private static int wholeQuanta(CharSequence digits) {
        return (digits.length() + QUANTUM - 1) / QUANTUM * QUANTUM;
    }

    private static boolean isLineEnd(char c) {
        return c == '\r' || c == '\n';
    }

    private static BadTextException notBase64(int place) {
        return new BadTextException("not base64 at byte " + place + " (A-Z a-z 0-9 + / and = at the end)");
    }
}
