package dev.segue.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An etcd of its own for one contestant, and one kept connection to its HTTP gateway for the puts. */
final class Etcd {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** etcd takes no more in one transaction. */
    private static final int OPERATIONS = 128;

    private final Program program;
    private final int port;
    private final HttpConnection connection;

    private Etcd(Program program, int port, HttpConnection connection) {
        this.program = program;
        this.port = port;
        this.connection = connection;
    }

    /** Starts one with these keys, and waits until they are there. */
    static Etcd start(Session session, Map<String, String> keys)
            throws BenchException, InterruptedException, IOException {
        Path folder = session.folder("etcd");
        int port = session.freePort();
        String url = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + session.freePort();
        Program program = session.start(
                folder.resolve("etcd.log"),
                Map.of(),
                List.of(
                        "etcd",
                        "--name",
                        "bench",
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--listen-client-urls",
                        url,
                        "--advertise-client-urls",
                        url,
                        "--listen-peer-urls",
                        peer,
                        "--initial-advertise-peer-urls",
                        peer,
                        "--initial-cluster",
                        "bench=" + peer,
                        "--log-level",
                        "error"));
        Until.holds(Duration.ofSeconds(20), "etcd answers", program, () -> healthy(url));
        Etcd etcd = new Etcd(program, port, new HttpConnection(port, LIMIT));
        etcd.load(keys);
        return etcd;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Program program() {
        return program;
    }

    /** Sends a put without waiting for its answer, which {@link #awaitAnswer} must fetch. */
    void send(String key, String value) throws IOException {
        connection.post("/v3/kv/put", operation(key, value));
    }

    /** Whether the answer of the first put that awaits one has begun to arrive. */
    boolean answered() throws IOException {
        return connection.answered();
    }

    void awaitAnswer() throws IOException, BenchException {
        HttpConnection.Answer answer = connection.answer();
        if (answer.status() != 200) {
            throw new BenchException("etcd answered a put with " + answer.status() + ": " + answer.body());
        }
    }

    void put(String key, String value) throws IOException, BenchException {
        send(key, value);
        awaitAnswer();
    }

    /** What it has sent to its clients since its start, as it counts itself. */
    double sentBytes() throws IOException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("etcd_network_client_grpc_sent_bytes_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String metrics() throws IOException {
        return fetch(url() + "/metrics");
    }

    private void load(Map<String, String> keys) throws IOException, BenchException {
        List<Map.Entry<String, String>> entries = new ArrayList<>(keys.entrySet());
        for (int from = 0; from < entries.size(); from += OPERATIONS) {
            String operations = entries.subList(from, Math.min(from + OPERATIONS, entries.size())).stream()
                    .map(entry -> "{\"requestPut\":" + operation(entry.getKey(), entry.getValue()) + "}")
                    .collect(Collectors.joining(","));
            connection.post("/v3/kv/txn", "{\"success\":[" + operations + "]}");
            awaitAnswer();
        }
    }

    private static String operation(String key, String value) {
        return "{\"key\":\"" + base64(key) + "\",\"value\":\"" + base64(value) + "\"}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean healthy(String url) {
        try {
            return fetch(url + "/health").contains("\"true\"");
        } catch (IOException e) {
            return false;
        }
    }

    private static String fetch(String url) throws IOException {
        var request = URI.create(url).toURL().openConnection();
        request.setConnectTimeout((int) LIMIT.toMillis());
        request.setReadTimeout((int) LIMIT.toMillis());
        try (var body = request.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
