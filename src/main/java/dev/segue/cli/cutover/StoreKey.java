package dev.segue.cli.cutover;

import dev.segue.settings.InvalidValueException;

/** Reads a key as it stands in the store. */
final class StoreKey {
    private StoreKey() {}

    static String parse(String text) throws InvalidValueException {
        if (!isOne(text)) {
            throw new InvalidValueException("\"" + text + "\" does not start with a slash (right is /" + text + ")");
        }
        return text;
    }

    static boolean isOne(String text) {
        return text.startsWith("/");
    }
}
