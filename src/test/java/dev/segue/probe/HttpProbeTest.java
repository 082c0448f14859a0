package dev.segue.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.probe.Answer.Answered;
import dev.segue.probe.Answer.Silent;
import dev.segue.testing.FreePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpProbeTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final HttpProbe probe = new HttpProbe();
    private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()), 0);
        answer("/", 200, "all is well\n");
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @AfterEach
    void noQuestionIsLeftRunning() {
        await().atMost(LONG)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("probe")));
    }

    @Test
    void ask_goodAnswer_isStatusAndBody() {
        assertAnswer(probe.ask(url("/"), LONG), 200, "all is well\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 304, 401, 404, 407, 500, 503})
    void ask_anyStatus_isAnAnswer(int status) {
        answer("/status", status, "");

        assertAnswer(probe.ask(url("/status"), LONG), status, "");
    }

    @Test
    void ask_errorStatus_hasItsBodyToo() {
        answer("/broken", 502, "no upstream");

        assertAnswer(probe.ask(url("/broken"), LONG), 502, "no upstream");
    }

    @Test
    void ask_redirect_isNotFollowed() {
        server.createContext("/old", exchange -> {
            exchange.getResponseHeaders().set("Location", "/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        assertAnswer(probe.ask(url("/old"), LONG), 302, "");
        assertThat(requests).isEmpty();
    }

    @Test
    void ask_goodAnswer_wasAskedForOnceWithoutLeaveToKeepOrCache() {
        probe.ask(url("/"), LONG);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.getRequestMethod()).isEqualTo("GET");
            assertThat(request.getRequestHeaders().get("Connection")).containsExactly("close");
            assertThat(request.getRequestHeaders().get("Cache-Control")).containsExactly("no-cache");
        });
    }

    @Test
    void ask_serverThatKeepsConnections_getsAFreshOneEachTime() throws IOException {
        try (RawServer keeper = RawServer.start(connection -> {
            while (!RawServer.readRequest(connection).isEmpty()) {
                write(connection, "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx");
            }
        })) {
            assertAnswer(probe.ask(keeper.url(), LONG), 200, "x");
            assertAnswer(probe.ask(keeper.url(), LONG), 200, "x");
            assertThat(keeper.connectionCount()).isEqualTo(2);
        }
    }

    @Test
    void ask_longBody_isCutAt64KiB() {
        answer("/long", 200, "x".repeat(1 << 20));

        assertThat(((Answered) probe.ask(url("/long"), LONG)).body()).isEqualTo("x".repeat(64 << 10));
    }

    @Test
    void ask_endlessBody_isCutAt64KiB() throws IOException {
        try (RawServer flood = RawServer.start(connection -> {
            RawServer.readRequest(connection);
            write(connection, "HTTP/1.0 200 OK\r\n\r\n");
            while (true) {
                write(connection, "x".repeat(8_192));
            }
        })) {
            assertThat(((Answered) probe.ask(flood.url(), LONG)).body()).hasSize(64 << 10);
        }
    }

    @Test
    void ask_nobodyListens_isRefused() {
        assertThat(probe.ask(URI.create("http://127.0.0.1:" + FreePorts.next() + "/"), LONG))
                .isEqualTo(new Silent("connection refused"));
    }

    @Test
    void ask_unknownHost_saysSo() {
        assertThat(probe.ask(URI.create("http://no-such-host.invalid/"), LONG))
                .isEqualTo(new Silent("no address found for no-such-host.invalid"));
    }

    @Test
    void ask_nobodyAccepts_isSilentInTime() throws IOException {
        try (ServerSocket deaf = new ServerSocket(FreePorts.next(), 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(deaf.getInetAddress(), deaf.getLocalPort());
                Socket second = new Socket(deaf.getInetAddress(), deaf.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();

            assertSilentInTime(URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/"));
        }
    }

    @Test
    void ask_serverThatHangs_isSilentInTime() throws IOException {
        try (RawServer mute = RawServer.mute()) {
            assertSilentInTime(mute.url());
        }
    }

    @Test
    void ask_serverThatDripsItsHead_isSilentInTime() throws IOException {
        try (RawServer dripping = RawServer.start(connection -> {
            RawServer.readRequest(connection);
            write(connection, "HTTP/1.1 200 OK\r\nX-Long: ");
            drip(connection);
        })) {
            assertSilentInTime(dripping.url());
        }
    }

    @Test
    void ask_serverThatDripsItsBody_isSilentInTime() throws IOException {
        try (RawServer dripping = RawServer.start(connection -> {
            RawServer.readRequest(connection);
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n");
            drip(connection);
        })) {
            assertSilentInTime(dripping.url());
        }
    }

    @Test
    void ask_serverThatOnlyCloses_isSilent() throws IOException {
        try (RawServer rude = RawServer.start(RawServer::readRequest)) {
            assertThat(probe.ask(rude.url(), LONG))
                    .isEqualTo(new Silent("the connection was closed before the answer was whole"));
        }
    }

    @Test
    void ask_serverThatResets_isSilent() throws IOException {
        try (RawServer rude = RawServer.start(connection -> connection.setSoLinger(true, 0))) {
            assertThat(probe.ask(rude.url(), LONG))
                    .isEqualTo(new Silent("the connection was closed before the answer was whole"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nX-Head: half",
                "HTTP/1.1 200",
                "",
            })
    void ask_bodyThatEndsTooSoon_isNoAnswer(String text) throws IOException {
        try (RawServer server = RawServer.answering(text)) {
            assertThat(probe.ask(server.url(), LONG))
                    .isEqualTo(new Silent("the connection was closed before the answer was whole"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u0015\u0003\u0001\u0000\u0002\u0002F",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/",
                "\r\n\r\n\r\n\r\n",
                "HTTP/1.1 99999999999 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 401 No\r\nWWW-Authenticate: \r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n\r\n",
            })
    void ask_strangeAnswer_isAValueAllTheSame(String text) throws IOException {
        try (RawServer server = RawServer.answering(text)) {
            assertThat(probe.ask(server.url(), LONG)).isInstanceOf(Answer.class);
        }
    }

    @Test
    void ask_answerThatIsNotHttp_saysSo() throws IOException {
        try (RawServer server = RawServer.answering("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
            assertThat(probe.ask(server.url(), LONG)).isEqualTo(new Silent("its answer is not HTTP/1.0"));
        }
    }

    @Test
    void ask_headWithoutEnd_isNotHttp() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 2000 " + "x".repeat(1 << 20))) {
            assertThat(probe.ask(server.url(), LONG)).isEqualTo(new Silent("its answer is not HTTP/1.0"));
        }
    }

    @Test
    void ask_pathAndQuery_areSentAsWritten() throws IOException {
        AtomicReference<String> request = new AtomicReference<>("");
        try (RawServer server = RawServer.start(connection -> {
            request.set(RawServer.readRequest(connection));
            write(connection, "HTTP/1.0 200 OK\n\n");
        })) {
            URI url = server.url().resolve("/a%20b?c=d%0d%0aX:y&e#f");

            assertAnswer(probe.ask(url, LONG), 200, "");
            assertThat(request.get())
                    .startsWith("GET /a%20b?c=d%0d%0aX:y&e HTTP/1.0\r\nHost: 127.0.0.1:"
                            + server.url().getPort() + "\r\n");
        }
    }

    @Test
    void ask_hostName_isLookedUp() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.0 200 OK\r\n\r\n")) {
            assertAnswer(probe.ask(URI.create("http://localhost:" + server.url().getPort()), LONG), 200, "");
        }
    }

    @Test
    void ask_httpsOfAServerWithoutTls_saysThatTlsFailed() throws IOException {
        try (RawServer server = RawServer.start(connection -> write(connection, "HTTP/1.0 400 Bad\r\n\r\n"))) {
            Answer answer =
                    probe.ask(URI.create("https://127.0.0.1:" + server.url().getPort()), LONG);

            assertThat(answer).isInstanceOf(Silent.class);
            assertThat(answer.toString()).startsWith("no TLS connection: ");
        }
    }

    @Test
    void ask_threadThatIsInterrupted_returnsAtOnceAndStaysInterrupted() throws IOException {
        try (RawServer mute = RawServer.mute()) {
            Thread.currentThread().interrupt();

            Answer answer = probe.ask(mute.url(), SHORT);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer).isEqualTo(new Silent("cancelled"));
        }
    }

    @Test
    void ask_otherKindOfUrl_isRefused() {
        assertThatThrownBy(() -> probe.ask(URI.create("file:///etc/passwd"), LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an http or https URL with a host");
    }

    @Test
    void toString_answered_leavesTheBodyOut() {
        assertThat(new Answered(200, "X-Secret: another", "a value of the store"))
                .hasToString("answered 200");
    }

    @Test
    void says_textOfTheBodyOrOfAHeaderField_isTrue() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.0 200 Fine\r\nDigest: 17\r\nServer: x\r\n\r\n18")) {
            Answered answer = (Answered) probe.ask(server.url(), LONG);

            assertThat(Stream.of("17", "18", "19", "Fine").filter(answer::says)).containsExactly("17", "18");
        }
    }

    private static void assertAnswer(Answer answer, int status, String body) {
        assertThat(answer).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(status);
            assertThat(answered.body()).isEqualTo(body);
        });
    }

    private void assertSilentInTime(URI url) {
        long start = System.nanoTime();

        Answer answer = probe.ask(url, SHORT);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plusSeconds(5));
        assertThat(answer).isEqualTo(new Silent("no answer within 0.3 s"));
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (!path.equals("/")) {
            server.createContext(path, exchange -> respond(exchange, status, bytes));
            return;
        }
        server.createContext(path, exchange -> {
            requests.add(exchange);
            respond(exchange, status, bytes);
        });
    }

    private static void respond(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A byte now and then, until the client is gone. */
    private static void drip(Socket connection) throws IOException, InterruptedException {
        while (true) {
            write(connection, "x");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
