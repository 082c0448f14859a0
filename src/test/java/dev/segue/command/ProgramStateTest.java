package dev.segue.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.segue.command.ProgramState.Presence;
import dev.segue.testing.FreePorts;
import dev.segue.testing.NginxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProgramStateTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatTheTestStarted() {
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @CsvSource({"0, 2, 0", "1, 2, 1", "2, 2, 1", "3, 2, 2", "4, 2, 2", "5, 1, 5", "3, 0, 3", "0, 0, 0"})
    void olderGenerations_isDrainingByCurrentWorkersRoundedUp(int draining, int active, int generations) {
        List<String> titles =
                new ArrayList<>(Collections.nCopies(draining, "nginx: worker process is shutting down\0"));
        titles.addAll(Collections.nCopies(active, "nginx: worker process\0"));
        titles.add("nginx: cache manager process\0");
        titles.add("nginx: cache loader process is shutting down\0");

        assertThat(ProgramState.olderGenerations(titles)).isEqualTo(generations);
    }

    @Tag("server")
    @Test
    void at_nginxReloadedWhileSlowRequestsLast_countsTheGenerationsThatDrain() throws Exception {
        try (NginxServer nginx = NginxServer.start(folder);
                ServerSocket neverAnswers = new ServerSocket(FreePorts.next())) {
            Files.writeString(
                    nginx.confD().resolve("slow.conf"), """
                    server { listen 127.0.0.1:%d; location / { proxy_pass http://127.0.0.1:%d; } }
                    """.formatted(nginx.port(), neverAnswers.getLocalPort()));
            String twoWorkers = Files.readString(nginx.mainConf());
            Files.writeString(nginx.mainConf(), twoWorkers.replace("worker_processes 2;", "worker_processes 1;"));
            reload(nginx);
            await().atMost(DEADLINE).until(() -> generations(nginx) == 0);
            assertThat(ProgramState.at(nginx.pidFile())).isEqualTo(new ProgramState(Presence.RUNNING, 0));

            List<Socket> slow = new ArrayList<>();
            for (int reloads = 1; reloads <= 3; reloads++) {
                int expected = reloads;
                slow.add(ask(nginx));
                slow.add(neverAnswers.accept());
                reload(nginx);
                await().atMost(DEADLINE).until(() -> generations(nginx) == expected);
            }

            slow.forEach(ProgramStateTest::close);
            await().atMost(DEADLINE).until(() -> generations(nginx) == 0);
        }
    }

    @Test
    void at_programThatIsNoNginx_isRunningWithoutGenerations() throws IOException {
        assertThat(ProgramState.at(pidFile(sleeper().pid()))).isEqualTo(new ProgramState(Presence.RUNNING, 0));
    }

    @Test
    void at_noPidFile_isNotRunning() {
        assertThat(ProgramState.at(folder.resolve("none")).presence()).isEqualTo(Presence.NOT_RUNNING);
    }

    @Test
    void at_emptyPidFileAsNginxTestLeavesIt_isNotRunning() throws IOException {
        assertThat(ProgramState.at(pidFile("")).presence()).isEqualTo(Presence.NOT_RUNNING);
    }

    @Test
    void at_pidOfAnEndedProcess_isNotRunning() throws Exception {
        Process process = sleeper();
        process.destroyForcibly().waitFor();

        assertThat(ProgramState.at(pidFile(process.pid())).presence()).isEqualTo(Presence.NOT_RUNNING);
    }

    @Test
    void at_zombieThatNobodyFetched_isNotRunning() throws Exception {
        Path pid = folder.resolve("zombie");
        // Its parent becomes a sleep, which fetches no exit codes.
        started.add(new ProcessBuilder("/bin/sh", "-c", "sleep 0 & echo $! > " + pid + "; exec sleep 300").start());

        await().atMost(DEADLINE)
                .until(() -> Files.exists(pid)
                        && Files.size(pid) > 1
                        && ProgramState.at(pid).presence() == Presence.NOT_RUNNING);
        assertThat(Path.of("/proc/" + Files.readString(pid).strip())).exists();
    }

    @Test
    void at_pidOfAProcessStartedLongAfterTheFile_isNotRunning() throws IOException {
        Path pid = pidFile(sleeper().pid());
        Files.setLastModifiedTime(pid, FileTime.from(Instant.now().minusSeconds(3600)));

        assertThat(ProgramState.at(pid).presence()).isEqualTo(Presence.NOT_RUNNING);
    }

    @Tag("server")
    @Test
    void at_nginxWhosePidFileSeemsOlderAfterTheClockWasSet_isRunning() throws IOException {
        try (NginxServer nginx = NginxServer.start(folder)) {
            Files.setLastModifiedTime(
                    nginx.pidFile(), FileTime.from(Instant.now().minusSeconds(3600)));

            assertThat(ProgramState.at(nginx.pidFile()).presence()).isEqualTo(Presence.RUNNING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "0", "-1", "12 34", "99999999999999999999"})
    void at_noPidInTheFile_isUnknown(String text) throws IOException {
        assertThat(ProgramState.at(pidFile(text)).presence()).isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void at_pidFileIsAFolder_isUnknown() {
        assertThat(ProgramState.at(folder).presence()).isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void at_unreadablePidFile_isUnknown() throws IOException {
        Path pid = pidFile(sleeper().pid());
        Files.setPosixFilePermissions(pid, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(pid)).as("root reads everything").isFalse();

        assertThat(ProgramState.at(pid).presence()).isEqualTo(Presence.UNKNOWN);
    }

    private Process sleeper() throws IOException {
        Process process = new ProcessBuilder("sleep", "300").start();
        started.add(process);
        return process;
    }

    private Path pidFile(Object text) throws IOException {
        return Files.writeString(folder.resolve("pid"), text + "\n");
    }

    private static int generations(NginxServer nginx) {
        return ProgramState.at(nginx.pidFile()).olderGenerations();
    }

    private static void reload(NginxServer nginx) throws Exception {
        long before = nginx.reloads();
        assertThat(new ProcessBuilder("/bin/sh", "-c", nginx.reloadCommand())
                        .start()
                        .waitFor())
                .isZero();
        await().atMost(DEADLINE).until(() -> nginx.reloads() > before);
    }

    private static Socket ask(NginxServer nginx) {
        return await().atMost(DEADLINE)
                .ignoreExceptions()
                .until(
                        () -> {
                            Socket socket = new Socket(InetAddress.getLoopbackAddress(), nginx.port());
                            socket.getOutputStream()
                                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                            return socket;
                        },
                        socket -> true);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
