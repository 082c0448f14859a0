package dev.segue.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.segue.command.OlderWorkers.State;
import dev.segue.command.Worker.Duty;
import dev.segue.testing.ReloadingServer;
import dev.segue.testing.Shell;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OlderWorkersTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final State NONE = new State(0, 0);

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatTheTestStarted() {
        started.forEach(process -> ProcessFamily.of(process.toHandle()).kill());
    }

    @ParameterizedTest
    @CsvSource({
        "WORKER, true, ACCEPTING",
        "WORKER, false, ACCEPTING",
        "MASTER, false, ACCEPTING",
        "DRAINING_WORKER, true, DRAINING",
        "DRAINING_WORKER, false, DRAINING",
        "HELPER, true, NONE",
        "HELPER, false, NONE",
        "NONE, true, ACCEPTING",
        "NONE, false, DRAINING",
    })
    void duty_isToldByTheTitleAndElseByTheSockets(NginxRole role, boolean listens, Duty duty) {
        assertThat(Worker.duty(role, () -> listens)).isEqualTo(duty);
    }

    @Test
    void state_noPidFile_isNothing() {
        OlderWorkers workers = new OlderWorkers(folder.resolve("none"));
        workers.reloadComes();

        assertThat(workers.state()).isEqualTo(NONE);
    }

    @Test
    void state_noReloadSeen_isNothing() throws Exception {
        assertThat(new OlderWorkers(parentOf("sleep 300")).state()).isEqualTo(NONE);
    }

    @Test
    void state_childWithoutListeningSocket_servesUntilItEnds() throws Exception {
        OlderWorkers workers = new OlderWorkers(parentOf("sleep 300"));
        workers.reloadComes();
        assertThat(workers.state()).isEqualTo(new State(0, 1));

        started.get(0).children().forEach(ProcessHandle::destroyForcibly);
        // Its parent fetches no exit codes: it stays a zombie.
        await().atMost(DEADLINE).until(() -> workers.state().equals(NONE));
    }

    @Test
    void areReplaced_nothingIsKnownOfThem_isFalse() throws Exception {
        OlderWorkers unseen = new OlderWorkers(folder.resolve("none"));
        unseen.reloadComes();
        assertThat(unseen.areReplaced()).isFalse();

        assertThat(new OlderWorkers(parentOf("sleep 300")).areReplaced()).isFalse();
    }

    /** The pid file of another program, or a server between two generations. */
    @Test
    void areReplaced_noneTookConnectionsWhenTheReloadCame_isFalse() throws Exception {
        OlderWorkers workers = new OlderWorkers(parentOf("sleep 300"));
        workers.reloadComes();

        assertThat(workers.areReplaced()).isFalse();
    }

    @Test
    void state_childOfAParentThatIsGone_stillServes() throws Exception {
        OlderWorkers workers = new OlderWorkers(parentOf("sleep 300"));
        workers.reloadComes();
        ProcessHandle child = started.get(0).children().findFirst().orElseThrow();
        started.get(0).destroyForcibly().waitFor();

        assertThat(workers.state()).isEqualTo(new State(0, 1));
        child.destroyForcibly();
        await().atMost(DEADLINE).until(() -> workers.state().equals(NONE));
    }

    /** As Apache's, which opens a pipe to the children of each generation anew. */
    @Test
    void state_childForkedBeforeTheReloadWasTakenUp_isAnOlderOne() throws Exception {
        Path pid = folder.resolve("pid");
        Process parent = start(
                "/bin/bash",
                "-c",
                "exec 3> >(exec cat); echo $$ > " + pid + "; while read line; do eval \"$line\"; done");
        await().atMost(DEADLINE).until(() -> Files.exists(pid) && Files.size(pid) > 1);
        OlderWorkers workers = new OlderWorkers(pid);
        workers.reloadComes();
        assertThat(workers.state()).as("the cat").isEqualTo(new State(0, 1));

        tell(parent, "sleep 300 &", 2);
        assertThat(workers.state()).isEqualTo(new State(0, 1));
        tell(parent, "exec 3>&-", 2);
        await().atMost(DEADLINE).until(() -> workers.state().equals(new State(0, 2)));
        tell(parent, "sleep 300 &", 3);
        assertThat(workers.state()).isEqualTo(new State(0, 2));
    }

    /** As root in a container that was not given SYS_PTRACE. */
    @Test
    void state_childThatMayNotBeLookedInto_countsAsAccepting() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root becomes another")
                .isEqualTo("root");
        Path pid = parentOf("setpriv --reuid=65534 --regid=65534 --clear-groups sleep 300");
        ProcessHandle child = started.get(0).children().findFirst().orElseThrow();
        await().atMost(DEADLINE)
                .until(() ->
                        child.info().command().filter("/usr/bin/sleep"::equals).isPresent());
        OlderWorkers workers = new OlderWorkers(pid);
        workers.reloadComes();
        assertThat(workers.state()).isEqualTo(new State(0, 1));

        assertThat(Shell.run(
                        "exec setpriv --inh-caps=-sys_ptrace --bounding-set=-sys_ptrace \"$1\" -cp \"$2\" \"$3\" \"$4\"",
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        Path.of("target", "classes").toAbsolutePath() + ":"
                                + Path.of("target", "test-classes").toAbsolutePath(),
                        Look.class.getName(),
                        pid))
                .isEqualTo(new State(1, 1) + "\n");
    }

    /** A look in a process of its own. */
    static final class Look {
        private Look() {}

        public static void main(String... arguments) {
            OlderWorkers workers = new OlderWorkers(Path.of(arguments[0]));
            workers.reloadComes();
            System.out.println(workers.state());
        }
    }

    @Test
    void isGone_anotherProcessWithThePid_isTrue() {
        Worker self = Worker.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(self.isGone()).isFalse();
        assertThat(new Worker(self.pid(), self.start() - 1).isGone()).isTrue();
    }

    @Tag("server")
    @ParameterizedTest
    @EnumSource
    void state_reloadUnderASlowRequest_settlesThenDrains(ReloadingServer.Kind kind) throws Exception {
        try (ReloadingServer server = ReloadingServer.start(kind, folder)) {
            OlderWorkers workers = new OlderWorkers(server.pidFile());
            assertThat(workers.state()).isEqualTo(NONE);
            for (int generation = 1; generation <= 5; generation++) {
                Closeable slow = server.askSlow();
                workers.reloadComes();
                assertThat(workers.state().accepting()).isPositive();
                server.reload(generation);

                awaitSettled(workers, server, generation);
                assertThat(workers.state().serving()).isPositive();
                slow.close();
                await().atMost(DEADLINE).until(() -> workers.state().equals(NONE));
            }
        }
    }

    /** Apache forks another child whenever none is idle. */
    @Tag("server")
    @Test
    void state_childOfApacheForkedBetweenTheAnnouncementAndTheReload_drainsLikeTheOthers() throws Exception {
        try (ReloadingServer server = ReloadingServer.start(ReloadingServer.Kind.APACHE_PREFORK, folder)) {
            OlderWorkers workers = new OlderWorkers(server.pidFile());
            workers.reloadComes();
            int known = workers.state().serving();
            List<Closeable> slow = new ArrayList<>();
            for (int i = 0; i < known; i++) {
                slow.add(server.askSlow());
            }
            Closeable askedOfAnUnknownOne = server.askSlow();
            server.reload(1);
            for (Closeable request : slow) {
                request.close();
            }

            await().atMost(DEADLINE).until(() -> workers.state().equals(new State(0, 1)));
            askedOfAnUnknownOne.close();
            await().atMost(DEADLINE).until(() -> workers.state().equals(NONE));
        }
    }

    /** Asks over and over who answers: once nobody older is said to accept, it is never an older one. */
    private static void awaitSettled(OlderWorkers workers, ReloadingServer server, int generation) throws IOException {
        int answersSettled = 0;
        for (int asked = 0; asked < 20_000 && answersSettled < 300; asked++) {
            boolean settled = workers.areReplaced();
            int answering = server.ask();
            if (settled) {
                assertThat(answering).as("after %d others", asked).isEqualTo(generation);
                answersSettled++;
            }
        }
        assertThat(answersSettled).as("answers after it had settled").isEqualTo(300);
    }

    /** The pid file of a process that has {@code command} as its child. */
    private Path parentOf(String command) throws IOException {
        Path pid = folder.resolve("pid");
        start("/bin/sh", "-c", command + " & echo $$ > " + pid + "; exec sleep 300");
        await().atMost(DEADLINE).until(() -> Files.exists(pid) && Files.size(pid) > 1);
        return pid;
    }

    private Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    /** Has {@code parent} run {@code line}, and waits until it has {@code children}. */
    private static void tell(Process parent, String line, int children) throws IOException {
        parent.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        parent.getOutputStream().flush();
        await().atMost(DEADLINE).until(() -> parent.children().count() == children);
    }
}
