package dev.segue.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChildProcessTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<ChildProcess> children = new ArrayList<>();

    @AfterEach
    void endChildren() {
        children.forEach(child -> child.stop(Signal.KILL, DEADLINE));
    }

    @Test
    void onExit_givesTheExitCode() throws CommandException {
        assertThat(start("exit 5").onExit().join()).isEqualTo(5);
    }

    @Test
    void onExit_killedBySignal_is128AndItsNumber() throws CommandException {
        assertThat(start("kill -s KILL $$").onExit().join()).isEqualTo(137);
    }

    @Test
    void start_argumentsAreNoShellsWords() throws Exception {
        ChildProcess.start(List.of("touch", folder.resolve("a file; $x").toString()))
                .onExit()
                .join();

        assertThat(folder.resolve("a file; $x")).exists();
    }

    @Test
    void start_unknownProgram_saysWhichAndWhy() {
        assertThatThrownBy(() -> ChildProcess.start(List.of("no-such-nginx", "-g", "daemon off;")))
                .isInstanceOf(CommandException.class)
                .hasMessage("no-such-nginx: could not be started: no such file or directory");
    }

    @Test
    void start_notExecutable_saysWhichAndWhy() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "text");

        assertThatThrownBy(() -> ChildProcess.start(List.of(text.toString())))
                .isInstanceOf(CommandException.class)
                .hasMessage(text + ": could not be started: permission denied");
    }

    @ParameterizedTest
    @EnumSource(names = "KILL", mode = EnumSource.Mode.EXCLUDE)
    void signal_reachesTheChild(Signal signal) throws Exception {
        Path got = folder.resolve("got");
        ChildProcess child = startAndAwait("trap 'echo %s > %s; exit 9' %s".formatted(signal, got, signal));

        child.signal(signal);

        assertThat(child.onExit().join()).isEqualTo(9);
        assertThat(got).hasContent(signal.name());
    }

    @Test
    void signal_childIsGone_doesNothing() throws CommandException {
        ChildProcess child = start("exit 0");
        child.onExit().join();

        child.signal(Signal.HUP);

        assertThat(child.onExit().join()).isZero();
    }

    @Test
    void stop_childObeys_givesItsExitCode() throws Exception {
        ChildProcess child = startAndAwait("trap 'exit 4' QUIT");

        assertThat(child.stop(Signal.QUIT, DEADLINE)).isEqualTo(4);
    }

    @Test
    void stop_childIgnoresIt_endsItAndItsChildren() throws Exception {
        Path grandchild = folder.resolve("grandchild");
        ChildProcess child =
                startAndAwait("trap '' TERM; sh -c 'echo $$ > %s; exec sleep 300' &".formatted(grandchild));
        await().atMost(DEADLINE).until(() -> Files.exists(grandchild) && Files.size(grandchild) > 0);

        int code = child.stop(Signal.TERM, Duration.ofMillis(100));

        assertThat(code).isEqualTo(137);
        awaitGone(grandchild);
    }

    @Test
    void stop_childIsGone_givesItsExitCode() throws CommandException {
        ChildProcess child = start("exit 3");
        child.onExit().join();

        assertThat(child.stop(Signal.TERM, DEADLINE)).isEqualTo(3);
    }

    @Test
    void endsWithin_childEndsOrNot_saysWhich() throws Exception {
        ChildProcess child = startAndAwait("trap 'exit 4' TERM");
        assertThat(child.endsWithin(Duration.ofMillis(50))).isFalse();

        child.askToEnd();

        assertThat(child.endsWithin(DEADLINE)).isTrue();
        assertThat(child.onExit().join()).isEqualTo(4);
    }

    @Test
    void kill_childRuns_endsIt() throws Exception {
        assertThat(startAndAwait("trap '' TERM").kill()).isEqualTo(137);
    }

    @Test
    void start_childLeadsAProcessGroupOfItsOwn() throws Exception {
        ChildProcess child = startAndAwait(":");

        assertThat(group(Long.toString(child.pid()))).isEqualTo(Long.toString(child.pid()));
    }

    @Test
    void onExit_killedBySignal_itsChildrenAreToldToEnd() throws Exception {
        Path left = folder.resolve("left");
        ChildProcess child = startAndAwait("sleep 300 & echo $! > " + left);

        child.signal(Signal.KILL);

        assertThat(child.onExit().join()).isEqualTo(137);
        awaitGone(left);
    }

    @Test
    void onExit_endedByItself_whatItLeftStays() throws Exception {
        Path left = folder.resolve("left");
        ChildProcess child = start("sleep 300 & echo $! > " + left + "; exit 0");

        assertThat(child.onExit().join()).isZero();
        ProcessHandle stays =
                ProcessHandle.of(Long.parseLong(Files.readString(left).strip())).orElseThrow();
        assertThat(stays.isAlive()).isTrue();
        stays.destroyForcibly();
    }

    private ChildProcess start(String script) throws CommandException {
        ChildProcess child = ChildProcess.start(List.of("/bin/sh", "-c", script));
        children.add(child);
        return child;
    }

    /** Runs {@code script} first and then waits for signals. */
    private ChildProcess startAndAwait(String script) throws CommandException {
        Path ready = folder.resolve("ready");
        ChildProcess child = start(script + "\ntouch " + ready + "; while :; do sleep 0.05; done");
        await().atMost(DEADLINE).until(() -> Files.exists(ready));
        return child;
    }

    /** Until the process whose pid is in {@code pidFile} has ended, though nobody may have fetched its exit code. */
    private static void awaitGone(Path pidFile) throws IOException {
        Path stat = Path.of("/proc/" + Files.readString(pidFile).strip() + "/stat");
        await().atMost(DEADLINE)
                .ignoreException(NoSuchFileException.class)
                .until(() -> !Files.exists(stat) || Files.readString(stat).contains(") Z "));
    }

    private static String group(String pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ", -1)[4];
    }
}
