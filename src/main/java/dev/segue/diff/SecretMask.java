package dev.segue.diff;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hides secrets in a text: each whole secret however short, and of its lines, words and quoted parts those of three
 * characters and more; in upper and lower case, with the usual escapes, and in base64.
 *
 * <p>It hides more than it must (a secret "on" takes "on" out of every word) and never tells how long a secret is.
 */
final class SecretMask {
    private static final String MASK = "****";
    private static final int SHORTEST_PART = 3;

    private static final Pattern LINE_ENDS = Pattern.compile("\\R");
    private static final Pattern BETWEEN_TOKENS = Pattern.compile("[\\s\"'`,:;=<>{}\\[\\]()]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<Pattern> patterns;

    SecretMask(Collection<String> secrets) {
        this.patterns = secrets.stream()
                .flatMap(secret -> Stream.concat(Stream.of(secret), parts(secret)))
                .filter(part -> !part.isEmpty())
                .distinct()
                .flatMap(SecretForms::of)
                .toList();
    }

    private static Stream<String> parts(String secret) {
        return Stream.of(LINE_ENDS, BETWEEN_TOKENS, BETWEEN_WORDS)
                .flatMap(separator -> separator.splitAsStream(secret))
                .filter(part -> part.length() >= SHORTEST_PART);
    }

    /** {@code text} without the secrets, with as many lines as before. */
    String apply(String text) {
        boolean[] hidden = new boolean[text.length()];
        for (Pattern pattern : patterns) {
            Matcher found = pattern.matcher(text);
            // Not from the end of the one before: a secret "xx" covers all of "xxx".
            for (int from = 0; found.find(from); from = found.start() + 1) {
                Arrays.fill(hidden, found.start(), found.end(), true);
            }
        }
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!hidden[i] || c == '\n') {
                shown.append(c);
            } else if (i == 0 || !hidden[i - 1] || text.charAt(i - 1) == '\n') {
                shown.append(MASK);
            }
        }
        return shown.toString();
    }
}
