package dev.segue.resource;

import dev.segue.settings.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the URL that a program is asked at, with variables of the environment in it; what they hold is never shown. */
final class VerifyUrl {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?}");

    private static final int LAST_PORT = 65_535;

    private VerifyUrl() {}

    /**
     * An http or https URL with a host.
     *
     * @param text with {@code ${NAME}} and {@code ${NAME:-default}} as in a shell; a variable that is empty is not set
     */
    static URI parse(String text, Function<String, Optional<String>> environment) throws InvalidValueException {
        String filled = filled(text, environment);
        try {
            URI url = new URI(filled);
            if (!isWeb(url) || url.getHost() == null) {
                throw new InvalidValueException("\"" + text + "\" is not an http or https URL with a host");
            }
            if (url.getRawUserInfo() != null) {
                throw new InvalidValueException("must not name a user (no password is sent)");
            }
            if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
                throw new InvalidValueException("\"" + text + "\" has a port that is not from 1 to " + LAST_PORT);
            }
            return url;
        } catch (URISyntaxException e) {
            throw new InvalidValueException("\"" + text + "\" is not a URL: " + e.getReason());
        }
    }

    private static boolean isWeb(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    }

    private static String filled(String text, Function<String, Optional<String>> environment)
            throws InvalidValueException {
        StringBuilder filled = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            variable.appendReplacement(filled, Matcher.quoteReplacement(value(variable, environment)));
        }
        variable.appendTail(filled);
        return filled.toString();
    }

    private static String value(Matcher variable, Function<String, Optional<String>> environment)
            throws InvalidValueException {
        String name = variable.group("name");
        return environment
                .apply(name)
                .filter(value -> !value.isEmpty())
                .or(() -> Optional.ofNullable(variable.group("default")))
                .orElseThrow(() -> new InvalidValueException("has ${" + name + "}, but the environment has no " + name
                        + " (a default would be ${" + name + ":-default})"));
    }
}
