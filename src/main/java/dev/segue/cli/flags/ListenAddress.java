package dev.segue.cli.flags;

import dev.segue.settings.InvalidValueException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where to listen: {@code 127.0.0.1:9105}, {@code [::1]:9105}, {@code localhost:9105}, or {@code :9105}. */
final class ListenAddress {
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]*)):(\\d{1,5})");
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LAST_PORT = 65_535;

    private ListenAddress() {}

    /**
     * The address, looked up if it is a name. Without a host it is the loopback: who wants to be heard by all of the
     * network says {@code 0.0.0.0}.
     */
    static InetSocketAddress parse(String text) throws InvalidValueException {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValueException("\"" + text + "\" is not HOST:PORT (such as " + LOOPBACK
                    + ":9105 or [::1]:9105; :9105 is " + LOOPBACK + ":9105)");
        }
        int port = Integer.parseInt(parts.group(3));
        if (port == 0 || port > LAST_PORT) {
            throw new InvalidValueException("\"" + text + "\" has a port that is not from 1 to " + LAST_PORT);
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        InetSocketAddress address = new InetSocketAddress(host.isEmpty() ? LOOPBACK : host, port);
        if (address.isUnresolved()) {
            throw new InvalidValueException("\"" + text + "\" has a host for which no address is found");
        }
        return address;
    }
}
