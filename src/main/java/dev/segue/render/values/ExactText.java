package dev.segue.render.values;

import freemarker.core.Environment;
import java.lang.reflect.Field;
import java.text.CollationKey;
import java.text.Collator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Orders text as FreeMarker does, but holds two texts equal only if they are the same.
 *
 * <p>FreeMarker's {@code ==} asks a collator, to which control and format characters are nothing: {@code "on\u0000" == "on"}.
 * Text of a store is whatever strangers write, so equal has to mean equal.
 */
public final class ExactText extends Collator {
    private static final Field COLLATOR = field();

    private @Nullable Collator usual;

    private ExactText() {}

    /** From now on text is compared exactly in {@code environment}, unless its template sets another locale. */
    public static void use(Environment environment) {
        try {
            COLLATOR.set(environment, new ExactText());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("made accessible before", e);
        }
    }

    /** There is no way to it but by name; a FreeMarker that calls it otherwise fails here, in the first test. */
    private static Field field() {
        try {
            Field field = Environment.class.getDeclaredField("cachedCollator");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("another FreeMarker than the one this was written for", e);
        }
    }

    @Override
    public int compare(String a, String b) {
        if (a.equals(b)) {
            return 0;
        }
        int order = usual().compare(a, b);
        return order == 0 ? a.compareTo(b) : order;
    }

    @Override
    public CollationKey getCollationKey(String text) {
        return usual().getCollationKey(text);
    }

    /** Made only when two texts differ, as it takes some milliseconds. */
    private Collator usual() {
        Collator made = usual;
        if (made == null) {
            made = Collator.getInstance(Locale.ROOT);
            usual = made;
        }
        return made;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
