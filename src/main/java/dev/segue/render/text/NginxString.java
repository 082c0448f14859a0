package dev.segue.render.text;

import dev.segue.keys.ByteText;

/**
 * Writes a text as one quoted parameter of nginx's configuration, or refuses it.
 *
 * <p>Within quotes nginx knows four escapes besides {@code \"} and {@code \\} ({@code \t \r \n} and nothing else), and it
 * looks for variables only after it has unquoted, so no escape keeps a {@code $} from starting one. Hence a text with a
 * {@code $} is refused. So are control characters: a line end would start a new header line where nginx sends the text
 * to a client or server, and a NUL ends the text where nginx opens a file. All other bytes are kept as they are.
 */
public final class NginxString {
    /** nginx reads its configuration through a buffer of 4096 bytes that has to hold a whole parameter. */
    private static final int LONGEST_BYTES = 4096;

    private NginxString() {}

    public static String quote(String text) throws BadTextException {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '$') {
                throw new BadTextException("a $ at character " + (i + 1)
                        + " would start a variable, and nginx has no way to write it otherwise");
            }
            if (c < ' ' || c == 0x7F) {
                throw new BadTextException("a control character at character " + (i + 1)
                        + " (line ends and the like can't stand in an nginx string safely)");
            }
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        String result = quoted.append('"').toString();
        int bytes = ByteText.encode(result).length;
        if (bytes > LONGEST_BYTES) {
            throw new BadTextException(
                    "too long for nginx (" + bytes + " bytes quoted, at most " + LONGEST_BYTES + ")");
        }
        return result;
    }
}
