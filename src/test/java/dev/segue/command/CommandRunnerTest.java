package dev.segue.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.segue.command.CommandResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CommandRunnerTest {
    private static final Duration NO_LIMIT = Duration.ZERO;
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final CommandRunner runner = CommandRunner.create(System::nanoTime);
    private final List<Long> pids = new ArrayList<>();

    /** A machine with and one without {@code setsid}. */
    enum Machine {
        WITH_SETSID,
        WITHOUT_SETSID;

        CommandRunner runner() {
            return this == WITH_SETSID
                    ? CommandRunner.create(System::nanoTime)
                    : new CommandRunner(Optional.empty(), System::nanoTime);
        }
    }

    @AfterEach
    void endWhatTheTestLeft() {
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void run_exitZero_succeeds() {
        CommandResult result = runner.run("true", NO_LIMIT);

        assertThat(result.succeeded()).isTrue();
        assertThat(result.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(result.output().text()).isEmpty();
        assertThat(result.took()).isPositive();
    }

    @Test
    void run_exitCode_isReported() {
        CommandResult result = runner.run("exit 7", NO_LIMIT);

        assertThat(result.ending()).isEqualTo(new Ending.Exited(7));
        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void run_killedBySignal_is128AndItsNumber() {
        assertThat(runner.run("kill -s KILL $$", NO_LIMIT).ending()).isEqualTo(new Ending.Exited(137));
    }

    @Test
    void run_unknownProgram_isTheShells127() {
        CommandResult result = runner.run("no-such-program-here", NO_LIMIT);

        assertThat(result.ending()).isEqualTo(new Ending.Exited(127));
        assertThat(result.output().text()).contains("no-such-program-here").contains("not found");
    }

    @Test
    void run_lineLongerThanTheSystemTakes_isNotStarted() {
        CommandResult result = runner.run("true " + "x".repeat(3 << 20), NO_LIMIT);

        assertThat(result.ending()).isEqualTo(new Ending.NotStarted("argument list too long"));
        assertThat(result.description()).isEqualTo("could not be started: argument list too long");
    }

    @Test
    void run_lineWithNul_isNotStarted() {
        assertThat(runner.run("true\0", NO_LIMIT).description())
                .isEqualTo("could not be started: not something that a program can be given");
    }

    @Test
    void run_outputAndErrors_comeTogetherInOrder() {
        assertThat(runner.run("echo one; echo two >&2; printf three", NO_LIMIT)
                        .output()
                        .text())
                .isEqualTo("one\ntwo\nthree");
    }

    @Test
    void run_standardInput_isEmpty() {
        assertThat(runner.run("cat; echo done", NO_LIMIT).output().text()).isEqualTo("done\n");
    }

    @Test
    void run_64KiB_areKeptWhole() {
        String text = runner.run("head -c 65536 /dev/zero | tr '\\0' x", NO_LIMIT)
                .output()
                .text();

        assertThat(text).isEqualTo("x".repeat(65536));
    }

    @Test
    void run_flood_keepsBothEndsAndSaysWhatIsMissing() {
        String text = runner.run(
                        "echo BEGIN; head -c 10485760 /dev/zero | tr '\\0' x; echo; echo END", SHORT.multipliedBy(30))
                .output()
                .text();

        // 6 + 10485760 + 1 + 4 written, 65536 kept.
        assertThat(text)
                .startsWith("BEGIN\nxxx")
                .contains("x\n... 10420235 bytes left out ...\nx")
                .endsWith("xxx\nEND\n");
        assertThat(text.length()).isEqualTo(65536 + "\n... 10420235 bytes left out ...\n".length());
    }

    @Test
    void run_outputClosedEarly_stillWaitsForTheShell() {
        assertThat(runner.run("exec >&- 2>&-; sleep 0.3; exit 3", NO_LIMIT).ending())
                .isEqualTo(new Ending.Exited(3));
    }

    @Test
    void run_backgroundChildKeepsOutputOpen_isNotWaitedForAndLivesOn() throws IOException {
        CommandResult result = runner.run("sleep 300 & echo $! > " + pidFile("child"), NO_LIMIT);

        assertThat(result.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(alive(pid("child"))).isTrue();
    }

    @Test
    void run_backgroundChildFloodsOn_isReadOnAndLivesOn() throws IOException {
        String flood = "yes & echo $! > " + pidFile("flood") + "; sleep 0.2";

        CommandResult result = runner.run(flood, NO_LIMIT);

        assertThat(result.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(result.output().text()).hasSizeLessThan(66_000);
        Path written = Path.of("/proc/" + pid("flood") + "/io");
        long before = bytesWritten(written);
        await().atMost(DEADLINE).until(() -> bytesWritten(written) > before + (64 << 20));
        assertThat(alive(pid("flood"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void run_pastItsLimit_isEnded(Machine machine) throws IOException {
        CommandResult result =
                machine.runner().run("echo started; echo $$ > " + pidFile("shell") + "; sleep 300", SHORT);

        assertThat(result.ending()).isEqualTo(new Ending.TimedOut(SHORT));
        assertThat(result.description()).isEqualTo("was ended after its time limit of 1 s");
        assertThat(result.output().text()).isEqualTo("started\n");
        assertThat(alive(pid("shell"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void run_ignoresTerm_isKilledWithItsGrandchildren(Machine machine) throws IOException {
        String line = "trap '' TERM; echo $$ > " + pidFile("shell") + "; sh -c 'echo $$ > " + pidFile("grandchild")
                + "; while :; do sleep 300; done' & while :; do sleep 300; done";

        CommandResult result = machine.runner().run(line, SHORT);

        assertThat(result.ending()).isEqualTo(new Ending.TimedOut(SHORT));
        assertThat(alive(pid("shell"))).isFalse();
        await().atMost(DEADLINE).until(() -> !alive(pid("grandchild")));
    }

    @Test
    void run_startsAProcessOfItsOwnGroupWhenTermCame_endsThatToo() throws IOException {
        assumeThat(Path.of("/usr/bin/setsid")).exists();
        String line = "trap 'setsid sleep 300 & echo $! > " + pidFile("late") + "' TERM; while :; do sleep 0.05; done";

        runner.run(line, SHORT);

        await().atMost(DEADLINE).until(() -> !alive(pid("late")));
    }

    @Test
    void run_manyChildrenThatIgnoreTerm_areGoneInTime() {
        CommandResult result = runner.run("trap '' TERM; for i in $(seq 200); do sleep 300 & done; wait", SHORT);

        assertThat(result.ending()).isEqualTo(new Ending.TimedOut(SHORT));
        assertThat(result.took()).isLessThan(SHORT.plusSeconds(3));
    }

    @Test
    void hurry_commandThatIgnoresTermAndIsBeingEnded_isKilledAtOnce() throws Exception {
        FutureTask<CommandResult> run = new FutureTask<>(() -> runner.run(
                "trap 'echo > " + pidFile("asked") + "' TERM; echo $$ > " + pidFile("shell")
                        + "; while :; do sleep 0.05; done",
                NO_LIMIT));
        Thread lane = new Thread(run);
        lane.start();
        await().atMost(DEADLINE).until(() -> pidIsKnown("shell"));

        lane.interrupt();
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(10)).until(() -> pidIsKnown("asked"));
        runner.hurry();

        assertThat(run.get().took()).isLessThan(Duration.ofSeconds(2));
        assertThat(alive(pid("shell"))).isFalse();
    }

    @Test
    void run_pastItsLimit_endsOrphansToo() throws IOException {
        assumeThat(Path.of("/usr/bin/setsid"))
                .as("only a process group holds an orphan")
                .exists();
        String line = "(sh -c 'echo $$ > " + pidFile("orphan") + "; exec sleep 300' &); sleep 300";

        runner.run(line, SHORT);

        await().atMost(DEADLINE).until(() -> !alive(pid("orphan")));
    }

    @Test
    void run_termIsHandled_childMayCleanUp() throws IOException {
        String line =
                "trap 'echo cleaned; exit 0' TERM; echo $$ > " + pidFile("shell") + "; while :; do sleep 0.1; done";

        CommandResult result = runner.run(line, SHORT);

        assertThat(result.ending()).isEqualTo(new Ending.TimedOut(SHORT));
        assertThat(result.output().text()).endsWith("cleaned\n");
    }

    @Test
    void run_leadsAProcessGroupOfItsOwn() {
        assumeThat(Path.of("/usr/bin/setsid")).exists();

        String[] pidAndGroup = runner.run("echo $$; cut -d' ' -f5 /proc/$$/stat", NO_LIMIT)
                .output()
                .text()
                .split("\n", -1);

        assertThat(pidAndGroup[1]).isEqualTo(pidAndGroup[0]);
    }

    @ParameterizedTest
    @EnumSource
    void run_interrupted_isCancelledAndLeavesNoChild(Machine machine) throws Exception {
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        FutureTask<CommandResult> run = new FutureTask<>(() -> {
            CommandResult result = machine.runner().run("echo $$ > " + pidFile("shell") + "; sleep 300", NO_LIMIT);
            stillInterrupted.set(Thread.currentThread().isInterrupted());
            return result;
        });
        Thread lane = new Thread(run);

        lane.start();
        await().atMost(DEADLINE).until(() -> pidIsKnown("shell"));
        lane.interrupt();
        CommandResult result = run.get();

        assertThat(result.ending()).isEqualTo(new Ending.Cancelled());
        assertThat(result.description()).isEqualTo("was cancelled");
        assertThat(stillInterrupted).isTrue();
        assertThat(alive(pid("shell"))).isFalse();
    }

    @Test
    void run_interruptedBefore_startsNothing() {
        Path mark = folder.resolve("mark");
        Thread.currentThread().interrupt();

        CommandResult result = runner.run("touch " + mark, NO_LIMIT);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.ending()).isEqualTo(new Ending.Cancelled());
        assertThat(mark).doesNotExist();
    }

    @Test
    void run_manyAtATime_eachGetsItsOwn() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Future<CommandResult>> results = new ArrayList<>();
            for (int i = 0; i < 96; i++) {
                String line = "echo " + i + "; exit " + i % 10;
                results.add(pool.submit(() -> runner.run(line, Duration.ofSeconds(30))));
            }
            for (int i = 0; i < results.size(); i++) {
                CommandResult result = results.get(i).get();
                assertThat(result.ending()).isEqualTo(new Ending.Exited(i % 10));
                assertThat(result.output().text()).isEqualTo(i + "\n");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void description_exited_saysCodeAndTime() {
        assertThat(new CommandResult(new Ending.Exited(1), CommandOutput.EMPTY, Duration.ofMillis(249)).description())
                .isEqualTo("exited 1");
    }

    @Test
    void description_limitBelowASecond_isShownWhole() {
        Ending ending = new Ending.TimedOut(Duration.ofMillis(1500));

        assertThat(new CommandResult(ending, CommandOutput.EMPTY, Duration.ofSeconds(2)).description())
                .isEqualTo("was ended after its time limit of 1.5 s");
    }

    private Path pidFile(String name) {
        return folder.resolve(name);
    }

    private boolean pidIsKnown(String name) throws IOException {
        return Files.exists(pidFile(name)) && Files.readString(pidFile(name)).endsWith("\n");
    }

    private long pid(String name) throws IOException {
        long pid = Long.parseLong(Files.readString(pidFile(name)).strip());
        pids.add(pid);
        return pid;
    }

    /** A zombie whose new parent has not fetched it yet is not alive. */
    private static boolean alive(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
    }

    private static long bytesWritten(Path io) throws IOException {
        return Files.readAllLines(io).stream()
                .filter(line -> line.startsWith("wchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
                .findFirst()
                .orElseThrow();
    }
}
