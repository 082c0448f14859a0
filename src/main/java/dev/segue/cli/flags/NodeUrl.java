package dev.segue.cli.flags;

import dev.segue.settings.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads where a node of the store is: {@code http://host:2379}, {@code https://host:2379} or {@code host:2379}; for Redis
 * {@code redis://host:6379}, {@code rediss://host:6379/1} or {@code host:6379}; for ZooKeeper {@code zk://host:2181} or
 * {@code host:2181}.
 */
final class NodeUrl {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(.*):([^:\\]]*)");
    private static final Form ETCD = new Form("etcd", 2379, List.of("http", "https"), "/?");

    /** Of Redis; the path is the number of the database. */
    static final Form REDIS = new Form("redis", 6379, List.of("redis", "rediss"), "/?|/\\d{1,9}");

    static final Form ZOOKEEPER = new Form("zookeeper", 2181, List.of("zk"), "/?");

    private NodeUrl() {}

    /**
     * How the URLs of one kind of store look.
     *
     * @param port that it mostly has
     * @param schemes the first is meant where none is written
     * @param paths a pattern of those that mean something
     */
    record Form(String store, int port, List<String> schemes, String paths) {
        URI standard() {
            return URI.create(schemes.get(0) + "://127.0.0.1:" + port);
        }
    }

    /**
     * The node's URL, of scheme, host and port alone.
     *
     * @param scheme of a node that is given without one
     * @throws InvalidValueException which never shows a user name or password that stands in {@code text}
     */
    static URI parse(String text, String scheme) throws InvalidValueException {
        return parse(text, scheme, ETCD);
    }

    /** As above, for a store whose URLs look like {@code form}. */
    static URI parse(String text, Form form) throws InvalidValueException {
        return parse(text, form.schemes().get(0), form);
    }

    private static URI parse(String text, String scheme, Form form) throws InvalidValueException {
        Matcher parts = SCHEME.matcher(text);
        boolean whole = parts.matches();
        String rest = whole ? parts.group(2) : text;
        if (rest.contains("@")) {
            throw new InvalidValueException("the URL of " + rest.substring(rest.lastIndexOf('@') + 1)
                    + " has a user in it (they go into --username and --password-file)");
        }
        if (whole && !form.schemes().contains(parts.group(1))) {
            throw new InvalidValueException(quoted(text) + " starts with " + parts.group(1) + ":// (right is "
                    + String.join(":// or ", form.schemes()) + "://)");
        }
        return checked(text, uri(text, (whole ? parts.group(1) : scheme) + "://" + rest, form), form);
    }

    private static URI uri(String text, String url, Form form) throws InvalidValueException {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new InvalidValueException(
                    quoted(text) + " is not a URL (right is " + form.schemes().get(0) + "://HOST:" + form.port() + ")");
        }
    }

    private static URI checked(String text, URI uri, Form form) throws InvalidValueException {
        if (uri.getHost() == null) {
            throw new InvalidValueException(
                    quoted(text) + " " + wrongAuthority(String.valueOf(uri.getRawAuthority()), form));
        }
        String right = uri.getScheme() + "://" + uri.getHost();
        if (uri.getPort() == -1) {
            throw new InvalidValueException(
                    quoted(text) + " has no port (" + usual(form) + ": " + right + ":" + form.port() + ")");
        }
        if (uri.getPort() == 0 || uri.getPort() > 0xFFFF) {
            throw new InvalidValueException(quoted(text) + " has a port that cannot be (1 to 65535)");
        }
        boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!bare || !uri.getRawPath().matches(form.paths())) {
            throw new InvalidValueException(quoted(text) + " goes on behind the port (right is " + right + ":"
                    + uri.getPort() + "; a key prefix goes into --prefix)");
        }
        return URI.create(right + ":" + uri.getPort() + uri.getRawPath().replaceFirst("/$", ""));
    }

    private static String usual(Form form) {
        return form.store() + "'s own is " + form.port();
    }

    private static String wrongAuthority(String authority, Form form) {
        Matcher parts = AUTHORITY.matcher(authority);
        boolean split = parts.matches();
        if (split && !parts.group(2).matches("\\d*")) {
            return "has \"" + parts.group(2) + "\" for a port (" + usual(form) + ")";
        }
        return "has \"" + (split ? parts.group(1) : authority)
                + "\" for a host, which is neither a name (letters, digits, hyphens, dots) nor an address";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
