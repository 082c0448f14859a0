package dev.segue.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.segue.plan.Rung;
import dev.segue.settings.Build;
import dev.segue.status.Health;
import dev.segue.status.ResourceStatus;
import dev.segue.status.Sample;
import dev.segue.status.StatusBoard;
import dev.segue.testing.FreePorts;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server, asked by a real client. */
@Timeout(60)
class StatusServerTest {
    private static final Health.Limits LIMITS = Health.Limits.of(Duration.ofSeconds(3), Duration.ofSeconds(60));
    private static final Build BUILD = new Build("1.2.3", "abc1234");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Instant now = Sample.START;
    private final StatusBoard board = new StatusBoard("http://127.0.0.1:2379", () -> now, () -> now);
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private StatusServer server;

    @BeforeEach
    void start() throws IOException {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next());
        server = StatusServer.start(address, board, LIMITS, BUILD);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void healthz_whileTheLoopTurns_isOk() throws Exception {
        HttpResponse<String> answer = get("/healthz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void healthz_ofAStuckLoop_saysSince() throws Exception {
        board.turned(Duration.ofSeconds(10));
        now = now.plusSeconds(41);

        HttpResponse<String> answer = get("/healthz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("the loop has not turned for 41 s, and was to rest for 10 s (limit 30 s more)\n");
    }

    @Test
    void readyz_beforeTheFirstPass_namesWhatIsMissing() throws Exception {
        publish(Sample.pending());

        HttpResponse<String> answer = get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("store http://127.0.0.1:2379: not read yet\nconf.d/nginx.toml: not looked at yet\n");
    }

    @Test
    void readyz_onceAllIsApplied_isOk() throws Exception {
        board.storeRead(42);
        publish(Sample.applied());

        HttpResponse<String> answer = get("/readyz?verbose");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ready\n");
    }

    @Test
    void status_ofAResourceThatOwesItsReload_tellsAllOfIt() throws Exception {
        board.storeRead(42);
        board.publish(
                List.of(Sample.owing(Rung.INSTALLED, Sample.START)),
                new TreeMap<>(Map.of("conf.d/bad.toml", List.of("conf.d/bad.toml:3: \"no\" dest"))));
        board.storeLost("etcd http://127.0.0.1:2379: not reachable");
        now = now.plusSeconds(73);

        HttpResponse<String> answer = get("/status");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(json.get("version").getAsString()).isEqualTo("1.2.3");
        assertThat(json.get("ready").getAsBoolean()).isFalse();
        assertThat(json.getAsJsonArray("not_ready_because").get(1).getAsString())
                .isEqualTo("conf.d/bad.toml:3: \"no\" dest");
        JsonObject store = json.getAsJsonObject("store");
        assertThat(store.get("up").getAsBoolean()).isFalse();
        assertThat(store.get("lost_since").getAsString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(store.get("last_error").getAsString()).isEqualTo("etcd http://127.0.0.1:2379: not reachable");
        assertThat(store.has("up_since")).isFalse();
        JsonObject resource = json.getAsJsonArray("resources").get(0).getAsJsonObject();
        assertThat(resource.get("rung").getAsString()).isEqualTo("installed");
        assertThat(resource.get("state").getAsString()).isEqualTo("failed");
        assertThat(resource.get("applied_revision").getAsLong()).isEqualTo(41);
        assertThat(resource.get("owed_since").getAsString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(resource.get("next_try").getAsString()).isEqualTo("2026-01-02T03:05:35Z");
        assertThat(resource.get("reason").getAsString()).isEqualTo("reload command exited 1");
        assertThat(resource.get("roll_backs").getAsLong()).isEqualTo(1);
        JsonObject refused = json.getAsJsonArray("refused").get(0).getAsJsonObject();
        assertThat(refused.get("name").getAsString()).isEqualTo("conf.d/bad.toml");
        assertThat(refused.get("keeps_earlier").getAsBoolean()).isFalse();
    }

    @Test
    void status_withStoresBesideTheRunsOwn_tellsOfEachAndIsNotReadyWhileOneIsUnread() throws Exception {
        board.storeRead(42);
        publish(Sample.applied());
        board.otherStoresAre(List.of("file b.yaml", "file a.yaml"));
        board.otherStoreRead("file a.yaml", 7);
        board.otherStoreLost("file b.yaml", "file b.yaml: no such file");

        JsonObject json = JsonParser.parseString(get("/status").body()).getAsJsonObject();

        JsonArray stores = json.getAsJsonArray("other_stores");
        assertThat(stores.get(0).getAsJsonObject().get("url").getAsString()).isEqualTo("file a.yaml");
        assertThat(stores.get(0).getAsJsonObject().get("up").getAsBoolean()).isTrue();
        assertThat(stores.get(1).getAsJsonObject().get("up").getAsBoolean()).isFalse();
        assertThat(json.getAsJsonArray("not_ready_because").get(0).getAsString())
                .isEqualTo("store file b.yaml: not read yet: file b.yaml: no such file");

        board.otherStoreRead("file b.yaml", 8);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        board.otherStoresAre(List.of());
        assertThat(get("/status").body()).doesNotContain("file a.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/status", "/metrics"})
    void anyPage_neverShowsTheOutputOfACommand(String path) throws Exception {
        publish(Sample.owing(Rung.INSTALLED, Sample.START));
        now = now.plusSeconds(3600);

        assertThat(get(path).body()).isNotEmpty().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nope", "/healthz/", "/healthz/x"})
    void otherPath_isNotFoundAndListsThePaths(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body().lines()).contains("/healthz", "/readyz", "/status", "/metrics");
    }

    @Test
    void post_isNotAllowed() throws Exception {
        HttpResponse<String> answer = client.send(
                request("/status")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void head_hasTheLengthAndNoBody() throws Exception {
        HttpResponse<String> answer = client.send(
                request("/healthz")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("3");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void start_onATakenPort_fails() {
        assertThatThrownBy(() -> StatusServer.start(address, board, LIMITS, BUILD))
                .isInstanceOf(BindException.class);
    }

    @Test
    void start_onAHostThatNobodyKnows_fails() {
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("nope.invalid", 9105);

        assertThatThrownBy(() -> StatusServer.start(unknown, board, LIMITS, BUILD))
                .hasMessage("no such host: nope.invalid");
    }

    @Test
    void close_freesThePort() throws Exception {
        get("/healthz");
        server.close();

        server = StatusServer.start(address, board, LIMITS, BUILD);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void clientsThatNeverEndTheirRequest_holdUpNobodyElse() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = new Socket(address.getAddress(), address.getPort());
                socket.getOutputStream().write("GET /status HTTP/1.1\r\nHost: x".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                slow.add(socket);
            }

            long before = System.nanoTime();
            assertThat(get("/healthz").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private void publish(ResourceStatus resource) {
        board.publish(List.of(resource), new TreeMap<>());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                .timeout(Duration.ofSeconds(20));
    }
}
