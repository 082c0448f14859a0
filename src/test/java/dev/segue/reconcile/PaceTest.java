package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.command.ProgramState;
import dev.segue.plan.Outcome;
import dev.segue.status.ResourceStatus;
import dev.segue.testing.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How fast changes follow one another into the program: the first at once, bursts together, none lost. */
@Timeout(60)
class PaceTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private Workbench bench;
    private Loop loop;

    @BeforeEach
    void oneResource() throws Exception {
        bench = new Workbench(folder);
        bench.confDir.template("x.ftl", "${getv(\"/x/v\")}");
        bench.store.put("/x/v", "0");
        define();
        loop = bench.loop();
    }

    @Test
    void firstChange_isTakenAtOnce() throws Exception {
        start();
        bench.store.put("/x/v", "1");
        turn(MOMENT);

        assertThat(bench.text("x.conf")).isEqualTo("1");
    }

    @Test
    void changesCloseBehind_areTakenTogetherWhenItIsQuiet() throws Exception {
        start();
        for (int i = 1; i <= 5; i++) {
            bench.store.put("/x/v", Integer.toString(i));
            turn(Duration.ofMillis(20));
        }
        assertThat(bench.text("x.conf")).isEqualTo("1");
        assertThat(loop.untilNextDue()).isEqualTo(Duration.ofMillis(100));

        turn(Duration.ofMillis(100));
        assertThat(bench.text("x.conf")).isEqualTo("5");
        assertThat(bench.log()).hasSize(3);
    }

    @Test
    void changesWithoutEnd_areTakenEveryTwoSeconds() throws Exception {
        start();
        for (int i = 1; i <= 500; i++) {
            bench.store.put("/x/v", Integer.toString(i));
            turn(Duration.ofMillis(20));
        }
        turn(Duration.ofMillis(100));

        assertThat(bench.text("x.conf")).isEqualTo("500");
        // At the start, for the first change, each 2 s of the ten, at the look each 10 s, and for the last one.
        assertThat(bench.log().size()).isBetween(7, 9);
    }

    @Test
    void changeTooSoonAfterAReload_waitsForItsTime() throws Exception {
        define("min_reload_interval = \"5s\"");
        start();
        bench.store.put("/x/v", "1");
        turn(Duration.ofSeconds(1));
        assertThat(bench.text("x.conf")).isEqualTo("0");
        assertThat(loop.untilNextDue()).isEqualTo(Duration.ofSeconds(4));
        bench.store.put("/x/v", "2");
        turn(Duration.ofSeconds(3));
        assertThat(bench.text("x.conf")).isEqualTo("0");

        turn(Duration.ofSeconds(1));
        assertThat(bench.text("x.conf")).isEqualTo("2");
        assertThat(bench.log()).hasSize(2);
    }

    @Test
    void changeOfALaneMateTooSoonAfterAReload_waitsToo() throws Exception {
        define("min_reload_interval = \"5s\"");
        bench.confDir.template("y.ftl", "${getv(\"/y/v\")}");
        bench.store.put("/y/v", "0");
        bench.confDir.resource(
                "y.toml", "y.ftl", bench.target("y.conf"), "/y", "reload_cmd = \"" + bench.appending("reload") + "\"");
        start();
        bench.store.put("/y/v", "1");
        turn(Duration.ofSeconds(1));
        assertThat(bench.text("y.conf")).isEqualTo("0");

        turn(Duration.ofSeconds(4));
        assertThat(bench.text("y.conf")).isEqualTo("1");
        assertThat(bench.log()).hasSize(2);
    }

    @Test
    void changeTooSoonAfterAReload_waitsForItsTimeThoughALaneMateCame() throws Exception {
        define("min_reload_interval = \"5s\"");
        start();
        bench.confDir.template("a.ftl", "a");
        bench.confDir.resource(
                "a.toml", "a.ftl", bench.target("a.conf"), "/x", "reload_cmd = \"" + bench.appending("reload") + "\"");
        loop.confDirChanged();
        turn(Duration.ofSeconds(1));
        assertThat(bench.target("a.conf")).doesNotExist();

        turn(Duration.ofSeconds(4));
        assertThat(bench.text("a.conf")).isEqualTo("a");
        assertThat(bench.log()).hasSize(2);
    }

    @Test
    void owedReload_waitsForOldWorkersToo() throws Exception {
        Path pidFile = bench.target("nginx.pid");
        bench.confDir.resource("x.toml", "x.ftl", bench.target("x.conf"), "/x", "reload_cmd = \"false\"");
        start();
        define("pid_file = \"" + pidFile + "\"", "max_generations = 1");
        Process nginx = pretender();
        try {
            Files.writeString(pidFile, nginx.pid() + "\n");
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 1);
            start();
            assertThat(outcome()).isInstanceOf(Outcome.Waiting.class);
            assertThat(bench.log()).isEmpty();

            Files.createFile(bench.target("drained"));
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 0);
            turn(Duration.ofMillis(500));
            assertThat(bench.log()).containsExactly("reload");
        } finally {
            Files.writeString(bench.target("drained"), "");
            nginx.descendants().forEach(ProcessHandle::destroyForcibly);
            nginx.destroyForcibly();
        }
    }

    @Test
    void transactionOfABusyProgram_waitsAsAWhole() throws Exception {
        Path pidFile = bench.target("nginx.pid");
        define("pid_file = \"" + pidFile + "\"", "max_generations = 1", "transaction = \"t\"");
        bench.confDir.resource("y.toml", "x.ftl", bench.target("y.conf"), "/x", "transaction = \"t\"");
        Process nginx = pretender();
        try {
            Files.writeString(pidFile, nginx.pid() + "\n");
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 1);
            start();
            assertThat(bench.board.picture().resources())
                    .extracting(resource -> resource.outcome().getClass().getSimpleName())
                    .containsExactly("Waiting", "Waiting");
            assertThat(bench.target("y.conf")).doesNotExist();

            turn(Duration.ofSeconds(60));
            assertThat(bench.text("x.conf")).isEqualTo("0");
            assertThat(bench.text("y.conf")).isEqualTo("0");
        } finally {
            Files.writeString(bench.target("drained"), "");
            nginx.descendants().forEach(ProcessHandle::destroyForcibly);
            nginx.destroyForcibly();
        }
    }

    @Test
    void programWithOldWorkers_isWaitedForAMinuteAtMost() throws Exception {
        Path pidFile = bench.target("nginx.pid");
        define("pid_file = \"" + pidFile + "\"", "max_generations = 1");
        Process nginx = pretender();
        try {
            Files.writeString(pidFile, nginx.pid() + "\n");
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 1);
            start();
            assertThat(bench.target("x.conf")).doesNotExist();
            assertThat(outcome())
                    .isEqualTo(new Outcome.Waiting(
                            "1 older generations of its program still serve requests (max_generations 1)"));
            assertThat(loop.untilNextDue()).isEqualTo(Duration.ofMillis(500));

            turn(Duration.ofSeconds(59));
            assertThat(bench.target("x.conf")).doesNotExist();
            turn(Duration.ofSeconds(1));
            assertThat(bench.text("x.conf")).isEqualTo("0");

            bench.store.put("/x/v", "1");
            turn(Duration.ofSeconds(1));
            assertThat(bench.text("x.conf")).isEqualTo("0");
            Files.createFile(bench.target("drained"));
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 0);
            turn(Duration.ofMillis(500));
            assertThat(bench.text("x.conf")).isEqualTo("1");
        } finally {
            Files.writeString(bench.target("drained"), "");
            nginx.descendants().forEach(ProcessHandle::destroyForcibly);
            nginx.destroyForcibly();
        }
    }

    @Test
    void onceForABusyProgramLongerThanTheInterval_restsBetweenLooks() throws Exception {
        Path pidFile = bench.target("nginx.pid");
        define("pid_file = \"" + pidFile + "\"", "max_generations = 1");
        Process nginx = pretender();
        try {
            Files.writeString(pidFile, nginx.pid() + "\n");
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 1);
            loop = bench.loop();
            FutureTask<List<ResourceStatus>> once = new FutureTask<>(loop::once);
            Thread thread = new Thread(once, "once");
            thread.setDaemon(true);
            thread.start();
            await().until(() -> !bench.board.picture().resources().isEmpty() && outcome() instanceof Outcome.Waiting);

            long passes = status().counts().passes();
            bench.pass(Workbench.INTERVAL.plusMillis(1));
            await().until(() -> status().counts().passes() > passes);

            await().pollInterval(Duration.ofMillis(5))
                    .during(Duration.ofMillis(300))
                    .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            Files.createFile(bench.target("drained"));
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 0);
            bench.pass(Duration.ofMillis(500));
            assertThat(once.get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(bench.text("x.conf")).isEqualTo("0");
        } finally {
            Files.writeString(bench.target("drained"), "");
            nginx.descendants().forEach(ProcessHandle::destroyForcibly);
            nginx.destroyForcibly();
        }
    }

    @Test
    void waitBetweenTwoFailures_keepsTheBackoffAndSaysNothingNew() throws Exception {
        Path pidFile = bench.target("nginx.pid");
        String down = "test -e " + bench.target("up");
        bench.confDir.resource(
                "x.toml",
                "x.ftl",
                bench.target("x.conf"),
                "/x",
                "reload_cmd = \"" + down + "\"",
                "pid_file = \"" + pidFile + "\"",
                "max_generations = 1");
        Process nginx = pretender();
        try (CapturedLog log = new CapturedLog()) {
            // A pid file that cannot be read says nothing, so the reload is tried.
            Files.createDirectory(pidFile);
            start();
            assertThat(status().failures()).isEqualTo(1);
            Files.delete(pidFile);
            Files.writeString(pidFile, nginx.pid() + "\n");
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 1);
            turn(Duration.ofSeconds(1));
            assertThat(outcome()).isInstanceOf(Outcome.Waiting.class);
            assertThat(status().nextTry()).isEmpty();

            Files.createFile(bench.target("drained"));
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 0);
            turn(Duration.ofMillis(500));
            assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
            assertThat(status().failures()).isEqualTo(2);
            assertThat(status().nextTry())
                    .contains(bench.board.picture().taken().plusSeconds(2));

            Files.createFile(bench.target("up"));
            turn(Duration.ofSeconds(2));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("conf.d/x.toml: "))
                    .hasSize(2)
                    .last()
                    .isEqualTo("INFO conf.d/x.toml: recovered after 3 s");
        } finally {
            Files.writeString(bench.target("drained"), "");
            nginx.descendants().forEach(ProcessHandle::destroyForcibly);
            nginx.destroyForcibly();
        }
    }

    @Test
    void failureThatWaitsBeforeItGoesWell_isToldAsRecovered() throws Exception {
        Path pidFile = bench.target("nginx.pid");
        define("check_cmd = \"test -e " + bench.target("right") + "\"");
        Process nginx = pretender();
        try (CapturedLog log = new CapturedLog()) {
            start();
            Files.createFile(bench.target("right"));
            Files.writeString(pidFile, nginx.pid() + "\n");
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 1);
            define(
                    "check_cmd = \"test -e " + bench.target("right") + "\"",
                    "pid_file = \"" + pidFile + "\"",
                    "max_generations = 1");
            loop.confDirChanged();
            turn(Duration.ofSeconds(1));
            assertThat(outcome()).isInstanceOf(Outcome.Waiting.class);

            Files.createFile(bench.target("drained"));
            await().until(() -> ProgramState.at(pidFile).olderGenerations() == 0);
            turn(Duration.ofMillis(500));
            assertThat(bench.text("x.conf")).isEqualTo("0");
            assertThat(log.lines()).last().isEqualTo("INFO conf.d/x.toml: recovered after 1 s");
        } finally {
            Files.writeString(bench.target("drained"), "");
            nginx.descendants().forEach(ProcessHandle::destroyForcibly);
            nginx.destroyForcibly();
        }
    }

    /** Has the process titles of an nginx with a worker of its own and an older one, until the file "drained" is there. */
    private Process pretender() throws Exception {
        String worker = "exec -a 'nginx: worker process' sleep 50";
        String old = "exec -a 'nginx: worker process is shutting down' bash -c 'until test -e "
                + bench.target("drained") + "; do sleep 0.05; done; :'";
        String master = "(" + worker + ") & (" + old + ") & wait";
        return new ProcessBuilder(List.of("bash", "-c", "exec -a 'nginx: master process nginx' bash -c \"$0\"", master))
                .start();
    }

    private Outcome outcome() {
        return status().outcome();
    }

    private ResourceStatus status() {
        return bench.board.picture().resources().get(0);
    }

    private void define(String... further) throws Exception {
        String[] all = Stream.concat(
                        Stream.of("reload_cmd = \"" + bench.appending("reload") + "\""), Stream.of(further))
                .toArray(String[]::new);
        bench.confDir.resource("x.toml", "x.ftl", bench.target("x.conf"), "/x", all);
    }

    private void start() throws Exception {
        bench.endRun();
        loop = bench.loop();
        bench.store.follow(loop::storeChanged);
        turn(Duration.ZERO);
    }

    private void turn(Duration afterwards) throws Exception {
        bench.pass(afterwards);
        loop.turn(loop.mail());
        loop.turn(loop.mail());
    }
}
