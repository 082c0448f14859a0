package dev.segue.render.text;

import dev.segue.keys.PrintableText;

/** Makes a key's name fit to stand in a message, whatever and however much somebody wrote into it. */
public final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    /** {@code key} printable, cut after 200 characters. */
    public static String key(String key) {
        return key.length() <= LONGEST
                ? PrintableText.escape(key)
                : PrintableText.escape(key.substring(0, LONGEST)) + "...";
    }
}
