package dev.segue.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.FreePorts;
import dev.segue.testing.NginxServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An nginx that takes the signal and refuses the file, or is not there yet; three resources share its reload. */
@Tag("server")
@Timeout(180)
class NginxFaultsTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private final Map<String, Integer> ports = new TreeMap<>();
    private final List<ServerSocket> sockets = new ArrayList<>();
    private NginxServer nginx;
    private ConfDirFolder confDir;
    private StateDir stateDir;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.deletePrefix("/");
        nginx = NginxServer.start(folder);
        Path own = Files.createDirectory(nginx.confD().resolveSibling("segue"));
        confDir = ConfDirFolder.in(own);
        stateDir = new StateDir(own.resolve("state"));
        for (String name : new String[] {"a", "b", "c"}) {
            ports.put(name, FreePorts.next());
            ETCD.put("/" + name + "/text", "one");
        }
    }

    @AfterEach
    void close() throws IOException {
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        nginx.close();
    }

    /** The reload command succeeds, because the signal was sent; nobody but nginx's own log says that it was refused. */
    @Test
    void newPortIsTaken_oldFileComesBackUntilThePortIsFree() throws IOException {
        resource("a");
        ServerSocket taken = taken();
        try (SegueProcess segue = start()) {
            awaitServed("a", "one");
            String before = Files.readString(target("a"));

            putPortAndText("a", taken.getLocalPort());
            segue.awaitLog("WARN conf.d/a.toml: verify_url http://127.0.0.1:" + port("a") + "/ still says after 2 s: "
                    + "another digest than ");
            assertThat(target("a")).hasContent(before);
            assertThat(nginx.errorLog()).contains("Address already in use");
            assertThat(fetch(port("a"))).startsWith("one ");
            assertThat(stateDir.owed(target("a"))).isEqualTo("nothing");
            assertThat(stateDir.rejected(target("a"))).endsWith(", 1 time");

            int port = taken.getLocalPort();
            taken.close();
            awaitServed("a", "two");
            assertThat(fetch(port)).startsWith("two ");
            segue.awaitLog("INFO conf.d/a.toml: recovered after ");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void oneOfThreeIsRefused_onlyThatOneStaysBehind() throws IOException {
        resource("a");
        resource("b");
        resource("c");
        ServerSocket taken = taken();
        try (SegueProcess segue = start()) {
            awaitServed("a", "one");
            awaitServed("b", "one");
            awaitServed("c", "one");

            ETCD.putTogether(Map.of(
                    "/a/text",
                    "two",
                    "/b/text",
                    "two",
                    "/b/listen",
                    "127.0.0.1:" + taken.getLocalPort(),
                    "/c/text",
                    "two"));
            awaitServed("a", "two");
            awaitServed("c", "two");
            segue.awaitLog("WARN conf.d/b.toml: verify_url ");
            assertThat(fetch(port("b"))).startsWith("one ");
            assertThat(Files.readString(target("b"))).contains("\"one ");
            assertThat(stateDir.owed(target("b"))).isEqualTo("nothing");
            assertThat(segue.linesWith("WARN conf.d/a.toml")).isZero();
            assertThat(segue.linesWith("WARN conf.d/c.toml")).isZero();

            taken.close();
            awaitServed("b", "two");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void oneOfThreeIsNoConfiguration_onlyThatOneStaysBehind() throws IOException {
        resource("a");
        resource("b");
        resource("c");
        try (SegueProcess segue = start()) {
            awaitServed("a", "one");
            awaitServed("b", "one");
            awaitServed("c", "one");

            ETCD.putTogether(
                    Map.of("/a/text", "two", "/b/text", "two", "/b/listen", "no port at all", "/c/text", "two"));
            awaitServed("a", "two");
            awaitServed("c", "two");
            segue.awaitLog("WARN conf.d/b.toml: reload command exited 1; " + target("b")
                    + " is as it was before, and its program was told");
            assertThat(fetch(port("b"))).startsWith("one ");

            ETCD.delete("/b/listen");
            awaitServed("b", "two");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void nginxIsNotUpYet_fileWaitsForItAndTheReloadIsPaid() throws IOException {
        nginx.close();
        resource("a");
        try (SegueProcess segue = start()) {
            segue.awaitLog("WARN conf.d/a.toml: reload command exited 1");
            assertThat(target("a")).exists();
            assertThat(stateDir.owed(target("a"))).isEqualTo("reload");

            Process later = new ProcessBuilder("nginx", "-c", nginx.mainConf().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("later.out").toFile())
                    .start();
            try {
                awaitServed("a", "one");
                segue.awaitLog("INFO conf.d/a.toml: recovered after ");
                assertThat(segue.terminate()).isZero();
            } finally {
                later.destroy();
                later.onExit().join();
            }
        }
    }

    /** The server {@code name} says its text and its digest on its port and on those below its key {@code listen}. */
    private void resource(String name) throws IOException {
        confDir.template(name + ".ftl", """
                server {
                    listen 127.0.0.1:%2$d;
                    <#if exists("/%1$s/listen")>listen ${getv("/%1$s/listen")};</#if>
                    location / { return 200 "${getv("/%1$s/text")} ${digest()}"; }
                }
                """.formatted(name, ports.get(name)));
        confDir.resource(
                name + ".toml",
                name + ".ftl",
                target(name),
                "/" + name,
                "reload_cmd = \"" + nginx.reloadCommand() + "\"",
                "verify_url = \"http://127.0.0.1:" + ports.get(name) + "/\"",
                "verify_timeout = \"2s\"");
    }

    private Path target(String name) {
        return nginx.confD().resolve(name + ".conf");
    }

    private SegueProcess start() {
        return SegueProcess.start(
                folder,
                "--watch",
                "--interval=1h",
                "--state-dir",
                stateDir.path().toString(),
                "--confdir",
                confDir.path().toString(),
                ETCD.url().toString());
    }

    private static void putPortAndText(String name, int port) {
        ETCD.putTogether(Map.of("/" + name + "/text", "two", "/" + name + "/listen", "127.0.0.1:" + port));
    }

    /** A port that somebody else listens on. */
    private int port(String name) {
        return requireNonNull(ports.get(name));
    }

    private ServerSocket taken() throws IOException {
        ServerSocket socket = new ServerSocket(FreePorts.next(), 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        return socket;
    }

    private void awaitServed(String name, String text) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            assertThat(fetch(port(name))).startsWith(text + " ");
            assertThat(stateDir.owed(target(name))).isEqualTo("nothing");
            assertThat(stateDir.leftovers()).isEmpty();
        });
    }

    private static String fetch(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(PATIENCE)
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "no answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
