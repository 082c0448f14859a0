package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.AppProcess;
import dev.segue.testing.AppServer;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.FreePorts;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.SteadyLoad;
import dev.segue.testing.TcpGate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two nginx under load, and behind them servers that come and go, each under {@code segue register}. */
@Tag("server")
@Timeout(300)
class RollingRestartTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RESTARTS = 4;

    @TempDir
    Path folder;

    private NginxGroup web;
    private final List<SegueProcess> servers = new ArrayList<>();

    @BeforeEach
    void startMembers() throws IOException {
        web = NginxGroup.in(folder, ETCD);
        ETCD.deletePrefix("/");
        web.member("web1");
        web.member("web2");
    }

    @AfterEach
    void stopAll() throws Exception {
        servers.forEach(SegueProcess::endWithChild);
        web.end();
    }

    @Test
    void servers_restartedOneAfterAnotherUnderLoad_noRequestFails() {
        SegueProcess current = startServer(0, FreePorts.next());
        List<SteadyLoad> loads = new ArrayList<>(web.load());
        web.servers().forEach(nginx -> loads.add(web.own(SteadyLoad.on(nginx.port(), "/slow/2500", Duration.ZERO))));
        for (int i = 1; i <= RESTARTS; i++) {
            SegueProcess next = startServer(i, FreePorts.next());
            assertThat(current.terminate()).as(current.log()).isEqualTo(143);
            assertThat(current.log()).contains("/app/upstream/s" + (i - 1) + ": safe to stop, after ");
            current = next;
        }
        loads.forEach(SteadyLoad::close);
        System.out.println(RESTARTS + " restarts, "
                + loads.stream().mapToLong(SteadyLoad::sent).sum() + " requests");
        assertThat(loads).allSatisfy(load -> {
            assertThat(load.failures()).isEmpty();
            assertThat(load.sent()).isPositive();
        });
    }

    @Test
    void server_unwell_isLeftOutUntilItIsWellAgain() throws IOException {
        startServer(0, FreePorts.next());
        int port = FreePorts.next();
        TcpGate health = web.own(TcpGate.to(web.own(AppServer.start("well")).port()));
        startServer(1, port, "--probe", "http://127.0.0.1:" + health.port() + "/");
        List<SteadyLoad> loads = web.load();
        Path upstream = web.servers().get(0).confD().resolve("app.conf");
        assertThat(Site.text(upstream)).contains("server 127.0.0.1:" + port);

        health.cut();
        await().atMost(PATIENCE).until(() -> !Site.text(upstream).contains("server 127.0.0.1:" + port));
        health.open();
        await().atMost(PATIENCE).until(() -> Site.text(upstream).contains("server 127.0.0.1:" + port));

        loads.forEach(SteadyLoad::close);
        assertThat(loads).allSatisfy(load -> assertThat(load.failures()).isEmpty());
    }

    /** Starts one under {@code segue register} and waits until both nginx use it. */
    private SegueProcess startServer(int number, int port, String... flags) {
        String key = "/app/upstream/s" + number;
        List<String> arguments = new ArrayList<>(List.of(
                "register",
                "--group",
                "web",
                "--key",
                key,
                "--value",
                "127.0.0.1:" + port,
                "--probe",
                "http://127.0.0.1:" + port + "/",
                "--probe-interval",
                "100ms",
                ETCD.url().toString()));
        arguments.addAll(Arrays.asList(flags));
        arguments.add("--");
        arguments.addAll(AppProcess.command(port));
        SegueProcess server = web.start(arguments);
        servers.add(server);
        server.awaitLog(key + ": registered");
        SegueProcess wait = web.segue("wait", "--group", "web", "--members", "2", "--key", key);
        assertThat(wait.exitCode()).as(wait.out() + wait.log()).isZero();
        return server;
    }
}
