package dev.segue.resource;

import dev.segue.settings.InvalidValueException;
import dev.segue.settings.NearestWord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the text of a target has to be, whatever its keys hold. */
public enum OutputFormat {
    JSON,
    YAML,
    TOML,
    XML;

    private static final List<String> WORDS = Arrays.stream(values())
            .map(format -> format.name().toLowerCase(Locale.ROOT))
            .toList();

    /** The format of this name, in small letters; {@code yml} is YAML too. */
    static OutputFormat parse(String text) throws InvalidValueException {
        if (text.equals("yml")) {
            return YAML;
        }
        if (!WORDS.contains(text)) {
            throw new InvalidValueException(
                    "\"" + text + "\" is none of " + String.join(", ", WORDS) + NearestWord.hint(text, WORDS));
        }
        return values()[WORDS.indexOf(text)];
    }
}
