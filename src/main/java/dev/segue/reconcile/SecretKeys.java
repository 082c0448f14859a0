package dev.segue.reconcile;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Patterns of keys: {@code *} stands for any letters of one name, {@code **} for any path, so that {@code
 * /app/**}{@code /password} is also {@code /app/password}.
 */
final class SecretKeys {
    private static final Pattern PART = Pattern.compile("/\\*\\*/|\\*\\*|\\*|[^*/]+|/");

    private final List<Pattern> patterns;

    SecretKeys(List<String> patterns) {
        this.patterns = patterns.stream().map(SecretKeys::pattern).toList();
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    boolean include(String key) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(key).matches());
    }

    private static Pattern pattern(String text) {
        StringBuilder regex = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            regex.append(
                    switch (part.group()) {
                        case "/**/" -> "/(.*/)?";
                        case "**" -> ".*";
                        case "*" -> "[^/]*";
                        default -> Pattern.quote(part.group());
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
