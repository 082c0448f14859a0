package dev.segue.keyfile;

import dev.segue.keys.KeyPath;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import dev.segue.toml.TomlDocument;
import dev.segue.toml.TomlValue;

/** Makes keys of TOML. */
final class TomlKeys {
    private TomlKeys() {}

    /** Puts the keys of {@code text} into {@code keys}. */
    static void read(String name, String text, Collected keys) throws ProblemsException {
        for (TomlValue value : parse(name, text).values()) {
            KeyPath path = KeyPath.ROOT;
            for (String step : value.path()) {
                path = path.resolve(step);
            }
            keys.put(value.line(), path, value.text());
        }
    }

    private static TomlDocument parse(String name, String text) throws ProblemsException {
        try {
            return TomlDocument.parse(name, text);
        } catch (ProblemsException e) {
            throw new ProblemsException(e.problems().stream()
                    .map(problem -> new Problem(problem.where(), withoutValue(problem.what())))
                    .toList());
        }
    }

    /** What is there instead of what TOML expects, which stands in quotes, may be a part of a value. */
    private static String withoutValue(String what) {
        int expected = what.lastIndexOf(", expected ");
        int quote = what.indexOf(" '");
        return "not TOML: "
                + (expected >= 0
                        ? what.substring(expected + ", ".length())
                        : what.substring(0, quote < 0 ? what.length() : quote));
    }
}
