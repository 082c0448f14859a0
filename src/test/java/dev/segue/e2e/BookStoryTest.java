package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.AppServer;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.NginxServer;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.SteadyLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Docker in Practice", technique 75, on a real etcd and a real nginx, with the sample resource and template. */
@Tag("server")
@Timeout(120)
class BookStoryTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--interval=1", "--watch"})
    void upstreamKeys_comeAndGo_nginxFollowsAndNobodyNotices(String mode) throws IOException {
        ETCD.deletePrefix("/");
        try (AppServer py1 = AppServer.start("py1");
                AppServer py2 = AppServer.start("py2");
                NginxServer nginx = NginxServer.start(folder);
                SegueProcess segue = SegueProcess.start(
                        folder,
                        SampleConfDir.environment(nginx),
                        mode,
                        "--confdir",
                        SampleConfDir.in(folder, nginx).toString(),
                        ETCD.url().toString())) {
            segue.awaitLog("Using " + ETCD.url() + " as backend");
            segue.awaitLog("/app/upstream");
            assertThat(nginx.fetch("/")).isEqualTo("no answer");

            ETCD.put("/app/upstream/py1", py1.endpoint());
            await().atMost(PATIENCE).until(() -> nginx.fetch("/").equals("py1"));
            try (SteadyLoad load = SteadyLoad.on(nginx.port())) {
                ETCD.put("/app/upstream/py2", py2.endpoint());
                await().atMost(PATIENCE).until(() -> answers(nginx).equals(Set.of("py1", "py2")));

                ETCD.delete("/app/upstream/py1");
                // With others asking meanwhile, six answers from py2 may be chance while py1 is still there.
                await().atMost(PATIENCE).until(() -> segue.linesWith("has been updated") == 3);
                await().atMost(PATIENCE).until(() -> answers(nginx).equals(Set.of("py2")));

                assertThat(load.sent()).isPositive();
                assertThat(load.failures()).isEmpty();
            }
            String conf = Files.readString(nginx.confD().resolve("app.conf"));
            await().atMost(PATIENCE)
                    .until(() -> conf.contains(
                            "return 200 \"" + nginx.fetchSecond("/").strip() + "\\n\";"));
            assertThat(segue.terminate()).isZero();
            assertThat(segue.linesWith("has been updated")).isEqualTo(3);
            assertThat(nginx.reloads()).isEqualTo(3);
        }
    }

    private static Set<String> answers(NginxServer nginx) {
        return new TreeSet<>(nginx.fetch("/", 6));
    }
}
