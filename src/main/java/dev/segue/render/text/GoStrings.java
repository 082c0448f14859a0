package dev.segue.render.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/** What Go's package {@code strings} does where Java's own methods differ. */
public final class GoStrings {
    private GoStrings() {}

    /**
     * The parts between the separators, empty ones included; with an empty separator, each character, where one that is no
     * UTF-8 becomes U+FFFD, unless it is the last.
     */
    public static List<String> split(String text, String separator) {
        if (separator.isEmpty()) {
            int last = text.isEmpty() ? 0 : text.offsetByCodePoints(text.length(), -1);
            List<String> characters = new ArrayList<>();
            text.substring(0, last)
                    .codePoints()
                    .map(GoStrings::valid)
                    .mapToObj(Character::toString)
                    .forEach(characters::add);
            if (!text.isEmpty()) {
                characters.add(text.substring(last));
            }
            return characters;
        }
        return List.of(Pattern.compile(separator, Pattern.LITERAL).split(text, -1));
    }

    /** The first {@code count} places of {@code old} replaced, all with a count below 0; an empty {@code old} is everywhere. */
    public static String replace(String text, String old, String replacement, long count) {
        long left = count < 0 ? Long.MAX_VALUE : count;
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (int place : places(text, old)) {
            if (left-- == 0) {
                break;
            }
            result.append(text, at, place).append(replacement);
            at = place + old.length();
        }
        return result.append(text, at, text.length()).toString();
    }

    private static List<Integer> places(String text, String old) {
        List<Integer> places = new ArrayList<>();
        if (old.isEmpty()) {
            for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
                places.add(i);
            }
            places.add(text.length());
            return places;
        }
        for (int i = text.indexOf(old); i >= 0; i = text.indexOf(old, i + old.length())) {
            places.add(i);
        }
        return places;
    }

    public static String trimSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** Character by character: unlike Java's, {@code ß} stays one character, and what is no UTF-8 becomes U+FFFD. */
    public static String toUpper(String text) {
        return mapped(text, Character::toUpperCase);
    }

    public static String toLower(String text) {
        return mapped(text, Character::toLowerCase);
    }

    private static String mapped(String text, IntUnaryOperator change) {
        int[] characters = text.codePoints().map(GoStrings::valid).map(change).toArray();
        return new String(characters, 0, characters.length);
    }

    private static int valid(int point) {
        return Character.getType(point) == Character.SURROGATE ? 0xFFFD : point;
    }
}
