package dev.segue.store.redis;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.Backend;
import dev.segue.settings.StoreSettings;
import dev.segue.store.KeyStore;
import dev.segue.store.LastRead;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.store.TlsException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Keys from Redis: strings, and the fields of hashes as keys below them.
 *
 * <p>A read goes over the connection that answered last; where that fails, over a new one to each node in turn.
 */
public final class RedisKeyStore implements KeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(RedisKeyStore.class);

    private final StoreSettings settings;
    private final Names names;
    private final RedisSockets sockets = new RedisSockets();
    private final LastRead last = new LastRead();
    private final AtomicBoolean announced = new AtomicBoolean();
    private volatile @Nullable Runnable follower;
    private volatile @Nullable RedisConnection connection;
    private volatile @Nullable RedisWatch watch;
    private volatile boolean closed;
    private int firstNode;
    private boolean toldOfPolling;

    /** A store at {@code settings.nodes()}, of which there is at least one; no connection is made yet. */
    public RedisKeyStore(StoreSettings settings, Backend.Redis backend) {
        this.settings = settings;
        this.names = new Names(backend.separator());
    }

    @Override
    public KeySnapshot read(KeyRanges ranges) throws StoreException {
        if (ranges.isEmpty()) {
            return last.now(ranges, List.of());
        }
        RedisConnection open = connection;
        if (open != null) {
            try {
                return readOver(open, ranges);
            } catch (JedisException | TlsException e) {
                LOG.debug("redis {}: {}; connecting anew", open.node(), e.getMessage());
                disconnect();
            }
        }
        return readAnew(ranges);
    }

    private KeySnapshot readAnew(KeyRanges ranges) throws StoreException {
        List<StoreException> failures = new ArrayList<>();
        List<URI> nodes = settings.nodes();
        for (int i = 0; i < nodes.size() && !closed; i++) {
            URI node = nodes.get(firstNode);
            try {
                RedisConnection fresh = RedisConnection.open(settings, node, sockets);
                connection = fresh;
                if (closed) {
                    disconnect();
                    break;
                }
                return readOver(fresh, ranges);
            } catch (JedisException | TlsException e) {
                failures.add(RedisFailure.of(settings, node, e));
                disconnect();
                firstNode = (firstNode + 1) % nodes.size();
            }
        }
        if (closed) {
            throw new StoreException(
                    Kind.UNREACHABLE, "redis " + description() + ": closed", new IOException("closed"));
        }
        throw allOf(failures);
    }

    private static StoreException allOf(List<StoreException> failures) {
        boolean refused = failures.stream().allMatch(failure -> failure.kind() == Kind.REFUSED);
        return new StoreException(
                refused ? Kind.REFUSED : Kind.UNREACHABLE,
                failures.stream().map(Exception::getMessage).collect(Collectors.joining("; ")),
                failures.get(0));
    }

    private KeySnapshot readOver(RedisConnection redis, KeyRanges ranges) throws TlsException {
        boolean expected = announced.getAndSet(false);
        boolean watched = keepWatching(redis, ranges);
        Collection<KeyEntry> entries = redis.read(ranges, names);
        KeySnapshot before = last.snapshot();
        KeySnapshot now = last.now(ranges, entries);
        if (watched && now != before && !expected && !announced.get()) {
            LOG.debug("redis {}: a change that was not told of; watching anew", redis.node());
            endWatch();
            announce();
        }
        return now;
    }

    /** Has a watch of {@code ranges}, if one is wanted and the server tells of changes; true if there was one before. */
    private boolean keepWatching(RedisConnection redis, KeyRanges ranges) throws TlsException {
        RedisWatch watching = watch;
        if (follower == null || (watching != null && watching.covers(ranges))) {
            return watching != null;
        }
        endWatch();
        Optional<String> events = redis.events();
        if (events.isPresent() && !tellsOfKeys(events.get())) {
            pollInstead(
                    redis.node(),
                    "sends no keyspace events (notify-keyspace-events is \"" + events.get() + "\", needed is \"KA\")");
            return false;
        }
        RedisWatch fresh = RedisWatch.start(
                RedisConnection.connect(settings, redis.node(), sockets),
                ranges,
                names.channels(RedisConnection.database(redis.node()), ranges),
                this::announce,
                settings.requestTimeout());
        watch = fresh;
        JedisException refusal = fresh.refusal();
        if (refusal != null) {
            pollInstead(redis.node(), "lets us hear no keyspace events: " + refusal.getMessage());
        } else if (events.isEmpty() && !toldOfPolling) {
            pollInstead(
                    redis.node(),
                    "does not say whether it sends keyspace events (CONFIG GET is not permitted); if it" + " does not");
        }
        return false;
    }

    /** Strings, hashes, and what becomes of any key; A is all of these. */
    private static boolean tellsOfKeys(String events) {
        return events.contains("K")
                && (events.contains("A") || "g$hxe".chars().allMatch(letter -> events.indexOf(letter) >= 0));
    }

    private void pollInstead(URI node, String why) {
        if (!toldOfPolling) {
            LOG.warn("redis {}: {}; changes are found at the next look, each interval", node, why);
            toldOfPolling = true;
        }
    }

    @Override
    public void follow(Runnable changed) {
        follower = changed;
    }

    private void announce() {
        announced.set(true);
        Runnable changed = follower;
        if (changed != null && !closed) {
            changed.run();
        }
    }

    @Override
    public String description() {
        return settings.nodes().stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        closed = true;
        sockets.close();
        disconnect();
    }

    private void disconnect() {
        RedisConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
        endWatch();
    }

    private void endWatch() {
        RedisWatch watching = watch;
        watch = null;
        if (watching != null) {
            watching.close();
        }
    }
}
