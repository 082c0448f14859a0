package dev.segue.cli.cutover;

import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.Inputs;
import dev.segue.settings.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what must answer: {@code http://HOST/path}, {@code https://HOST/path} or {@code tcp://HOST:PORT}. */
final class ProbeUrl {
    private static final Pattern WITH_USER = Pattern.compile("[^/?#]*//[^/?#]*@.*", Pattern.DOTALL);
    private static final int LAST_PORT = 65_535;

    private ProbeUrl() {}

    /** All that {@code --probe} names and that is one. */
    static List<String> all(Inputs inputs) {
        return inputs.all(Flag.PROBE).stream()
                .flatMap(given -> inputs.parsed(given, ProbeUrl::parse).stream())
                .toList();
    }

    /**
     * The URL as it stands.
     *
     * @throws InvalidValueException which never shows a user name or password that stands in {@code text}
     */
    static String parse(String text) throws InvalidValueException {
        if (WITH_USER.matcher(text).matches()) {
            throw new InvalidValueException("must not name a user (no password is sent)");
        }
        URI url = uri(text);
        if (url.getHost() == null || !(isWeb(url) || isBareTcp(url))) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a URL with a host (http://, https:// or tcp://HOST:PORT)");
        }
        if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
            throw new InvalidValueException("\"" + text + "\" has a port that is not from 1 to " + LAST_PORT);
        }
        return text;
    }

    private static URI uri(String text) throws InvalidValueException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidValueException("\"" + text + "\" is not a URL: " + e.getReason());
        }
    }

    private static boolean isWeb(URI url) {
        return "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    }

    private static boolean isBareTcp(URI url) {
        return "tcp".equals(url.getScheme())
                && url.getPort() != -1
                && url.getRawPath().isEmpty()
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }
}
