package dev.segue.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Keys and values as an application's servers would register them: {@code PREFIX/upstream/s00000 = 10.0.0.1:8080}. */
final class Keys {
    private int puts;

    static String key(String prefix, int number) {
        return "%s/upstream/s%05d".formatted(prefix, number);
    }

    static Map<String, String> below(String prefix, int count) {
        Map<String, String> keys = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            keys.put(key(prefix, i), address(10, i));
        }
        return keys;
    }

    /** A value that was not there before. */
    String next() {
        return address(172, ++puts);
    }

    private static String address(int first, int number) {
        return String.format(
                Locale.ROOT, "%d.%d.%d.%d:8080", first, number >> 16 & 255, number >> 8 & 255, number & 255);
    }
}
