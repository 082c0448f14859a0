package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.RedisServer;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.ZooKeeperServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Other stores than etcd, and etcd beside them, with the jar as people run it. */
@Tag("server")
@Timeout(120)
class OtherStoresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How the names of the classes begin that only one store's client is made of. */
    private static final String OF_ETCD = "io.etcd.";

    private static final String OF_REDIS = "redis.clients.";
    private static final String OF_ZOOKEEPER = "org.apache.";

    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @RegisterExtension
    final RedisServer redis = RedisServer.plain();

    @RegisterExtension
    final ZooKeeperServer zookeeper = new ZooKeeperServer();

    @TempDir
    Path folder;

    private Path target = Path.of("");
    private Path keys = Path.of("");
    private String confDir = "";

    @BeforeEach
    void makeConfDir() throws IOException {
        target = folder.resolve("app.conf");
        keys = folder.resolve("keys.yaml");
        confDir = ConfDirFolder.in(folder)
                .template("app.ftl", "${getv(\"/app/name\")} at revision ${(revision() > 0)?c}\n")
                .resource("app.toml", "app.ftl", target, "/app")
                .path()
                .toString();
    }

    @Test
    void file_onetime_needsNoServerAndLoadsNoClientOfOne() throws Exception {
        Files.writeString(keys, "app: {name: shop}\n");
        Path loaded = folder.resolve("classes");

        try (SegueProcess segue = SegueProcess.start(
                folder, logging(loaded), with("--backend", "file", "--file", keys.toString(), "--onetime"))) {
            assertThat(segue.exitCode()).isZero();
            assertThat(segue.log()).contains("INFO Using file " + keys + " as backend");
        }

        assertThat(target).hasContent("shop at revision true");
        assertLoaded(loaded, "dev.segue.store.file.FileKeyStore", "io.netty", OF_ETCD, OF_REDIS, OF_ZOOKEEPER);
    }

    @Test
    void file_watchedAndBroken_keepsTheTargetUntilItIsMended() throws Exception {
        replaceKeys("app: {name: first}\n");
        try (SegueProcess segue =
                SegueProcess.start(folder, with("--backend=file", "--file=" + keys, "--watch", "--interval=10m"))) {
            awaitTarget("first");

            replaceKeys("app: {name: second}\n");
            awaitTarget("second");

            replaceKeys("app:\n  name: third\n  /name: twice\n");
            segue.awaitLog("ERROR file " + keys + ":3: key /app/name is given twice");
            assertThat(target).hasContent("second at revision true");

            replaceKeys("app: {name: fourth}\n");
            awaitTarget("fourth");
            segue.awaitLog("INFO file " + keys + ": back after ");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void redis_watched_isFollowedAndLoadsNoOtherClient() throws Exception {
        redis.ask("SET", "/app/name", "first");
        Path loaded = folder.resolve("classes");
        try (SegueProcess segue = SegueProcess.start(
                folder,
                logging(loaded),
                with("--backend=redis", "--watch", "--interval=10m", redis.url().toString()))) {
            segue.awaitLog("INFO Using " + redis.url() + " as backend");
            awaitTarget("first");

            redis.ask("SET", "/app/name", "second");
            awaitTarget("second");
            assertThat(segue.terminate()).isZero();
        }
        assertLoaded(loaded, "dev.segue.store.redis.RedisKeyStore", "io.netty", OF_ETCD, OF_ZOOKEEPER);
    }

    @Test
    void zookeeper_watched_isFollowedAndLoadsNoOtherClient() throws Exception {
        zookeeper.put("/app/name", "first".getBytes(StandardCharsets.UTF_8));
        Path loaded = folder.resolve("classes");
        try (SegueProcess segue = SegueProcess.start(
                folder,
                logging(loaded),
                with(
                        "--backend=zookeeper",
                        "--watch",
                        "--interval=10m",
                        zookeeper.url().toString()))) {
            segue.awaitLog("INFO Using " + zookeeper.url() + " as backend");
            awaitTarget("first");

            zookeeper.put("/app/name", "second".getBytes(StandardCharsets.UTF_8));
            awaitTarget("second");
            assertThat(segue.terminate()).isZero();
            assertThat(segue.messages()).noneMatch(line -> line.contains("ookeeper") && !line.contains("Using"));
        }
        // Its client names two classes of Netty, which it does not use without TLS.
        assertLoaded(loaded, "dev.segue.store.zookeeper.ZooKeeperKeyStore", "io.netty.channel", OF_ETCD, OF_REDIS);
    }

    @Test
    void etcd_onetime_loadsNothingOfOtherStores() throws Exception {
        ETCD.put("/app/name", "etcd");
        Path loaded = folder.resolve("classes");
        try (SegueProcess segue = SegueProcess.start(
                folder, logging(loaded), with("--onetime", ETCD.url().toString()))) {
            assertThat(segue.exitCode()).isZero();
        }
        assertLoaded(
                loaded,
                "dev.segue.store.etcd.EtcdKeyStore",
                "dev.segue.store.LastRead",
                "dev.segue.store.file",
                "dev.segue.keyfile",
                OF_REDIS,
                OF_ZOOKEEPER);
    }

    @Test
    void env_onetime_takesTheEnvironment() throws Exception {
        try (SegueProcess segue =
                SegueProcess.start(folder, Map.of("APP_NAME", "from outside"), with("--backend", "env", "--onetime"))) {
            assertThat(segue.exitCode()).isZero();
        }

        assertThat(target).hasContent("from outside at revision true");
    }

    /** The class {@code used} was loaded, and none whose name begins with one of {@code others}. */
    private static void assertLoaded(Path log, String used, String... others) throws IOException {
        List<String> classes = Files.readAllLines(log).stream()
                .map(line -> line.replaceFirst("^.*class,load\\] (\\S+).*", "$1"))
                .toList();
        assertThat(classes.contains(used)).as(used).isTrue();
        assertThat(classes)
                .filteredOn(name -> Stream.of(others).anyMatch(name::startsWith))
                .isEmpty();
    }

    /** Has the JVM write into {@code file} which classes it loads. */
    private static Map<String, String> logging(Path file) {
        return Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + file);
    }

    private String[] with(String... flags) {
        List<String> all = new ArrayList<>(List.of("--confdir", confDir));
        all.addAll(List.of(flags));
        return all.toArray(String[]::new);
    }

    private void replaceKeys(String text) throws IOException {
        Path fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, keys, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitTarget(String name) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(target).hasContent(name + " at revision true"));
    }
}
