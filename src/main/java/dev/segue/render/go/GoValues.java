package dev.segue.render.go;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.render.text.BadTextException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the functions of Go's templates say of values: truth, equality, order, length, parts. */
public final class GoValues {
    private GoValues() {}

    /** False of {@code nil}, false, 0 and what is empty. */
    public static boolean truth(@Nullable Object value) {
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return value instanceof Boolean truth ? truth : value != null;
    }

    /** As {@code eq}: true if the first is equal to one of the others. */
    public static boolean equal(@Nullable Object first, List<? extends @Nullable Object> others)
            throws BadTextException {
        if (others.isEmpty()) {
            throw new BadTextException("missing argument for comparison");
        }
        requireComparable(first);
        for (Object other : others) {
            if (kind(first) != kind(other) && first != null && other != null) {
                throw new BadTextException("incompatible types for comparison: " + name(first) + " and " + name(other));
            }
            if (kind(first) == kind(other)) {
                requireComparable(other);
                if (first == null || first.equals(other) || isSameNumber(first, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSameNumber(Object a, @Nullable Object b) {
        // Of floating-point numbers -0 is 0.
        return a instanceof Double x && b instanceof Double y && x.doubleValue() == y.doubleValue();
    }

    /** Below 0, 0 or above 0, as {@code lt} and its like need it. */
    public static int compare(@Nullable Object a, @Nullable Object b) throws BadTextException {
        if (kind(a) != kind(b)) {
            throw new BadTextException("incompatible types for comparison: " + name(a) + " and " + name(b));
        }
        if (a instanceof String x && b instanceof String y) {
            return GoText.ORDER.compare(x, y);
        }
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            return isSameNumber(x, y) ? 0 : Double.compare(x, y);
        }
        throw new BadTextException("invalid type for comparison: " + name(a));
    }

    /** How many bytes, elements or members. */
    public static long length(@Nullable Object value) throws BadTextException {
        if (value instanceof String text) {
            return ByteText.encode(text).length;
        }
        if (value instanceof List<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        throw new BadTextException("no length has " + name(value));
    }

    /** As {@code index}: the element, member or byte that the indexes lead to, one after another. */
    public static @Nullable Object index(@Nullable Object value, List<? extends @Nullable Object> indexes)
            throws BadTextException {
        Object part = value;
        if (value == null) {
            throw new BadTextException("index of untyped nil");
        }
        for (Object index : indexes) {
            part = part(part, index);
        }
        return part;
    }

    private static @Nullable Object part(@Nullable Object value, @Nullable Object index) throws BadTextException {
        if (value instanceof Map<?, ?> map) {
            if (!(index instanceof String)) {
                throw new BadTextException("a map is indexed by text, not by " + name(index));
            }
            return map.get(index);
        }
        if (value instanceof List<?> list) {
            return list.get(place(index, list.size() - 1L));
        }
        if (value instanceof String text) {
            byte[] bytes = ByteText.encode(text);
            return (long) (bytes[place(index, bytes.length - 1L)] & 0xFF);
        }
        throw new BadTextException("no elements has " + name(value));
    }

    /** As {@code slice}: the part of a text (in bytes) or list from the first index to before the second. */
    public static Object slice(@Nullable Object value, List<? extends @Nullable Object> indexes)
            throws BadTextException {
        if (indexes.size() > 3 || (value instanceof String && indexes.size() > 2)) {
            throw new BadTextException("too many slice indexes: " + indexes.size());
        }
        if (!(value instanceof String) && !(value instanceof List)) {
            throw new BadTextException("no slice has " + name(value));
        }
        long length = length(value);
        int from = indexes.isEmpty() ? 0 : place(indexes.get(0), length);
        int to = indexes.size() < 2 ? (int) length : place(indexes.get(1), length);
        int limit = indexes.size() < 3 ? to : place(indexes.get(2), length);
        if (from > to || to > limit) {
            throw new BadTextException("invalid slice index: " + from + " > " + Math.max(to, limit));
        }
        return value instanceof List<?> list
                ? list.subList(from, to)
                : ByteText.decode(Arrays.copyOfRange(ByteText.encode(String.valueOf(value)), from, to));
    }

    private static int place(@Nullable Object index, long last) throws BadTextException {
        if (!(index instanceof Long place)) {
            throw new BadTextException("an index is a whole number, not " + name(index));
        }
        if (place < 0 || place > last) {
            throw new BadTextException("index out of range: " + place);
        }
        return place.intValue();
    }

    private static void requireComparable(@Nullable Object value) throws BadTextException {
        if (value instanceof List || value instanceof Map) {
            throw new BadTextException("lists and maps can't be compared");
        }
    }

    private enum Kind {
        NIL,
        TEXT,
        INTEGER,
        FLOAT,
        TRUTH,
        OTHER
    }

    private static Kind kind(@Nullable Object value) {
        if (value == null) {
            return Kind.NIL;
        }
        if (value instanceof String) {
            return Kind.TEXT;
        }
        if (value instanceof Long) {
            return Kind.INTEGER;
        }
        if (value instanceof Double) {
            return Kind.FLOAT;
        }
        return value instanceof Boolean ? Kind.TRUTH : Kind.OTHER;
    }

    /** For messages; never the value itself. */
    private static String name(@Nullable Object value) {
        if (value instanceof KeyEntry) {
            return "a key with its value";
        }
        return value == null ? "nil" : GoText.type(value);
    }
}
