package dev.segue.journal;

import dev.segue.plan.KeptFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The name that a target's files have in the state directory: {@code /etc/nginx/conf.d/my app.conf} is
 * {@code etc+nginx+conf.d+my%20app.conf}. No two targets have the same.
 */
final class EntryName {
    /** A file's name has at most 255 bytes; this leaves room for endings. */
    private static final int LONGEST = 200;

    private static final int TAIL = 120;
    private static final int HASH = 32;

    private EntryName() {}

    static String of(Path target) {
        String path = target.toString();
        String escaped = escape(path.startsWith("/") ? path.substring(1) : "./" + path);
        if (escaped.length() <= LONGEST) {
            return escaped;
        }
        // A tilde is in no short name, so that a hash cannot look like one.
        String hash = KeptFile.digestOf(path.getBytes(StandardCharsets.UTF_8)).substring(0, HASH);
        return "~" + hash + "~" + escaped.substring(escaped.length() - TAIL);
    }

    private static String escape(String path) {
        StringBuilder name = new StringBuilder();
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            if (character == '/') {
                name.append('+');
            } else if (isPlain(character) && !(character == '.' && name.isEmpty())) {
                name.append(character);
            } else {
                name.append(String.format(Locale.ROOT, "%%%02X", (int) character));
            }
        }
        return name.toString();
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '.'
                || character == '-'
                || character == '_';
    }
}
