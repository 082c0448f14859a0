package dev.segue.render.go;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints values as Go's {@code fmt} does with {@code %v}, and names their types. */
public final class GoText {
    /** Go compares text byte by byte. */
    public static final Comparator<String> ORDER = GoText::compare;

    /** What a template prints of {@code nil}. */
    public static final String NO_VALUE = "<no value>";

    static final String NIL = "<nil>";

    private GoText() {}

    /** As a template prints the value of an action. */
    public static String printed(@Nullable Object value) {
        return value == null ? NO_VALUE : text(value);
    }

    /** As {@code fmt.Sprint}: a blank between two values of which neither is text. */
    public static String sprint(List<? extends @Nullable Object> values) {
        StringBuilder printed = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0 && !(values.get(i) instanceof String) && !(values.get(i - 1) instanceof String)) {
                printed.append(' ');
            }
            printed.append(text(values.get(i)));
        }
        return printed.toString();
    }

    /** As {@code fmt.Sprintln}: a blank between all, and a line end. */
    public static String sprintln(List<? extends @Nullable Object> values) {
        return String.join(" ", values.stream().map(GoText::text).toList()) + "\n";
    }

    static String text(@Nullable Object value) {
        return new GoFormat.Verb('v').text(value);
    }

    /** As Go names the type of a value. */
    static String type(Object value) {
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Long) {
            return "int";
        }
        if (value instanceof Double) {
            return "float64";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof KeyEntry) {
            return "memkv.KVPair";
        }
        if (value instanceof TypedList list) {
            return "[]" + list.elementType();
        }
        return value instanceof Map ? "map[string]interface {}" : "[]interface {}";
    }

    private static int compare(String a, String b) {
        int least = Math.min(a.length(), b.length());
        int same = 0;
        while (same < least && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        if (same == least) {
            return a.length() - b.length();
        }
        if (a.charAt(same) < Character.MIN_SURROGATE && b.charAt(same) < Character.MIN_SURROGATE) {
            return a.charAt(same) - b.charAt(same);
        }
        // From here on UTF-16 sorts otherwise than UTF-8.
        int start = same > 0 && Character.isHighSurrogate(a.charAt(same - 1)) ? same - 1 : same;
        return Arrays.compareUnsigned(ByteText.encode(a.substring(start)), ByteText.encode(b.substring(start)));
    }
}
