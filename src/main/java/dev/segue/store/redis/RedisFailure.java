package dev.segue.store.redis;

import dev.segue.settings.StoreSettings;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.store.TlsException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Says in words what went wrong with a server, and whether asking again can help. */
final class RedisFailure {
    private RedisFailure() {}

    static StoreException of(StoreSettings settings, URI node, Exception e) {
        return e instanceof JedisDataException || e instanceof TlsException
                ? said(settings, node, e)
                : broken(settings, node, e);
    }

    /** What the server says, or our own files: the next try will end no better, unless the server is only busy. */
    private static StoreException said(StoreSettings settings, URI node, Exception e) {
        String message = String.valueOf(e.getMessage());
        String user =
                settings.login().map(login -> "user \"" + login.user() + "\": ").orElse("");
        if (message.startsWith("WRONGPASS") || message.startsWith("ERR invalid password")) {
            return failure(Kind.REFUSED, node, user + "wrong password, or no such user", e);
        }
        if (message.startsWith("NOAUTH")) {
            return failure(Kind.REFUSED, node, "asks for a user and a password", e);
        }
        if (message.startsWith("NOPERM")) {
            return failure(Kind.REFUSED, node, user + "not permitted: " + message, e);
        }
        boolean busy = Stream.of("LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "ERR max number of clients")
                .anyMatch(message::startsWith);
        return failure(busy ? Kind.UNREACHABLE : Kind.REFUSED, node, message, e);
    }

    private static StoreException broken(StoreSettings settings, URI node, Exception e) {
        Optional<IOException> cause = cause(e);
        if (cause.isPresent() && cause.get() instanceof SocketTimeoutException) {
            return failure(
                    Kind.UNREACHABLE,
                    node,
                    "no answer within " + settings.requestTimeout().toMillis() + " ms",
                    e);
        }
        if (cause.isPresent() && cause.get() instanceof UnknownHostException) {
            return failure(
                    Kind.UNREACHABLE, node, "not reachable: host name \"" + node.getHost() + "\" can't be resolved", e);
        }
        String why = String.valueOf(cause.map(Exception.class::cast).orElse(e).getMessage());
        return cause.isPresent() && cause.get() instanceof SSLException
                ? failure(Kind.REFUSED, node, "TLS: " + why, e)
                : failure(Kind.UNREACHABLE, node, "not reachable: " + why, e);
    }

    /** The first failure of input or output behind {@code e}; Jedis puts that of a connection beside it. */
    private static Optional<IOException> cause(Throwable e) {
        if (e instanceof IOException found) {
            return Optional.of(found);
        }
        return Stream.concat(Stream.ofNullable(e.getCause()), Stream.of(e.getSuppressed()))
                .flatMap(inner -> cause(inner).stream())
                .findFirst();
    }

    private static StoreException failure(Kind kind, URI node, String what, Exception e) {
        return new StoreException(kind, "redis " + node + ": " + what, e);
    }
}
