package dev.segue.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.testing.EtcdOptions.Peers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real etcd for a test: register it as a static field (one for the class) or an instance field (one for each test)
 * with {@code @RegisterExtension}.
 *
 * <p>It is the {@code etcd} in the path, or one in a container where only a container engine answers; with neither the
 * tests are skipped. {@code SEGUE_TEST_ETCD=container} asks for the container all the same. Data lies in a temporary
 * folder that is removed at the end. All writes go through etcd's JSON gateway, so that no test shares a line of client
 * code with what it tests; each write returns the revision that it made.
 */
public final class EtcdServer
        implements RealServer, BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    /** Whether clients have to show a certificate. */
    public enum ClientAuth {
        REQUIRED,
        NONE
    }

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int DEFAULT_TOKEN_SECONDS = 300;
    private static final int MOST_TXN_OPS = 128;

    private final EtcdOptions options;
    private @Nullable EtcdProcess process;
    private @Nullable EtcdGateway gateway;
    private Lifetime lifetime = Lifetime.TEST;

    private enum Lifetime {
        TEST,
        CLASS
    }

    private EtcdServer(EtcdOptions options) {
        this.options = options;
    }

    /** Plain HTTP, no authentication. */
    public static EtcdServer plain() {
        return member(Peers.none());
    }

    /** As {@link #plain}, at its place in a cluster; the others have to be started too before it answers. */
    static EtcdServer member(Peers peers) {
        return new EtcdServer(new EtcdOptions(
                FreePorts.next(), Optional.empty(), ClientAuth.NONE, Optional.empty(), DEFAULT_TOKEN_SECONDS, peers));
    }

    /** HTTPS with the server certificate of {@code certificates}. */
    public static EtcdServer tls(TestCertificates certificates, ClientAuth clientAuth) {
        return new EtcdServer(new EtcdOptions(
                FreePorts.next(),
                Optional.of(certificates),
                clientAuth,
                Optional.empty(),
                DEFAULT_TOKEN_SECONDS,
                Peers.none()));
    }

    /** Plain HTTP; {@code login} may do everything, and each login is good for {@code tokenSeconds} after its last use. */
    public static EtcdServer withLogin(Login login, int tokenSeconds) {
        return new EtcdServer(new EtcdOptions(
                FreePorts.next(), Optional.empty(), ClientAuth.NONE, Optional.of(login), tokenSeconds, Peers.none()));
    }

    /** Where clients connect: {@code http://127.0.0.1:21234}. */
    public URI url() {
        return URI.create(options.scheme() + "://127.0.0.1:" + port());
    }

    public int port() {
        return options.port();
    }

    public long put(String key, String value) {
        return put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    public long put(String key, byte[] value) {
        return put(key.getBytes(StandardCharsets.UTF_8), value);
    }

    public long put(byte[] key, byte[] value) {
        return gateway().revision("/v3/kv/put", EtcdGateway.put(key, value));
    }

    /** Puts all of them in one transaction: one revision. At most 128. */
    public long putTogether(Map<String, String> entries) {
        JsonArray operations = new JsonArray();
        entries.forEach((key, value) -> {
            JsonObject operation = new JsonObject();
            operation.add(
                    "requestPut",
                    EtcdGateway.put(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
            operations.add(operation);
        });
        JsonObject txn = new JsonObject();
        txn.add("success", operations);
        return gateway().revision("/v3/kv/txn", txn);
    }

    /** Puts {@code count} keys {@code prefix00000}, {@code prefix00001}, ... of {@code valueBytes} bytes each. */
    public long fill(String prefix, int count, int valueBytes) {
        long revision = 0;
        for (int start = 0; start < count; start += MOST_TXN_OPS) {
            Map<String, String> batch = new TreeMap<>();
            for (int i = start; i < Math.min(count, start + MOST_TXN_OPS); i++) {
                batch.put(String.format("%s%05d", prefix, i), "v".repeat(valueBytes));
            }
            revision = putTogether(batch);
        }
        return revision;
    }

    public long delete(String key) {
        return gateway().revision("/v3/kv/deleterange", EtcdGateway.key(key));
    }

    /** Deletes every key whose bytes start with {@code prefix}, which must not be empty. */
    public long deletePrefix(String prefix) {
        return gateway().revision("/v3/kv/deleterange", EtcdGateway.prefix(prefix));
    }

    /** All keys whose bytes start with {@code prefix}, which must not be empty, with their values. */
    public SortedMap<String, String> entries(String prefix) {
        SortedMap<String, String> entries = new TreeMap<>();
        JsonArray found = post("/v3/kv/range", EtcdGateway.prefix(prefix)).getAsJsonArray("kvs");
        if (found != null) {
            found.forEach(each -> entries.put(
                    EtcdGateway.text(each.getAsJsonObject(), "key"),
                    EtcdGateway.text(each.getAsJsonObject(), "value")));
        }
        return entries;
    }

    /** Under which lease {@code key} is, which must be there; 0 for none. */
    public long leaseOf(String key) {
        JsonArray found = post("/v3/kv/range", EtcdGateway.key(key)).getAsJsonArray("kvs");
        JsonObject entry = found.get(0).getAsJsonObject();
        return entry.has("lease") ? entry.get("lease").getAsLong() : 0;
    }

    /** All leases that there are. */
    public List<Long> leases() {
        JsonArray leases = post("/v3/lease/leases", new JsonObject()).getAsJsonArray("leases");
        return leases == null
                ? List.of()
                : leases.asList().stream()
                        .map(lease -> lease.getAsJsonObject().get("ID").getAsLong())
                        .toList();
    }

    /** Ends a lease and all keys under it. */
    public void revoke(long lease) {
        JsonObject request = new JsonObject();
        request.addProperty("ID", lease);
        post("/v3/lease/revoke", request);
    }

    /** The store's revision now. */
    public long revision() {
        return gateway().revision("/v3/kv/range", EtcdGateway.key("/"));
    }

    /** Forgets everything that was before {@code revision}. */
    public void compact(long revision) {
        JsonObject request = new JsonObject();
        request.addProperty("revision", revision);
        gateway().post("/v3/kv/compaction", request);
    }

    /** The sum of one of etcd's own metrics, over its labels; 0 for one that was never touched. */
    public double metric(String name) {
        return gateway()
                .metrics()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** How many watches etcd holds for its clients. */
    public long watchers() {
        return Math.round(metric("etcd_debugging_mvcc_watcher_total"));
    }

    /** How many ranges of keys it was asked for so far. */
    public long rangesRead() {
        return Math.round(Math.max(metric("etcd_mvcc_range_total"), metric("etcd_debugging_mvcc_range_total")));
    }

    /** Sends one request of etcd's JSON gateway, for example {@code /v3/auth/user/add}. */
    public JsonObject post(String path, JsonObject request) {
        return gateway().post(path, request);
    }

    /** True while it is running and has a leader. */
    public boolean answers() {
        return gateway().healthy();
    }

    /** Starts it again, on the same port and with the same data, and waits until it answers. */
    @Override
    public void start() {
        process().start();
        awaitHealth();
    }

    /** Ends it in order. */
    public void stop() {
        process().stop();
    }

    /** Ends it as a crash would (SIGKILL). */
    @Override
    public void kill() {
        process().kill();
    }

    /** Holds it still (SIGSTOP): connections stay open, nothing answers. */
    @Override
    public void pause() {
        process().pause();
    }

    /** Lets it go on (SIGCONT). */
    @Override
    public void resume() {
        process().resume();
    }

    /** Starts it again with no data at all, on the same port; it must have been stopped or killed. */
    @Override
    public void wipe() {
        process().wipe();
        start();
        enableLogin();
    }

    /** Keeps all data as it is now in {@code file}, which must not be there yet. */
    public void save(Path file) {
        process().save(file);
    }

    /** Starts it again with the data of {@code file} alone, on the same port; it must have been stopped or killed. */
    public void restore(Path file) {
        process().restore(file);
        start();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        lifetime = Lifetime.CLASS;
        launch();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (lifetime == Lifetime.TEST) {
            launch();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (lifetime == Lifetime.TEST) {
            close();
        }
    }

    private void launch() {
        begin();
        awaitHealth();
        enableLogin();
    }

    /** Starts it for the first time and does not wait. */
    void begin() {
        process = createProcess();
        gateway = new EtcdGateway(url(), options.certificates());
        process.start();
    }

    private EtcdProcess createProcess() {
        Optional<Path> binary = LocalEtcd.binary();
        if (binary.isPresent() && !"container".equals(System.getenv("SEGUE_TEST_ETCD"))) {
            return LocalEtcd.create(binary.get(), options);
        }
        assumeTrue(ContainerEtcd.engineAnswers(), "needs etcd: no binary in the path and no container engine answers");
        return new ContainerEtcd(options);
    }

    void awaitHealth() {
        try {
            Awaitility.await("etcd at " + url())
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(gateway()::healthy);
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(process().log(), e);
        }
    }

    private void enableLogin() {
        options.login().ifPresent(login -> gateway().enableLogin(login));
    }

    void close() {
        if (process != null) {
            process.close();
        }
        process = null;
        gateway = null;
    }

    private EtcdProcess process() {
        if (process == null) {
            throw new IllegalStateException("etcd is not there: is the field annotated with @RegisterExtension?");
        }
        return process;
    }

    private EtcdGateway gateway() {
        if (gateway == null) {
            throw new IllegalStateException("etcd is not there: is the field annotated with @RegisterExtension?");
        }
        return gateway;
    }
}
