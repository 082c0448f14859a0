package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many keys, many resources. */
@Tag("server")
@Timeout(180)
class GrowthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MANY_KEYS = 100_000;
    private static final int MANY_RESOURCES = 500;
    private static final int LOOKS = 3;

    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    Path folder;

    @Test
    void hundredThousandKeys_haveRoomInAHeapOf128MiB() throws IOException {
        ETCD.fill("/app/upstream/", MANY_KEYS, 20);
        ConfDirFolder confDir = ConfDirFolder.in(folder);
        Path target = folder.resolve("servers.conf");
        confDir.template("t.ftl", """
                <#list gets("/app/upstream/*") as kv>
                server ${kv.value}; # ${kv.key}
                </#list>
                """);
        confDir.resource("r.toml", "t.ftl", target, "/app/upstream");

        try (SegueProcess segue = start(Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m"), confDir, "1h")) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(target).exists());
            assertThat(Files.readAllLines(target)).hasSize(MANY_KEYS);

            for (int i = 0; i < 5; i++) {
                String last = "server changed" + i + "; # /app/upstream/zzz";
                ETCD.put("/app/upstream/zzz", "changed" + i);
                await().atMost(PATIENCE).until(() -> Files.readString(target).endsWith(last + "\n"));
            }
            assertThat(Files.readAllLines(target)).hasSize(MANY_KEYS + 1);
            assertThat(segue.log()).doesNotContain("OutOfMemory").doesNotContain("WARN");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void fiveHundredResources_changeOneByOneAndCostOneSmallRequestALook() throws IOException {
        ConfDirFolder confDir = ConfDirFolder.in(folder);
        confDir.template("t.ftl", "${getv(\"/v\")}");
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < MANY_RESOURCES; i++) {
            values.put("/many/" + i + "/v", "one");
            confDir.resource("r" + i + ".toml", "t.ftl", target(i), "/v", "prefix = \"/many/" + i + "\"");
        }
        values.forEach(ETCD::put);

        try (SegueProcess segue = start(Map.of(), confDir, "1s")) {
            await().atMost(PATIENCE)
                    .until(() -> segue.linesWith("has been updated") == MANY_RESOURCES
                            && segue.messages().stream().noneMatch(line -> line.startsWith("WARN")));
            FileTime written = Files.getLastModifiedTime(target(7));
            long lines = segue.log().lines().count();

            ETCD.put("/many/42/v", "two");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(target(42)).hasContent("two"));
            assertThat(target(7)).hasContent("one");
            assertThat(Files.getLastModifiedTime(target(7))).isEqualTo(written);
            await().atMost(PATIENCE).until(() -> segue.log().lines().count() == lines + 2);

            long ranges = ETCD.rangesRead();
            await().atMost(PATIENCE).until(() -> ETCD.rangesRead() >= ranges + LOOKS);
            // One range for each look, however many come while we look.
            assertThat(ETCD.rangesRead()).isLessThan(ranges + MANY_RESOURCES / 10);
            assertThat(segue.terminate()).isZero();
        }
    }

    private Path target(int resource) {
        return folder.resolve("targets").resolve(resource + ".conf");
    }

    private SegueProcess start(Map<String, String> environment, ConfDirFolder confDir, String interval) {
        return SegueProcess.start(
                folder,
                environment,
                "--watch",
                "--interval=" + interval,
                "--confdir",
                confDir.path().toString(),
                ETCD.url().toString());
    }
}
