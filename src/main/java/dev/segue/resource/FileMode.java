package dev.segue.resource;

import dev.segue.settings.InvalidValueException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a file mode, which is octal here however it is written. */
final class FileMode {
    private static final Pattern OCTAL = Pattern.compile("(0o)?[0-7]{3,4}");

    private FileMode() {}

    /** The permission bits, 0 to 07777. */
    static int parse(String text) throws InvalidValueException {
        if (!OCTAL.matcher(text).matches()) {
            throw new InvalidValueException("\"" + text + "\" is not an octal file mode (3 or 4 digits, 0-7)");
        }
        return Integer.parseInt(text.startsWith("0o") ? text.substring(2) : text, 8);
    }

    /** What is worth saying about a mode that is right here but means something else to confd. */
    static Optional<String> note(String text) {
        if (text.startsWith("0")) {
            return Optional.empty();
        }
        String octal = text.length() == 3 ? "0" + text : text;
        return Optional.of("mode \"" + text + "\" is read as octal " + octal + " (confd reads it as a decimal number"
                + (text.length() == 3 ? "; \"" + octal + "\" means the same to both)" : ")"));
    }
}
