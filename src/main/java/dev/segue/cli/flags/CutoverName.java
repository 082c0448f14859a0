package dev.segue.cli.flags;

import dev.segue.settings.InvalidValueException;
import java.util.regex.Pattern;

/** Reads how a group of daemons or a member of one is called, which becomes a step of a key in the store. */
public final class CutoverName {
    /** As long as the name of a host may be. */
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,253}");

    private CutoverName() {}

    public static String group(String text) throws InvalidValueException {
        return checked(text, "group name");
    }

    static String member(String text) throws InvalidValueException {
        return checked(text, "member name");
    }

    private static String checked(String text, String kind) throws InvalidValueException {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidValueException("\"" + text + "\" is no " + kind
                    + " (letters, digits, \".\", \"_\" and \"-\", at most 253 characters, not \".\" or \"..\")");
        }
        return text;
    }
}
