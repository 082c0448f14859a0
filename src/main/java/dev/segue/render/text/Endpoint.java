package dev.segue.render.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens, in a form that is safe in any configuration file: its text has nothing but letters, digits,
 * {@code . _ - : [ ] @ /}.
 *
 * @param key the key that held it, empty if it came from no key; of the same few characters
 * @param host a DNS name, an IPv4 or an IPv6 address, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String key, String host, int port) {
    private static final String EXPECTED =
            " (expected host:port, such as 10.0.0.1:8080, app.example:8080 or [::1]:8080;";
    private static final int LONGEST_NAME = 253;
    /** Longer texts are no endpoints, and are kept away from the patterns, which recurse. */
    private static final int LONGEST_TEXT = 300;

    private static final Pattern TEXT =
            Pattern.compile("(?:http://)?(?:\\[(?<v6>[^\\]]*)]|(?<host>[^:\\[\\]/]*)):(?<port>[^:/]*)/?");
    /** As resolvers see it, which take 0x7f000001 for 127.0.0.1. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");

    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    private static final Pattern V4_BYTE = Pattern.compile("0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f.]*(?::[0-9A-Fa-f.]*){2,}");
    private static final Pattern KEY = Pattern.compile("(?:/[A-Za-z0-9._:@-]+)+");

    /** The endpoint that a person wrote: {@code host:port}, also behind {@code http://}, also with one slash after it. */
    public static Endpoint parse(String text) throws BadTextException {
        return parse("", text);
    }

    /**
     * The endpoint that {@code key} holds.
     *
     * @throws BadTextException also if the key's own name could do harm, since templates print names too
     */
    public static Endpoint of(String key, String value) throws BadTextException {
        if (key.length() > LONGEST_TEXT || !KEY.matcher(key).matches()) {
            throw new BadTextException(
                    "its name may have only letters, digits and . _ - : @ between slashes, and at most " + LONGEST_TEXT
                            + " characters");
        }
        return parse(key, value);
    }

    private static Endpoint parse(String key, String text) throws BadTextException {
        Matcher parts = TEXT.matcher(text);
        if (text.length() > LONGEST_TEXT || !parts.matches()) {
            throw refused("not an endpoint", text);
        }
        if (!isPort(parts.group("port"))) {
            throw refused("its port is not a number from 1 to 65535", text);
        }
        String v6 = parts.group("v6");
        String host = v6 != null ? v6 : parts.group("host");
        if (v6 != null ? !isV6(v6) : !isName(host)) {
            throw refused(v6 != null ? "no IPv6 address in its brackets" : "its host is no DNS name or address", text);
        }
        return new Endpoint(key, host, Integer.parseInt(parts.group("port")));
    }

    /** The last step of the key; empty if there is none. */
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    private static boolean isPort(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) <= 65535;
    }

    /** A name whose last label is a number can only be meant as an IPv4 address, and has to be a right one. */
    private static boolean isName(String host) {
        String[] labels = host.split("\\.", -1);
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            return labels.length == 4 && matchAll(V4_BYTE, labels);
        }
        return host.length() <= LONGEST_NAME && matchAll(LABEL, labels);
    }

    private static boolean isV6(String host) {
        if (!V6.matcher(host).matches()) {
            return false;
        }
        try {
            // In brackets it is an address or an error, never a name to look up.
            return InetAddress.getByName("[" + host + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean matchAll(Pattern pattern, String[] parts) {
        return Arrays.stream(parts).allMatch(part -> pattern.matcher(part).matches());
    }

    private static BadTextException refused(String why, String text) {
        return new BadTextException(why + EXPECTED + " the text has " + text.length() + " characters)");
    }
}
