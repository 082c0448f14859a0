package dev.segue.resource;

import dev.segue.settings.InvalidValueException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the file names of a resource file. */
final class FileName {
    private static final Path TEMPLATES = Path.of("templates");

    private FileName() {}

    /** In {@code templates/}; a leading slash means nothing, as in confd. */
    static String template(String text) throws InvalidValueException {
        Path name = path(text, TEMPLATES + "/" + text).normalize();
        if (!name.startsWith(TEMPLATES)) {
            throw new InvalidValueException("\"" + text + "\" is outside templates/");
        }
        if (name.equals(TEMPLATES)) {
            throw new InvalidValueException("\"" + text + "\" names no file");
        }
        return TEMPLATES.relativize(name).toString();
    }

    /** A target, absolute. */
    static Path target(String text) throws InvalidValueException {
        return absolute(text, " (confd takes it from the folder in which it was started)");
    }

    /** A file anywhere, absolute. */
    static Path absolute(String text) throws InvalidValueException {
        return absolute(text, "");
    }

    private static Path absolute(String text, String hint) throws InvalidValueException {
        if (!text.startsWith("/")) {
            throw new InvalidValueException("\"" + text + "\" is not an absolute path" + hint);
        }
        Path file = path(text, text).normalize();
        if (text.endsWith("/") || file.getNameCount() == 0) {
            throw new InvalidValueException("\"" + text + "\" names a folder, not a file");
        }
        return file;
    }

    private static Path path(String text, String path) throws InvalidValueException {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new InvalidValueException("\"" + text + "\" is not a file name: " + e.getReason());
        }
    }
}
