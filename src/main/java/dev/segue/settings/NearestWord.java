package dev.segue.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class NearestWord {
    private NearestWord() {}

    /** The known word nearest to {@code wrong}, if it is near enough to be a slip: at most a third of its letters differ. */
    public static Optional<String> to(String wrong, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String word) -> distance(wrong, word))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(word -> distance(wrong, word) <= Math.max(1, Math.max(word.length(), wrong.length()) / 3));
    }

    /** Up to {@code limit} of the known words, however far away, the nearest first. */
    public static List<String> ranked(String wrong, Collection<String> known, int limit) {
        Map<String, Integer> distances = new HashMap<>();
        known.forEach(word -> distances.put(word, distance(wrong, word)));
        return distances.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** {@code (did you mean "src"?)} behind a blank, or nothing if no known word is near. */
    public static String hint(String wrong, Collection<String> known) {
        return to(wrong, known).map(word -> " (did you mean \"" + word + "\"?)").orElse("");
    }

    /** The fewest letters inserted, removed, replaced or swapped with their neighbour that make one word of the other. */
    private static int distance(String a, String b) {
        int[] twoAbove = new int[0];
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
                if (isSwap(a, i, b, j)) {
                    row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
                }
            }
            twoAbove = above;
            above = row;
        }
        return above[b.length()];
    }

    private static boolean isSwap(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
