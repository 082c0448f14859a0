package dev.segue.cli.cutover;

import dev.segue.settings.InvalidValueException;
import java.util.regex.Pattern;

/** Reads a whole number from 1 on. */
final class Count {
    private static final Pattern FORM = Pattern.compile("[1-9]\\d{0,17}");

    private Count() {}

    static long parse(String text, String kind) throws InvalidValueException {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidValueException("\"" + text + "\" is no " + kind + " (a whole number from 1)");
        }
        return Long.parseLong(text);
    }

    /** So many that there never are is as good as the most that can be said. */
    static int small(String text, String kind) throws InvalidValueException {
        return (int) Math.min(parse(text, kind), Integer.MAX_VALUE);
    }
}
