package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.FreePorts;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The four pages of {@code --http}, asked of the built jar. */
@Tag("server")
@Timeout(120)
class WatchingTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = FreePorts.next();

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void site() throws IOException {
        site = Site.in(folder, ETCD);
    }

    @Test
    void resourceThatOwesItsReload_isNotReadyUntilItsProgramIsUp() throws IOException {
        ETCD.put("/app/name", "never-shown");
        site.template("app.ftl", "app ${getv(\"/app/name\")}")
                .resource(
                        "app", "app.ftl", "reload_cmd = \"cat {{.dest}}; test -e " + site.note("program-is-up") + "\"");
        String[] start = {
            "--confdir",
            site.confDir().toString(),
            "--interval=1h",
            "--http=127.0.0.1:" + port,
            ETCD.url().toString()
        };
        try (SegueProcess segue = SegueProcess.start(folder, Map.of("SEGUE_SECRET", "never-told"), start)) {
            segue.awaitLog("INFO State is served on http://127.0.0.1:" + port);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(get("/readyz").body())
                            .startsWith("conf.d/app.toml: not applied yet: reload command exited 1"));
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(get("/healthz").body()).isEqualTo("ok\n");
            assertThat(get("/status").body())
                    .contains("\"state\": \"failed\"", ETCD.url().toString());
            assertThat(get("/metrics").body()).contains("segue_resource_applied{resource=\"conf.d/good.toml\"} 1.0");
            for (String path : new String[] {"/healthz", "/readyz", "/status", "/metrics"}) {
                assertThat(get(path).body()).doesNotContain("never-shown").doesNotContain("never-told");
            }

            Files.createFile(site.note("program-is-up"));
            await().atMost(Duration.ofSeconds(20)).until(() -> get("/readyz").statusCode() == 200);
            assertThat(get("/metrics").body()).contains("segue_resource_applied{resource=\"conf.d/app.toml\"} 1.0");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void storeThatIsNotThere_isSaidBeforeAnythingIsApplied() {
        String nobody = "http://127.0.0.1:" + FreePorts.next();
        try (SegueProcess segue = SegueProcess.start(
                folder, "--confdir", site.confDir().toString(), "--http=127.0.0.1:" + port, nobody)) {
            segue.awaitLog("WARN");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(get("/readyz").body()).startsWith("store " + nobody + ": not read yet: "));
            assertThat(get("/readyz").body()).contains("conf.d/good.toml: not looked at yet");
            assertThat(get("/metrics").body()).contains("segue_store_up 0.0");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void clientThatNeverEndsItsRequest_isCutOff() throws IOException {
        try (SegueProcess segue = site.start("--http=127.0.0.1:" + port)) {
            segue.awaitLog("INFO State is served on http://127.0.0.1:" + port);
            try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
                slow.getOutputStream().write("GET /status HTTP/1.1\r\nHost: x".getBytes(StandardCharsets.US_ASCII));
                slow.getOutputStream().flush();
                // The server ends the connection, so the read comes to an end.
                slow.setSoTimeout(20_000);
                assertThat(slow.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void portThatIsTaken_endsTheRun() throws IOException {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                SegueProcess segue = site.start("--http=127.0.0.1:" + taken.getLocalPort())) {
            assertThat(segue.exitCode()).isEqualTo(3);
            assertThat(segue.messages())
                    .contains("ERROR --http 127.0.0.1:" + port + ": cannot listen there: Address already in use");
            assertThat(site.target("good")).doesNotExist();
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
