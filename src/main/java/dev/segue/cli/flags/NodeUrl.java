package dev.segue.cli.flags;

import dev.segue.settings.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where a node of the store is: {@code http://host:2379}, {@code https://host:2379} or {@code host:2379}. */
final class NodeUrl {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(.*):([^:\\]]*)");
    private static final String RIGHT = "http://HOST:2379";

    private NodeUrl() {}

    /**
     * The node's URL, of scheme, host and port alone.
     *
     * @param scheme of a node that is given without one
     * @throws InvalidValueException which never shows a user name or password that stands in {@code text}
     */
    static URI parse(String text, String scheme) throws InvalidValueException {
        Matcher parts = SCHEME.matcher(text);
        boolean whole = parts.matches();
        String rest = whole ? parts.group(2) : text;
        if (rest.contains("@")) {
            throw new InvalidValueException("the URL of " + rest.substring(rest.lastIndexOf('@') + 1)
                    + " has a user in it (they go into --username and --password-file)");
        }
        if (whole && !parts.group(1).matches("https?")) {
            throw new InvalidValueException(
                    quoted(text) + " starts with " + parts.group(1) + ":// (right is http:// or https://)");
        }
        return checked(text, uri(text, (whole ? parts.group(1) : scheme) + "://" + rest));
    }

    private static URI uri(String text, String url) throws InvalidValueException {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new InvalidValueException(quoted(text) + " is not a URL (right is " + RIGHT + ")");
        }
    }

    private static URI checked(String text, URI uri) throws InvalidValueException {
        if (uri.getHost() == null) {
            throw new InvalidValueException(quoted(text) + " " + wrongAuthority(String.valueOf(uri.getRawAuthority())));
        }
        String right = uri.getScheme() + "://" + uri.getHost();
        if (uri.getPort() == -1) {
            throw new InvalidValueException(quoted(text) + " has no port (etcd's own is 2379: " + right + ":2379)");
        }
        if (uri.getPort() == 0 || uri.getPort() > 0xFFFF) {
            throw new InvalidValueException(quoted(text) + " has a port that cannot be (1 to 65535)");
        }
        boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!bare || !uri.getRawPath().matches("/?")) {
            throw new InvalidValueException(quoted(text) + " goes on behind the port (right is " + right + ":"
                    + uri.getPort() + "; a key prefix goes into --prefix)");
        }
        return URI.create(right + ":" + uri.getPort());
    }

    private static String wrongAuthority(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        boolean split = parts.matches();
        if (split && !parts.group(2).matches("\\d*")) {
            return "has \"" + parts.group(2) + "\" for a port (etcd's own is 2379)";
        }
        return "has \"" + (split ? parts.group(1) : authority)
                + "\" for a host, which is neither a name (letters, digits, hyphens, dots) nor an address";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
