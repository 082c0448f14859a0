package dev.segue.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Carries any bytes through text and back unchanged.
 *
 * <p>Well-formed UTF-8 becomes the text it means. Each byte that is not part of a well-formed sequence becomes one lone
 * low surrogate, U+DC80 to U+DCFF (the byte plus U+DC00), which no well-formed UTF-8 can produce; so {@code encode}
 * undoes {@code decode} exactly. This is the scheme that Python's PEP 383 calls "surrogateescape".
 */
public final class ByteText {
    private static final int ESCAPE_BASE = 0xDC00;
    private static final int FIRST_ESCAPE = ESCAPE_BASE + 0x80;
    private static final int LAST_ESCAPE = ESCAPE_BASE + 0xFF;

    private ByteText() {}

    /** The text that stands for {@code bytes}; {@link #encode} gives the same bytes back. */
    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE_BASE + (in.get() & 0xFF)));
            }
            decoder.reset();
        }
    }

    /**
     * The bytes that {@code text} stands for. A lone surrogate that {@link #decode} never makes (a template can still
     * write one) has no bytes of its own and becomes {@code '?'}, as in {@link String#getBytes()}.
     */
    public static byte[] encode(String text) {
        int escapes = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                escapes++;
            }
        }
        if (escapes == 0) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return encodeEscaped(text);
    }

    private static byte[] encodeEscaped(String text) {
        ByteBuffer out = ByteBuffer.allocate(text.length() * 3);
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                out.put(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
                out.put((byte) (text.charAt(i) - ESCAPE_BASE));
                start = i + 1;
            }
        }
        out.put(text.substring(start).getBytes(StandardCharsets.UTF_8));
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static boolean isEscape(String text, int i) {
        char c = text.charAt(i);
        return c >= FIRST_ESCAPE && c <= LAST_ESCAPE && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
