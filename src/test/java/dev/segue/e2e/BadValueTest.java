package dev.segue.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.AppServer;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.NginxServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and values of strangers: hostile, binary, large, many. */
@Tag("server")
@Timeout(120)
class BadValueTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static Site site;
    private static SegueProcess segue;

    @BeforeAll
    static void start() throws IOException {
        site = Site.in(folder, ETCD);
        segue = site.start("--interval=50ms");
        site.awaitText("good", "good 0");
    }

    @AfterAll
    static void stop() {
        segue.close();
    }

    /** The sample template and resource, on a real nginx. */
    @Test
    void hostileUpstreams_neverReachNginxAndDoNotStopTheOthers() throws IOException {
        Map<String, String> hostile = new TreeMap<>(Map.of(
                "/app/upstream/b", "127.0.0.1:1; } server { listen 81; }",
                "/app/upstream/c", "127.0.0.1:1;\nproxy_pass http://evil;",
                "/app/upstream/d", "127.0.0.1:99999",
                "/app/upstream/e", "$host:80",
                "/app/upstream/f", "unix:/tmp/socket",
                "/app/upstream/g", "\u0000\u0001",
                "/app/upstream/h", "127.0.0.1:1 weight=100",
                "/app/upstream/i", "x".repeat(1 << 20),
                "/app/upstream/j;}", "127.0.0.1:1"));
        hostile.forEach(ETCD::put);
        try (AppServer py1 = AppServer.start("py1");
                AppServer py2 = AppServer.start("py2");
                NginxServer nginx = NginxServer.start(folder);
                SegueProcess daemon = SegueProcess.start(
                        folder,
                        SampleConfDir.environment(nginx),
                        "--interval=50ms",
                        "--confdir",
                        SampleConfDir.in(folder, nginx).toString(),
                        ETCD.url().toString())) {
            ETCD.put("/app/upstream/a", py1.endpoint());
            await().atMost(PATIENCE).until(() -> answers(nginx).equals(Set.of("py1")));
            ETCD.put("/app/upstream/z", py2.endpoint());
            await().atMost(PATIENCE).until(() -> answers(nginx).equals(Set.of("py1", "py2")));

            String conf = Files.readString(nginx.confD().resolve("app.conf"));
            assertThat(conf.lines().filter(line -> line.strip().startsWith("server ") && line.contains("max_fails")))
                    .hasSize(2);
            assertThat(conf).doesNotContain("listen 81", "evil", "$host:80", "unix:", "weight", "xxxx", "j;}");
            assertEachIsToldOnce(daemon, hostile.keySet());
            assertThat(daemon.log()).doesNotContain("listen 81", "evil", "unix:/tmp", "xxxx");

            hostile.keySet().forEach(ETCD::delete);
            daemon.awaitLog("INFO conf.d/nginx.toml: nothing is left out any more");
            assertThat(answers(nginx)).containsExactly("py1", "py2");
            assertThat(daemon.terminate()).isZero();
        }
    }

    private static void assertEachIsToldOnce(SegueProcess daemon, Set<String> keys) {
        for (String key : keys) {
            assertThat(daemon.linesWith("WARN conf.d/nginx.toml: endpoints leaves out key " + key + ": "))
                    .as(key)
                    .isEqualTo(1);
        }
        assertThat(daemon.messages())
                .contains("WARN conf.d/nginx.toml: endpoints leaves out key /app/upstream/d: its port is not a number"
                        + " from 1 to 65535 (expected host:port, such as 10.0.0.1:8080, app.example:8080 or"
                        + " [::1]:8080; the text has 15 characters)");
    }

    private static Set<String> answers(NginxServer nginx) {
        return new TreeSet<>(nginx.fetch("/", 6));
    }

    @Test
    void anyBytes_landInTheFileAsTheyAre() throws IOException {
        byte[] binary = new byte[1 << 20];
        new Random(1).nextBytes(binary);
        byte[] text = "line\r\n}; ${x} <#if> \u00e4\ud83d\ude80\t\"'\\\n\n".getBytes(UTF_8);
        ETCD.put("/bytes/binary", binary);
        ETCD.put("/bytes/text", text);
        ETCD.put("/bytes/empty", "");
        site.template("bytes.ftl", "[${getv('/bytes/text')}][${getv('/bytes/empty')}][${getv('/bytes/binary')}]");
        site.resourceText("bytes", """
                [template]
                src = "bytes.ftl"
                dest = "%s"
                keys = ["/bytes"]
                """.formatted(site.target("bytes")));

        site.awaitText("bytes", "[" + new String(text, ISO_8859_1) + "][][" + new String(binary, ISO_8859_1) + "]");
        site.awaitToldOnce(segue, "INFO Target config " + site.target("bytes") + " has been updated");
    }

    @Test
    void keyWithoutLeadingSlash_isReadWithOneAndOneInTheStoreIsLeftAlone() throws IOException {
        ETCD.put("bare/name", "without");
        ETCD.put("/bare/name", "with");
        site.template("bare.ftl", "<#list gets('/bare/*') as k>${k.key}=${k.value}</#list>");
        site.resourceText("bare", """
                [template]
                src = "bare.ftl"
                dest = "%s"
                keys = ["bare"]
                """.formatted(site.target("bare")));

        site.awaitText("bare", "/bare/name=with");
        site.awaitGoodFollows();
        assertThat(segue.isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=200ms", "--watch"})
    void twentyThousandKeys_areReadWholeAndFollowed(String mode) throws IOException {
        int count = 20_000;
        ETCD.fill("/many/", count, 250);
        Site large = Site.in(folder, ETCD);
        large.template("many.ftl", "${gets('/many/*')?size} ${getv('/many/00000')} ${getv('/many/19999')}");
        large.resourceText("many", """
                [template]
                src = "many.ftl"
                dest = "%s"
                keys = ["/many"]
                """.formatted(large.target("many")));
        String value = "v".repeat(250);
        try (SegueProcess daemon = large.start(mode)) {
            large.awaitText("many", count + " " + value + " " + value);

            ETCD.put("/many/19999", "changed");
            large.awaitText("many", count + " " + value + " changed");
            ETCD.delete("/many/00001");
            large.awaitText("many", (count - 1) + " " + value + " changed");
            large.awaitGoodFollows();
            assertThat(daemon.terminate()).isZero();
        }
        ETCD.deletePrefix("/many/");
    }
}
