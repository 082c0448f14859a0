package dev.segue.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real nginx with a configuration folder of its own, on a free port of 127.0.0.1. */
public final class NginxServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final int port;
    private final int secondPort = FreePorts.next();
    private final Process master;

    private NginxServer(Path folder, int port, Process master) {
        this.folder = folder;
        this.port = port;
        this.master = master;
    }

    /** Starts nginx below {@code parent}; the test is skipped where there is no nginx. */
    public static NginxServer start(Path parent) throws IOException {
        return start(parent, "");
    }

    /** As {@link #start(Path)}, with {@code httpBlock} as further text of its http block. */
    public static NginxServer start(Path parent, String httpBlock) throws IOException {
        assumeTrue(isInstalled(), "nginx is not installed");
        Path folder = Files.createTempDirectory(parent, "nginx");
        int port = FreePorts.next();
        Files.createDirectories(folder.resolve("conf.d"));
        Files.writeString(folder.resolve("nginx.conf"), """
                worker_processes 2;
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log notice;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                    %2$s
                    include %1$s/conf.d/*.conf;
                }
                """.formatted(folder, httpBlock));
        Process master = new ProcessBuilder(
                        "nginx",
                        "-c",
                        folder.resolve("nginx.conf").toString(),
                        "-e",
                        folder.resolve("error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        NginxServer server = new NginxServer(folder, port, master);
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("nginx.pid")));
        return server;
    }

    /** True if this machine has nginx. */
    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, "nginx")));
    }

    /** A port of 127.0.0.1 that the test's configuration may listen on. */
    public int port() {
        return port;
    }

    /** Another one. */
    public int secondPort() {
        return secondPort;
    }

    /** The folder whose {@code *.conf} files nginx includes into its http block. */
    public Path confD() {
        return folder.resolve("conf.d");
    }

    public Path mainConf() {
        return folder.resolve("nginx.conf");
    }

    /** Where it wrote the pid of its master. */
    public Path pidFile() {
        return folder.resolve("nginx.pid");
    }

    /** What makes this nginx, and no other, take up its configuration. */
    public String reloadCommand() {
        return "nginx -c " + mainConf() + " -e " + folder.resolve("error.log") + " -s reload";
    }

    public String errorLog() throws IOException {
        return Files.readString(folder.resolve("error.log"));
    }

    /** How many times nginx took up its configuration anew. */
    public long reloads() throws IOException {
        return errorLog()
                .lines()
                .filter(line -> line.contains("(SIGHUP) received"))
                .count();
    }

    /** The body of one GET on a new or kept connection; {@code status N} for anything but 200. */
    public String fetch(String path) {
        return fetch(port, path);
    }

    /** As {@link #fetch(String)}, from the other port. */
    public String fetchSecond(String path) {
        return fetch(secondPort, path);
    }

    /** As {@link #fetch(String)}, from whatever listens on {@code port}. */
    public static String fetch(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "status " + response.statusCode();
        } catch (IOException e) {
            return "no answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** The bodies of {@code count} GETs, one after another. */
    public List<String> fetch(String path, int count) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(fetch(path));
        }
        return bodies;
    }

    @Override
    public void close() {
        master.destroy();
        master.onExit().join();
    }
}
