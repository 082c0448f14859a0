package dev.segue.store.redis;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.settings.StoreSettings;
import dev.segue.store.TlsException;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * One connection to one server. For one thread, but {@link #close} may come from any. Each request blocks for the store's
 * request time limit at most and throws a {@code JedisException} if it fails; then the connection is of no more use.
 */
final class RedisConnection implements AutoCloseable {
    private static final String EVENTS = "notify-keyspace-events";
    private static final String STRING = "string";
    private static final String HASH = "hash";
    private static final int NAMES_A_REQUEST = 1_000;

    /** A key whose type changes while it is read is read again; one that always does is left out. */
    private static final int MOST_TRIES = 5;

    private final URI node;
    private final Jedis jedis;

    private RedisConnection(URI node, Jedis jedis) {
        this.node = node;
        this.jedis = jedis;
    }

    /** Connects, and logs in if {@code settings} say so. */
    static RedisConnection open(StoreSettings settings, URI node, RedisSockets sockets) throws TlsException {
        return new RedisConnection(node, connect(settings, node, sockets));
    }

    /** A connection of the library's kind, logged in. */
    static Jedis connect(StoreSettings settings, URI node, RedisSockets sockets) throws TlsException {
        HostAndPort server = new HostAndPort(node.getHost().replaceAll("[\\[\\]]", ""), node.getPort());
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .timeoutMillis(Math.toIntExact(settings.requestTimeout().toMillis()))
                .database(database(node))
                .serverDefaultProtocol()
                .clientName("segue");
        settings.login().ifPresent(login -> builder.user(login.user()).password(login.password()));
        JedisClientConfig config = builder.build();
        JedisSocketFactory plain = () -> sockets.connect(server, settings.requestTimeout());
        boolean tls = node.getScheme().equals("rediss");
        return new Jedis(tls ? RedisTls.over(plain, server, settings.certificates()) : plain, config);
    }

    static int database(URI node) {
        String number = node.getPath().replace("/", "");
        return number.isEmpty() ? 0 : Integer.parseInt(number);
    }

    URI node() {
        return node;
    }

    /** Which events the server sends, in its own letters; empty if it does not tell us. */
    Optional<String> events() {
        try {
            return Optional.ofNullable(jedis.configGet(EVENTS).get(EVENTS));
        } catch (JedisDataException e) {
            return Optional.empty();
        }
    }

    /** All that {@code ranges}, of which there is at least one, hold; the values as they are at one moment. */
    Collection<KeyEntry> read(KeyRanges ranges, Names names) {
        for (int left = MOST_TRIES; ; left--) {
            Map<String, String> types = types(find(ranges, names));
            Optional<Collection<KeyEntry>> entries = values(types, ranges, names, left == 1);
            if (entries.isPresent()) {
                return entries.get();
            }
        }
    }

    private Set<String> find(KeyRanges ranges, Names names) {
        Set<String> found = names.above(ranges);
        ScanParams params = new ScanParams().match(names.patternBelow(ranges)).count(NAMES_A_REQUEST);
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        do {
            ScanResult<byte[]> page = jedis.scan(cursor, params);
            page.getResult().forEach(name -> found.add(ByteText.decode(name)));
            cursor = page.getCursorAsBytes();
        } while (!"0".equals(ByteText.decode(cursor)));
        found.removeIf(name -> names.key(name).isEmpty());
        return found;
    }

    /** The type of each name that can hold keys; sorted. */
    private Map<String, String> types(Set<String> found) {
        Map<String, Response<String>> asked = new LinkedHashMap<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            found.forEach(name -> asked.put(name, pipeline.type(ByteText.encode(name))));
            pipeline.sync();
        }
        Map<String, String> types = new TreeMap<>();
        asked.forEach((name, type) -> types.put(name, type.get()));
        types.values().removeIf(type -> !type.equals(STRING) && !type.equals(HASH));
        return types;
    }

    /** Empty if a type has changed meanwhile, unless this is the {@code last} try. */
    private Optional<Collection<KeyEntry>> values(
            Map<String, String> types, KeyRanges ranges, Names names, boolean last) {
        Map<String, Response<byte[]>> strings = new TreeMap<>();
        Map<String, Response<Map<byte[], byte[]>>> hashes = new TreeMap<>();
        try (Transaction moment = jedis.multi()) {
            types.forEach((name, type) -> {
                String key = names.key(name).orElseThrow();
                if (type.equals(HASH)) {
                    hashes.put(key, moment.hgetAll(ByteText.encode(name)));
                } else if (ranges.holds(key)) {
                    strings.put(key, moment.get(ByteText.encode(name)));
                }
            });
            moment.exec();
        }
        Map<String, KeyEntry> entries = new TreeMap<>();
        try {
            hashes.forEach(
                    (key, fields) -> fields.get().forEach((field, value) -> put(entries, ranges, key, field, value)));
            strings.forEach((key, value) -> {
                if (value.get() != null) {
                    entries.put(key, new KeyEntry(key, ByteText.decode(value.get())));
                }
            });
        } catch (JedisDataException e) {
            if (!last) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(entries.values());
    }

    private static void put(Map<String, KeyEntry> entries, KeyRanges ranges, String hash, byte[] field, byte[] value) {
        String key = hash + "/" + ByteText.decode(field);
        if (KeyPath.of(key).value().equals(key) && ranges.holds(key)) {
            entries.put(key, new KeyEntry(key, ByteText.decode(value)));
        }
    }

    @Override
    public void close() {
        jedis.close();
    }
}
