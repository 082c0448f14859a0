package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.AppProcess;
import dev.segue.testing.AppServer;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.NginxServer;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.SteadyLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HAProxy and Apache with the samples as they are: the book's story, and one server taking another's place under load. */
@Tag("server")
@Timeout(600)
class OtherServersTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(5);
    private static final int CUTOVERS = 20;

    @TempDir
    Path folder;

    @BeforeEach
    void anEmptyStore() {
        ETCD.deletePrefix("/");
    }

    @ParameterizedTest
    @EnumSource
    void upstreamKeys_comeAndGo_serverFollowsAndNobodyNotices(SampleServer.Kind kind) throws IOException {
        try (SampleServer server = SampleServer.in(folder, kind);
                AppServer py1 = AppServer.start("py1");
                AppServer py2 = AppServer.start("py2")) {
            ETCD.put("/app/upstream/py1", py1.endpoint());
            try (SegueProcess segue = start(server)) {
                awaitAnswers(server, Set.of("py1"));
                try (SteadyLoad load = SteadyLoad.on(server.port(), BETWEEN_REQUESTS)) {
                    ETCD.put("/app/upstream/py2", py2.endpoint());
                    awaitAnswers(server, Set.of("py1", "py2"));

                    ETCD.delete("/app/upstream/py1");
                    await().atMost(PATIENCE).until(() -> segue.linesWith("has been updated") == 3);
                    awaitAnswers(server, Set.of("py2"));

                    assertThat(load.sent()).isPositive();
                    assertThat(load.failures()).as(segue.log()).isEmpty();
                }
                ETCD.delete("/app/upstream/py2");
                segue.awaitLog("held: no key below /app/upstream");
                assertThat(NginxServer.fetch(server.port(), "/")).isEqualTo("py2");
                assertThat(segue.terminate()).as(segue.log()).isZero();
                assertThat(NginxServer.fetch(server.port(), "/")).isEqualTo("no answer");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void switch_againAndAgainUnderLoad_noRequestFailsThoughTheOldServerIsKilledAtOnce(SampleServer.Kind kind)
            throws IOException {
        AppProcess current = AppProcess.start();
        ETCD.put("/app/upstream/s0", current.endpoint());
        List<CompletableFuture<String>> slow = new ArrayList<>();
        try (SampleServer server = SampleServer.in(folder, kind);
                SegueProcess segue = start(server)) {
            awaitAnswers(server, Set.of("ok\n"));
            try (SteadyLoad load = SteadyLoad.on(server.port(), BETWEEN_REQUESTS)) {
                for (int i = 0; i < CUTOVERS; i++) {
                    if (i % 5 == 1) {
                        slow.add(CompletableFuture.supplyAsync(() -> NginxServer.fetch(server.port(), "/slow")));
                    }
                    AppProcess next = AppProcess.start();
                    SegueProcess run = switchServers(i, next);
                    assertThat(run.exitCode())
                            .as(run.out() + run.log() + segue.log())
                            .isZero();
                    assertThat(run.out()).contains("safe to stop");
                    current.close();
                    current = next;
                }
                assertThat(load.sent()).isPositive();
                assertThat(load.failures()).as(segue.log()).isEmpty();
            }
            assertThat(slow.stream().map(CompletableFuture::join)).isNotEmpty().allMatch("ok\n"::equals);
        } finally {
            current.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void fileThatTheServerRefuses_neverReachesIt(SampleServer.Kind kind) throws IOException {
        try (SampleServer server = SampleServer.in(folder, kind);
                AppServer py1 = AppServer.start("py1")) {
            ETCD.put("/app/upstream/py1", py1.endpoint());
            Path confDir = server.confDir();
            try (SegueProcess segue = start(server, confDir)) {
                awaitAnswers(server, Set.of("py1"));
                String good = Files.readString(server.target());
                try (var templates = Files.list(confDir.resolve("templates"))) {
                    for (Path template : templates.toList()) {
                        Files.writeString(template, "nonsense ${getv('/app/upstream/py1')}\n");
                    }
                }
                segue.awaitLog("check command exited 1");
                assertThat(server.target()).hasContent(good);
                assertThat(NginxServer.fetch(server.port(), "/")).isEqualTo("py1");
            }
        }
    }

    private SegueProcess start(SampleServer server) throws IOException {
        return start(server, server.confDir());
    }

    private SegueProcess start(SampleServer server, Path confDir) {
        List<String> arguments = new ArrayList<>(List.of(
                "--watch",
                "--acknowledge",
                "web",
                "--confdir",
                confDir.toString(),
                ETCD.url().toString(),
                "--"));
        arguments.addAll(server.command());
        return SegueProcess.start(folder, server.environment(), arguments.toArray(String[]::new));
    }

    private SegueProcess switchServers(int number, AppProcess next) {
        return SegueProcess.start(
                folder,
                "switch",
                "--group",
                "web",
                "--put",
                "/app/upstream/s" + (number + 1) + "=" + next.endpoint(),
                "--delete",
                "/app/upstream/s" + number,
                ETCD.url().toString());
    }

    private static void awaitAnswers(SampleServer server, Set<String> names) {
        await().atMost(PATIENCE)
                .until(() -> IntStream.range(0, 6)
                        .mapToObj(i -> NginxServer.fetch(server.port(), "/"))
                        .collect(Collectors.toCollection(TreeSet::new))
                        .equals(names));
    }
}
