package dev.segue.keys;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A place in the store's tree: one leading slash, no empty step, no {@code .} or {@code ..}, no trailing slash.
 *
 * <p>Keys that a person writes are brought into this form as confd does it (Go's {@code path.Join("/", key)}): {@code
 * app/upstream/} and {@code //app/./upstream} both mean {@code /app/upstream}.
 */
public record KeyPath(String value) implements Comparable<KeyPath> {
    /** The whole store. */
    public static final KeyPath ROOT = new KeyPath("/");

    public KeyPath {
        if (!normal(value).equals(value)) {
            throw new IllegalArgumentException("not a normal key path: " + value);
        }
    }

    /** The path that {@code text} means, normalised. */
    public static KeyPath of(String text) {
        return new KeyPath(normal(text));
    }

    /** {@code child}, itself normalised, below this path. */
    public KeyPath resolve(String child) {
        return of(value + "/" + child);
    }

    /** True for this very key and for every key below it: {@code /app} holds {@code /app/x}, never {@code /application}. */
    public boolean holds(String key) {
        return isRoot() || key.equals(value) || (key.startsWith(value) && key.charAt(value.length()) == '/');
    }

    /** {@code key} as seen from this path: {@code /app} makes {@code /x} of {@code /app/x}; a key outside is left as it is. */
    public String strip(String key) {
        if (isRoot() || !holds(key)) {
            return key;
        }
        String rest = key.substring(value.length());
        return rest.isEmpty() ? "/" : rest;
    }

    public boolean isRoot() {
        return value.length() == 1;
    }

    @Override
    public int compareTo(KeyPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String normal(String text) {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : text.split("/", -1)) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return "/" + String.join("/", steps);
    }
}
