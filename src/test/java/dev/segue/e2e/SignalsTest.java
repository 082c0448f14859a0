package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a running Segue answers to signals. */
@Tag("server")
@Timeout(120)
class SignalsTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What a command that ignores TERM is given; one that is hurried has to be gone before. */
    private static final Duration UNHURRIED = Duration.ofMillis(1900);

    @TempDir
    static Path folder;

    private Site site;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv('/app/name')}");
    }

    @ParameterizedTest
    @CsvSource({"TERM, terminated", "INT, interrupt"})
    void stopSignal_endsAnIdleRunWithZero(String signal, String word) {
        try (SegueProcess segue = site.start("--interval=1h")) {
            segue.awaitLog("INFO Target config " + site.target("good") + " has been updated");

            segue.signal(signal);

            assertThat(segue.exitCode()).isZero();
            assertThat(segue.messages()).endsWith("INFO Captured " + word + ". Exiting...");
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"TERM, exec sleep 1000", "INT, exec sleep 1000", "TERM, trap '' TERM; while :; do sleep 1; done"})
    void stopSignal_whileACheckHangs_leavesNothingBehind(String signal, String hang) throws IOException {
        Path pid = site.note("pid");
        site.oldTarget("app")
                .resource("app", "app.ftl", "check_cmd = \"echo $$ > " + pid + "; " + hang + "\"", "check_timeout = 0");
        try (SegueProcess segue = site.start("--interval=1h")) {
            await().atMost(PATIENCE).until(() -> Site.text(pid).endsWith("\n"));
            ProcessHandle check =
                    ProcessHandle.of(Long.parseLong(Site.text(pid).strip())).orElseThrow();
            site.awaitText("good", "good 0");
            assertThat(site.leftovers()).hasSize(1);

            segue.signal(signal);

            assertThat(segue.exitCode()).isZero();
            assertThat(check.isAlive()).isFalse();
            assertThat(site.leftovers()).isEmpty();
            assertThat(site.text("app")).isEqualTo("old app");
            assertThat(site.text("good")).isEqualTo("good 0");
        }
    }

    @Test
    void stopSignal_whileTheStoreDoesNotAnswer_endsTheRun() {
        try (SegueProcess segue = site.start("--interval=1h", "--request-timeout=1h")) {
            site.awaitText("good", "good 0");
            ETCD.pause();
            segue.signal("HUP");

            assertThat(segue.terminate()).isZero();
        } finally {
            ETCD.resume();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--onetime", "plan"})
    void stopSignal_endsASingleRunThatHangs(String mode) throws IOException {
        Path pid = site.note("pid");
        site.oldTarget("app")
                .resource(
                        "app",
                        "app.ftl",
                        "check_cmd = \"echo $$ > " + pid + "; exec sleep 1000\"",
                        "check_timeout = 0");
        try (SegueProcess segue = site.start(mode)) {
            await().atMost(PATIENCE).until(() -> Site.text(pid).endsWith("\n"));
            ProcessHandle check =
                    ProcessHandle.of(Long.parseLong(Site.text(pid).strip())).orElseThrow();

            assertThat(segue.terminate()).isEqualTo(143);
            assertThat(check.isAlive()).isFalse();
            assertThat(site.leftovers()).isEmpty();
            assertThat(site.text("app")).isEqualTo("old app");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=1h", "--onetime"})
    void secondStopSignal_whileACommandIgnoresTerm_endsTheRunAtOnce(String mode) throws IOException {
        Path pid = site.note("pid");
        String hang = "trap '' TERM; echo $$ > " + pid + "; while :; do sleep 1; done";
        site.oldTarget("app").resource("app", "app.ftl", "check_cmd = \"" + hang + "\"", "check_timeout = 0");
        try (SegueProcess segue = site.start(mode)) {
            await().atMost(PATIENCE).until(() -> Site.text(pid).endsWith("\n"));
            ProcessHandle check =
                    ProcessHandle.of(Long.parseLong(Site.text(pid).strip())).orElseThrow();
            segue.signal("TERM");
            segue.awaitLog("INFO Captured terminated. Exiting...");

            long start = System.nanoTime();
            segue.signal("INT");
            int code = segue.exitCode();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(UNHURRIED);
            assertThat(code).isEqualTo(mode.equals("--onetime") ? 143 : 0);
            assertThat(segue.messages()).contains("INFO Captured interrupt again. Not waiting any longer");
            assertThat(check.isAlive()).isFalse();
            assertThat(site.leftovers()).isEmpty();
            assertThat(site.text("app")).isEqualTo("old app");
        }
    }

    @Test
    void stopSignal_beforeTheRunBegins_endsItWithZeroAndStartsNoChild() {
        ETCD.pause();
        try (SegueProcess segue = site.startBare(
                "--confdir",
                site.confDir().toString(),
                ETCD.url().toString(),
                "--",
                "touch",
                site.note("started").toString())) {
            // The JVM itself never catches USR1: from here on the signals are ours.
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> catchesUsr1(segue.pid()));

            segue.signal("HUP");
            segue.signal("USR1");

            assertThat(segue.terminate()).isZero();
            assertThat(segue.messages()).endsWith("INFO Captured terminated. Exiting...");
            assertThat(site.note("started")).doesNotExist();
        } finally {
            ETCD.resume();
        }
    }

    private static boolean catchesUsr1(long pid) throws IOException {
        String caught = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseUnsignedLong(caught.substring("SigCgt:".length()).strip(), 16) >> 9 & 1) == 1;
    }

    @Test
    void hup_looksAtEverythingNow() throws IOException {
        try (SegueProcess segue = site.start("--interval=1h")) {
            site.awaitText("good", "good 0");
            ETCD.put("/good", "1");
            segue.signal("HUP");
            site.awaitText("good", "good 1");

            site.oldTarget("good");
            segue.signal("HUP");
            site.awaitText("good", "good 1");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void usr1_printsHowEachResourceStands() throws IOException {
        ETCD.put("/app/name", "never-shown");
        site.resource("bad", "nope.ftl").resource("app", "app.ftl");
        try (SegueProcess segue = site.start("--interval=1h")) {
            segue.awaitLog("WARN conf.d/bad.toml: ");
            site.awaitText("app", "app never-shown");

            segue.signal("USR1");

            segue.awaitLog("INFO Status: 3 resources, store " + ETCD.url());
            segue.awaitLog("INFO   conf.d/good.toml");
            String since = ", since \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z, store revision \\d+";
            assertThat(segue.messages().stream().filter(line -> line.startsWith("INFO   ")))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .matches("INFO {3}conf.d/app.toml -> " + site.target("app") + ": in sync" + since),
                            line -> assertThat(line)
                                    .matches("INFO {3}conf.d/bad.toml -> " + site.target("bad")
                                            + ": not rendered \\(\\d+ tries\\)" + since + ", next try [\\d-]+T[\\d:]+Z"
                                            + ": templates/nope.ftl: no such template"),
                            line -> assertThat(line)
                                    .matches("INFO {3}conf.d/good.toml -> " + site.target("good") + ": in sync"
                                            + since));
            assertThat(segue.terminate()).isZero();
            assertThat(segue.log()).doesNotContain("never-shown");
        }
    }
}
