package dev.segue.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.FreePorts;
import dev.segue.testing.NginxServer;
import dev.segue.testing.ReloadingServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code segue URL -- COMMAND}: a program that is started after the first sync, and whose end is Segue's. */
@Tag("server")
@Timeout(120)
class SupervisedChildTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration LAST_GRACE = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final int apachePort = FreePorts.next();
    private Site site;
    private Path told;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv('/app/name')}");
        told = site.note("told");
    }

    @Test
    void child_startsAfterTheFirstSyncWithoutAReloadAndItsExitCodeIsOurs() throws IOException {
        Path reloads = site.note("reloads");
        site.oldTarget("app").resource("app", "app.ftl", "reload_cmd = \"echo >> " + reloads + "\"");

        try (SegueProcess segue = startChild("cat " + site.target("app") + " > " + told + "; exit 7")) {
            assertThat(segue.exitCode()).isEqualTo(7);
            assertThat(told).hasContent("app x");
            assertThat(reloads).doesNotExist();
            assertThat(segue.messages()).endsWith("INFO sh ended with exit code 7");
        }
    }

    @Test
    void change_whileTheChildRuns_isReloaded() throws IOException {
        site.resource("app", "app.ftl", "reload_cmd = \"echo reloaded >> " + told + "\"");

        try (SegueProcess segue = startChild("exec sleep 1000")) {
            segue.awaitLog("INFO Started sh, pid ");
            ETCD.put("/app/name", "y");
            site.awaitText("app", "app y");
            Site.awaitText(told, "reloaded\n");

            assertThat(segue.terminate()).isEqualTo(143);
        }
    }

    @Test
    void childThatEndsWhileAReloadHangs_isNotOutlived() throws IOException {
        site.resource("app", "app.ftl", "reload_cmd = \"echo hangs > " + told + "; sleep 1000\"");

        try (SegueProcess segue = startChild("until test -e " + told + "; do sleep 0.05; done; exit 7")) {
            segue.awaitLog("INFO Started sh, pid ");
            ETCD.put("/app/name", "z");
            segue.awaitLog("INFO sh ended with exit code 7");
            long start = System.nanoTime();

            assertThat(segue.exitCode()).isEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LAST_GRACE.multipliedBy(5));
            assertThat(site.leftovers()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"sh, TERM", "nginx, QUIT", "haproxy, USR1", "apache2, WINCH"})
    void stop_reachesTheChildAsTheSignalThatItTakesAndWaitsForIt(String program, String signal) throws IOException {
        Path script = pretender(program, signal);

        try (SegueProcess segue = start(script.toString())) {
            Site.awaitText(told, "ready\n");
            segue.awaitLog("INFO Started " + script);

            assertThat(segue.terminate()).isEqualTo(5);
            assertThat(told).hasContent(signal + "\n");
            assertThat(segue.messages())
                    .endsWith("INFO Captured terminated. Exiting...", "INFO " + script + " ended with exit code 5");
        }
    }

    /** nginx drops what it serves on INT, which a terminal sends to whoever is in the group of what it runs. */
    @Test
    void ctrlCOnATerminal_reachesTheChildAsTheSignalThatItTakesAlone() throws IOException {
        Path script = pretender("nginx", "QUIT");

        try (SegueProcess segue = SegueProcess.startOnTerminal(folder, arguments(script.toString()))) {
            Site.awaitText(told, "ready\n");
            segue.type("\003");

            assertThat(segue.exitCode()).as(segue.out()).isEqualTo(5);
            assertThat(told).hasContent("QUIT\n");
            assertThat(segue.out()).contains("Captured interrupt. Exiting...");
        }
    }

    /** A program of that name that ends on {@code signal}, and tells which it got. */
    private Path pretender(String program, String signal) throws IOException {
        Path script = Files.writeString(site.note(program), """
                #!/bin/sh
                trap 'echo %2$s > %1$s; exit 5' %2$s
                echo ready > %1$s
                while :; do sleep 0.05; done
                """.formatted(told, signal));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void secondStop_childThatIgnoresEverything_isKilledAfterASecond() {
        try (SegueProcess segue =
                startChild("trap '' TERM INT; echo ready > " + told + "; while :; do sleep 0.05; done")) {
            Site.awaitText(told, "ready\n");
            segue.signal("TERM");
            segue.awaitLog("INFO Captured terminated. Exiting...");

            long start = System.nanoTime();
            segue.signal("TERM");

            assertThat(segue.exitCode()).isEqualTo(137);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LAST_GRACE, LAST_GRACE.multipliedBy(3));
            assertThat(segue.messages())
                    .endsWith(
                            "INFO Captured terminated again. Not waiting any longer",
                            "INFO sh ended with exit code 137");
        }
    }

    @Test
    void stop_nginxWithARequestUnderWay_waitsForItUntilASecondSignal() throws Exception {
        assumeTrue(NginxServer.isInstalled(), "nginx is not installed");
        int port = FreePorts.next();
        Path conf = site.note("nginx.conf");
        try (ServerSocket neverAnswers = new ServerSocket(FreePorts.next())) {
            Files.writeString(conf, """
                    daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log notice;
                    events { worker_connections 64; }
                    http {
                        access_log off;
                        client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                        uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                        server { listen 127.0.0.1:%2$d; location / { proxy_pass http://127.0.0.1:%3$d; } }
                    }
                    """.formatted(folder, port, neverAnswers.getLocalPort()));
            try (SegueProcess segue = start(
                            "nginx",
                            "-c",
                            conf.toString(),
                            "-e",
                            folder.resolve("error.log").toString());
                    Socket request = ask(port);
                    Socket asked = neverAnswers.accept()) {
                segue.signal("TERM");
                await().atMost(LAST_GRACE.multipliedBy(20))
                        .until(() ->
                                Files.readString(folder.resolve("error.log")).contains("gracefully shutting down"));
                assertThat(segue.isAlive()).isTrue();
                assertThat(asked.isConnected()).isTrue();

                segue.signal("TERM");

                assertThat(segue.exitCode()).isZero();
                assertThat(segue.messages()).endsWith("INFO nginx ended with exit code 0");
                assertThat(request.getInputStream().read()).isEqualTo(-1);
                assertThat(folder.resolve("nginx.pid")).doesNotExist();
            }
        }
    }

    private static Socket ask(int port) {
        return await().atMost(LAST_GRACE.multipliedBy(20))
                .ignoreExceptions()
                .until(
                        () -> {
                            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
                            return socket;
                        },
                        socket -> true);
    }

    /** Its prefork sends TERM to its whole process group when it ends, however gracefully. */
    @Test
    void stop_apache_isHeardOnceAndEndsItGracefully() throws IOException {
        try (SegueProcess segue = startApache()) {
            assertThat(segue.terminate()).isZero();
            assertThat(segue.messages())
                    .endsWith("INFO Captured terminated. Exiting...", "INFO apache2 ended with exit code 0");
            assertThat(Files.readString(folder.resolve("log"))).contains("caught SIGWINCH, shutting down gracefully");
        }
    }

    @Test
    void apacheIsStoppedByOthers_isNoSignalForSegue() throws IOException {
        try (SegueProcess segue = startApache()) {
            apache().destroy();

            assertThat(segue.exitCode()).isZero();
            assertThat(segue.messages()).endsWith("INFO apache2 ended with exit code 0");
            assertThat(segue.linesWith("Captured")).isZero();
        }
    }

    @Test
    void apacheKilled_noneOfItsWorkersHoldsThePort() throws IOException {
        try (SegueProcess segue = startApache()) {
            apache().destroyForcibly();

            assertThat(segue.exitCode()).isEqualTo(137);
            await().atMost(LAST_GRACE.multipliedBy(20)).ignoreExceptions().until(() -> {
                try (ServerSocket next = new ServerSocket(apachePort, 1, InetAddress.getLoopbackAddress())) {
                    return next.isBound();
                }
            });
        }
    }

    private SegueProcess startApache() throws IOException {
        assumeTrue(ReloadingServer.isInstalled("apache2"), "apache2 is not installed");
        Path conf = Files.writeString(site.note("apache.conf"), """
                ServerName localhost
                PidFile %1$s/pid
                ErrorLog %1$s/log
                DefaultRuntimeDir %1$s
                User www-data
                Group www-data
                LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
                LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
                Listen 127.0.0.1:%2$d
                """.formatted(folder, apachePort));
        SegueProcess segue = start("apache2", "-d", folder.toString(), "-f", conf.toString(), "-DFOREGROUND");
        await().atMost(LAST_GRACE.multipliedBy(20)).ignoreExceptions().until(() -> {
            try (Socket socket = ask(apachePort)) {
                return socket.getInputStream().read() > 0;
            }
        });
        return segue;
    }

    private ProcessHandle apache() throws IOException {
        return ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
                .orElseThrow();
    }

    @Test
    void childKilled_isTheSignalsNumber() {
        try (SegueProcess segue = startChild("kill -KILL $$")) {
            assertThat(segue.exitCode()).isEqualTo(137);
        }
    }

    @Test
    void childThatCannotBeStarted_isAnErrorAfterTheFirstSync() {
        try (SegueProcess segue = start("/no/such/program", "-g", "daemon off;")) {
            assertThat(segue.exitCode()).isEqualTo(3);
            assertThat(segue.messages())
                    .endsWith("ERROR /no/such/program: could not be started: no such file or directory");
        }
        assertThat(site.text("good")).isEqualTo("good 0");
    }

    @Test
    void childsOutput_isOurs() {
        try (SegueProcess segue = startChild("echo to out; echo to err >&2")) {
            assertThat(segue.exitCode()).isZero();
            assertThat(segue.out()).isEqualTo("to out\n");
            assertThat(segue.messages()).contains("to err");
        }
    }

    @Test
    void storeNotThere_childStartsWithTheFilesThatAreThere() throws IOException {
        site.oldTarget("good");
        ETCD.stop();
        try (SegueProcess segue = startChild("cat " + site.target("good") + " > " + told + "; exec sleep 1000")) {
            Site.awaitText(told, "old good");

            ETCD.start();
            site.awaitGoodFollows();
            assertThat(segue.terminate()).isEqualTo(143);
        } finally {
            ETCD.stop();
            ETCD.start();
        }
    }

    private SegueProcess startChild(String shellScript) {
        return start("sh", "-c", shellScript);
    }

    private SegueProcess start(String... child) {
        return site.startBare(arguments(child));
    }

    private String[] arguments(String... child) {
        Stream<String> segue = Stream.of(
                "--watch",
                "--interval=1h",
                "--confdir",
                site.confDir().toString(),
                ETCD.url().toString(),
                "--");
        return Stream.concat(segue, Stream.of(child)).toArray(String[]::new);
    }
}
