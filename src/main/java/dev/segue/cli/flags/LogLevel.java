package dev.segue.cli.flags;

import dev.segue.settings.InvalidValueException;
import dev.segue.settings.NearestWord;
import java.util.List;
import java.util.Locale;

/** How much is logged. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    private static final List<String> NAMES =
            List.of("panic", "fatal", "error", "warn", "warning", "info", "debug", "trace");

    /** By confd's names too, in capitals or not; nothing here is logged as fatal, so {@code panic} and {@code fatal} mean {@code error}. */
    public static LogLevel parse(String name) throws InvalidValueException {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "panic", "fatal", "error" -> ERROR;
            case "warn", "warning" -> WARN;
            case "info" -> INFO;
            case "debug" -> DEBUG;
            case "trace" -> TRACE;
            default ->
                throw new InvalidValueException("\"" + name + "\" is not a log level" + NearestWord.hint(name, NAMES)
                        + "; there are error, warn, info, debug, trace");
        };
    }
}
