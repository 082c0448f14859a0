package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.RedisServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Resources that take their keys from more than one store, with the jar as people run it. */
@Tag("server")
@Timeout(120)
class SeveralStoresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @RegisterExtension
    final RedisServer redis = RedisServer.plain();

    @TempDir
    Path folder;

    private Path secrets = Path.of("");
    private ConfDirFolder confDir = new ConfDirFolder(Path.of(""));

    /** Topology from etcd, a secret from a file; limits from Redis; and what etcd alone is enough for. */
    @BeforeEach
    void makeConfDir() throws IOException {
        secrets = folder.resolve("secrets.yaml");
        replaceSecrets("first");
        ETCD.deletePrefix("/");
        ETCD.put("/app/host", "py1");
        redis.ask("SET", "/limits/rate", "10");
        confDir = ConfDirFolder.in(folder)
                .template("both.ftl", "${getv(\"/app/host\")} ${getv(\"/db/password\")}\n")
                .template("redis.ftl", "${getv(\"/limits/rate\")}\n")
                .template("etcd.ftl", "${getv(\"/app/host\")}\n")
                .resource("both.toml", """
                        [template]
                        src = "both.ftl"
                        dest = "%s"
                        keys = ["/app", "secrets:/db"]

                        [backend.secrets]
                        backend = "file"
                        file = ["%s"]
                        """.formatted(target("both"), secrets))
                .resource("redis.toml", """
                        [template]
                        src = "redis.ftl"
                        dest = "%s"
                        keys = ["/limits"]

                        [backend]
                        backend = "redis"
                        nodes = ["%s"]
                        request_timeout = "2s"
                        """.formatted(target("redis"), redis.url()))
                .resource("etcd.toml", "etcd.ftl", target("etcd"), "/app");
    }

    @Test
    void watched_aChangeInAnyStoreLandsWhereItIsRead() throws IOException {
        try (SegueProcess segue = start("--watch", "--interval=10m")) {
            awaitTexts("py1 first", "10", "py1");
            assertThat(segue.messages())
                    .contains(
                            "INFO Using " + ETCD.url() + " as backend",
                            "INFO Using file " + secrets + " as backend too",
                            "INFO Using " + redis.url() + " as backend too");

            replaceSecrets("second");
            awaitTexts("py1 second", "10", "py1");
            redis.ask("SET", "/limits/rate", "20");
            awaitTexts("py1 second", "20", "py1");
            ETCD.put("/app/host", "py2");
            awaitTexts("py2 second", "20", "py2");
            assertThat(segue.terminate()).isZero();
            assertThat(segue.log()).doesNotContain("first").doesNotContain("second");
        }
    }

    /** A store that stands still is nobody's but its own resources' business. */
    @Test
    void watched_oneStoreHangsAndOneIsBroken_theOthersGoOn() throws IOException {
        try (SegueProcess segue = start("--watch", "--interval=1s")) {
            awaitTexts("py1 first", "10", "py1");
            redis.pause();
            segue.awaitLog("WARN redis " + redis.url());
            replaceSecrets("second");
            Files.writeString(secrets, "db: [");
            segue.awaitLog("ERROR file " + secrets + ":1");
            ETCD.put("/app/host", "py2");
            awaitText("etcd", "py2");
            assertThat(target("redis")).hasContent("10");
            segue.signal("USR1");
            segue.awaitLog("INFO   store " + redis.url() + ", lost since ");

            redis.resume();
            replaceSecrets("third");
            segue.awaitLog("INFO " + redis.url() + ": back after ");
            redis.ask("SET", "/limits/rate", "20");
            awaitTexts("py2 third", "20", "py2");
            assertThat(segue.linesWith("WARN redis " + redis.url())).isEqualTo(1);
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void onetime_oneStoreIsNotThere_itsResourceFailsAndTheOthersAreDone() {
        redis.kill();
        try (SegueProcess segue = start("--onetime")) {
            assertThat(segue.exitCode()).isEqualTo(1);
            assertThat(segue.messages()).anyMatch(line -> line.startsWith("WARN conf.d/redis.toml: redis "));
        }
        assertThat(target("both")).hasContent("py1 first");
        assertThat(target("etcd")).hasContent("py1");
        assertThat(target("redis")).doesNotExist();
    }

    @Test
    void acknowledge_resourceOfAnotherStore_isNotSpokenOf() {
        try (SegueProcess segue = start("--watch", "--acknowledge=web", "--member=a")) {
            awaitTexts("py1 first", "10", "py1");
            await().atMost(PATIENCE).until(() -> status().contains("both.toml") && status().contains("etcd.toml"));
            assertThat(status()).doesNotContain("redis.toml");

            try (SegueProcess wait = SegueProcess.start(
                    folder, "wait", "--group=web", "--key=/app/host", ETCD.url().toString())) {
                assertThat(wait.exitCode()).as(wait.out()).isZero();
            }
            assertThat(segue.terminate()).isZero();
        }
    }

    private String status() {
        try (SegueProcess status =
                SegueProcess.start(folder, "status", "web", "--node", ETCD.url().toString())) {
            assertThat(status.exitCode()).isZero();
            return status.out();
        }
    }

    private SegueProcess start(String... flags) {
        String[] all = Stream.concat(
                        Stream.of(
                                "--confdir",
                                confDir.path().toString(),
                                ETCD.url().toString()),
                        Stream.of(flags))
                .toArray(String[]::new);
        return SegueProcess.start(folder, all);
    }

    private Path target(String name) {
        return folder.resolve(name + ".conf");
    }

    private void replaceSecrets(String password) throws IOException {
        Path fresh = Files.writeString(folder.resolve("fresh"), "db: {password: " + password + "}\n");
        Files.move(fresh, secrets, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitTexts(String both, String redisText, String etcd) {
        awaitText("both", both);
        awaitText("redis", redisText);
        awaitText("etcd", etcd);
    }

    private void awaitText(String name, String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(target(name)).hasContent(text));
    }
}
