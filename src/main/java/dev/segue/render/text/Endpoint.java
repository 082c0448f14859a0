package dev.segue.render.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where a server listens, in a form that is safe in any configuration file: its text has nothing but letters, digits,
 * {@code . _ - : [ ] @ /}.
 *
 * @param key the key that held it, empty if it came from no key; of the same few characters
 * @param host a DNS name, an IPv4 or an IPv6 address, without brackets
 * @param port 1 to 65535
 * @param text {@code host:port}, an IPv6 address in brackets
 */
public record Endpoint(String key, String host, int port, String text) {
    private static final String EXPECTED =
            " (expected host:port, such as 10.0.0.1:8080, app.example:8080 or [::1]:8080;";
    private static final String NO_ENDPOINT = "not an endpoint";
    private static final String SCHEME = "http://";
    private static final int LONGEST_NAME = 253;
    /** Longer texts are no endpoints, and are kept away from the pattern, which recurses. */
    private static final int LONGEST_TEXT = 300;

    private static final int LONGEST_LABEL = 63;

    private static final boolean[] DIGITS = among("0123456789");
    private static final boolean[] HEX = among("0123456789abcdefABCDEF");
    private static final String OF_LABELS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    private static final boolean[] LABEL = among(OF_LABELS);
    private static final boolean[] KEY = among(OF_LABELS + "/.:@");

    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f.]*(?::[0-9A-Fa-f.]*){2,}");

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
        if (key.length() > LONGEST_TEXT || !isHarmless(key)) {
            throw new BadTextException(
                    "its name may have only letters, digits and . _ - : @ between slashes, and at most " + LONGEST_TEXT
                            + " characters");
        }
        return parse(key, value);
    }

    /** By hand, because patterns took most of the time that a long list of servers took to render. */
    private static Endpoint parse(String key, String text) throws BadTextException {
        if (text.length() > LONGEST_TEXT) {
            throw refused(NO_ENDPOINT, text);
        }
        String address = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        boolean v6 = address.startsWith("[");
        int hostEnd = address.indexOf(v6 ? "]:" : ":");
        if (hostEnd < 0) {
            throw refused(NO_ENDPOINT, text);
        }
        String host = address.substring(v6 ? 1 : 0, hostEnd);
        String port = address.substring(hostEnd + (v6 ? 2 : 1));
        if (isPort(port) && (v6 ? isV6(host) : isName(host))) {
            return new Endpoint(key, host, Integer.parseInt(port), address);
        }
        boolean wellDivided = hasNone(host, v6 ? "]" : "[]/") && hasNone(port, ":/");
        if (!wellDivided) {
            throw refused(NO_ENDPOINT, text);
        }
        if (!isPort(port)) {
            throw refused("its port is not a number from 1 to 65535", text);
        }
        throw refused(v6 ? "no IPv6 address in its brackets" : "its host is no DNS name or address", text);
    }

    /** The last step of the key; empty if there is none. */
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isPort(String text) {
        return isDecimal(text, 0, text.length(), 5) && text.charAt(0) != '0' && Integer.parseInt(text) <= 65535;
    }

    /** A name whose last label is a number can only be meant as an IPv4 address, and has to be a right one. */
    private static boolean isName(String host) {
        boolean v4 = isNumber(host, host.lastIndexOf('.') + 1);
        int labels = 0;
        int start = 0;
        while (start <= host.length()) {
            int dot = host.indexOf('.', start);
            int end = dot < 0 ? host.length() : dot;
            if (v4 ? !isV4Byte(host, start, end) : !isLabel(host, start, end)) {
                return false;
            }
            labels++;
            start = end + 1;
        }
        return v4 ? labels == 4 : host.length() <= LONGEST_NAME;
    }

    /** As resolvers see it, which take 0x7f000001 for 127.0.0.1. */
    private static boolean isNumber(String host, int start) {
        boolean hex = host.startsWith("0x", start) || host.startsWith("0X", start);
        return hex
                ? hasOnly(HEX, host, start + 2, host.length())
                : isDecimal(host, start, host.length(), host.length());
    }

    private static boolean isDecimal(String text, int start, int end, int mostDigits) {
        return end > start && end - start <= mostDigits && hasOnly(DIGITS, text, start, end);
    }

    private static boolean isV4Byte(String host, int start, int end) {
        boolean oneWay = end - start == 1 || !host.startsWith("0", start);
        return isDecimal(host, start, end, 3) && oneWay && Integer.parseInt(host, start, end, 10) <= 255;
    }

    private static boolean isLabel(String host, int start, int end) {
        return end > start
                && end - start <= LONGEST_LABEL
                && hasOnly(LABEL, host, start, end)
                && host.charAt(start) != '-'
                && host.charAt(end - 1) != '-';
    }

    /** One or more steps, each behind a slash, of characters that mean nothing in any configuration file. */
    private static boolean isHarmless(String key) {
        return key.startsWith("/") && !key.endsWith("/") && !key.contains("//") && hasOnly(KEY, key, 0, key.length());
    }

    /** A table that says of each ASCII character whether it is one of these. */
    private static boolean[] among(String characters) {
        boolean[] table = new boolean[128];
        characters.chars().forEach(c -> table[c] = true);
        return table;
    }

    private static boolean hasOnly(boolean[] table, String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= table.length || !table[c]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNone(String text, String of) {
        for (int i = 0; i < of.length(); i++) {
            if (text.indexOf(of.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
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

    private static BadTextException refused(String why, String text) {
        return new BadTextException(why + EXPECTED + " the text has " + text.length() + " characters)");
    }
}
