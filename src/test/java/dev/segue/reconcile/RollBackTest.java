package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.segue.journal.Journal;
import dev.segue.journal.JournalEntry;
import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.plan.Rung;
import dev.segue.status.ResourceStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that refuses what was installed, or cannot be told: what comes back, and when it is tried again. */
@Timeout(60)
class RollBackTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private Workbench bench;
    private Loop loop;

    @BeforeEach
    void aTemplateAndAKey() throws Exception {
        bench = new Workbench(folder);
        bench.confDir.template("x.ftl", "${getv(\"/x/v\")}");
        bench.store.put("/x/v", "good");
        define();
        loop = bench.loop();
    }

    @Test
    void refusedFile_givesWayToThePreviousOneWithItsMode() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        Files.setPosixFilePermissions(bench.target("x.conf"), PosixFilePermissions.fromString("rw-r-----"));
        bench.store.put("/x/v", "bad");
        define("mode = \"0644\"", refusing("bad"));
        start();

        assertThat(bench.text("x.conf")).isEqualTo("old");
        assertThat(Files.getPosixFilePermissions(bench.target("x.conf")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(failed().missed()).isEqualTo(Rung.RELOADED);
        assertThat(failed().reason())
                .isEqualTo("reload command exited 1; " + bench.target("x.conf")
                        + " is as it was before, and its program was told");
        assertThat(bench.log()).containsExactly("bad", "old");
        assertThat(entry().owed()).isEqualTo(Owed.NOTHING);
        assertThat(entry().rejected().orElseThrow().times()).isEqualTo(1);
    }

    @Test
    void owedReloadOfAHeldTarget_isTriedWithBackoffAndNotAtEveryLook() throws Exception {
        define("min_keys = 2", "reload_cmd = \"" + bench.appending("try") + "; false\"");
        bench.store.put("/x/w", "one more");
        start();
        int aTry = 2;
        assertThat(bench.log()).hasSize(aTry);

        bench.store.delete("/x/w");
        turn(MOMENT);
        assertThat(bench.log()).hasSize(2 * aTry);
        bench.confDir.template("other.ftl", "");
        loop.confDirChanged();
        turn(Duration.ofMillis(1999));
        assertThat(bench.log()).hasSize(2 * aTry);
        turn(MOMENT);
        assertThat(bench.log()).hasSize(3 * aTry);
        assertThat(bench.text("x.conf")).isEqualTo("good");
    }

    @Test
    void refusedFile_isTriedAgainWithBackoffAndNotAtEveryLook() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        bench.store.put("/x/v", "bad");
        define(refusing("bad"));
        start();
        int reloadsATry = 2;
        assertThat(bench.log()).hasSize(reloadsATry);

        turn(Duration.ofMillis(999));
        loop.confDirChanged();
        turn(Duration.ZERO);
        assertThat(bench.log()).hasSize(reloadsATry);
        for (int tries = 2; tries <= 8; tries++) {
            turn(Duration.ofSeconds(Math.min(60, 1L << (tries - 2))));
            assertThat(bench.log()).hasSize(tries * reloadsATry);
            assertThat(bench.text("x.conf")).isEqualTo("old");
        }
        assertThat(entry().rejected().orElseThrow().times()).isEqualTo(8);
        turn(Workbench.INTERVAL);
        turn(Workbench.INTERVAL);
        assertThat(bench.log()).hasSize(8 * reloadsATry);
    }

    @Test
    void refusedOnce_isAppliedAtTheNextTry() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        Path once = bench.target("refused-once");
        define("reload_cmd = \"test -e " + once + " || { touch " + once + "; exit 1; }\"");
        start();
        assertThat(bench.text("x.conf")).isEqualTo("old");

        turn(Duration.ofSeconds(1));

        assertThat(bench.text("x.conf")).isEqualTo("good");
        assertThat(status().outcome().isGood()).isTrue();
        assertThat(entry().rejected()).isEmpty();
    }

    @Test
    void refusedFile_otherWishIsTriedAtOnce() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        bench.store.put("/x/v", "bad");
        define(refusing("bad"));
        start();

        bench.store.put("/x/v", "good");
        turn(MOMENT);

        assertThat(bench.text("x.conf")).isEqualTo("good");
        assertThat(bench.log()).containsExactly("bad", "old", "good");
    }

    @Test
    void refusedFile_isTriedAtOnceWhenSomebodyAsks() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        bench.store.put("/x/v", "bad");
        define(refusing("bad"));
        start();

        loop.lookAtEverything();
        turn(MOMENT);
        assertThat(bench.log()).hasSize(4);

        define(refusing("nothing"));
        loop.confDirChanged();
        turn(MOMENT);
        assertThat(bench.text("x.conf")).isEqualTo("bad");
    }

    @Test
    void firstFileThatIsRefused_isGoneAgain() throws Exception {
        define("reload_cmd = \"! test -e " + bench.target("x.conf") + "\"");
        start();

        assertThat(bench.target("x.conf")).doesNotExist();
        assertThat(entry().owed()).isEqualTo(Owed.NOTHING);
    }

    @Test
    void reloadThatAlwaysFails_leavesAFirstFileAndOwesItsReload() throws Exception {
        define("reload_cmd = \"false\"");
        start();

        assertThat(bench.text("x.conf")).isEqualTo("good");
        assertThat(entry().owed()).isEqualTo(Owed.RELOAD);
        assertThat(failed().reason())
                .isEqualTo("reload command exited 1, and so it does without the new file; " + bench.target("x.conf")
                        + " is installed, but the program was not told");
    }

    @Test
    void reloadThatAlwaysFails_keepsAnOlderFile() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        define("reload_cmd = \"false\"");
        start();

        assertThat(bench.text("x.conf")).isEqualTo("old");
        assertThat(entry().owed()).isEqualTo(Owed.RELOAD);
        assertThat(failed().reason())
                .isEqualTo("reload command exited 1, and so it does with the previous file; " + bench.target("x.conf")
                        + " is as it was before, but the program was not told");
    }

    @Test
    void programThatDoesNotRun_isNoReasonToGoBack() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        define("reload_cmd = \"false\"", "pid_file = \"" + bench.target("no.pid") + "\"");
        start();

        assertThat(bench.text("x.conf")).isEqualTo("good");
        assertThat(failed().reason()).endsWith("the program does not serve it because it does not run");
        assertThat(entry().owed()).isEqualTo(Owed.RELOAD);
    }

    @Test
    void verifyThatFails_bringsThePreviousFileBack() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        bench.store.put("/x/v", "bad");
        define(
                "reload_cmd = \"" + bench.appending("reload") + "\"",
                "verify_cmd = \"grep -q old {{.dest}}\"",
                "verify_timeout = \"1s\"");
        start();

        assertThat(bench.text("x.conf")).isEqualTo("old");
        assertThat(failed().missed()).isEqualTo(Rung.VERIFIED);
        assertThat(failed().reason()).startsWith("verify command exited 1; ");
        assertThat(bench.log()).containsExactly("reload", "reload");
    }

    @Test
    void programThatStillServesTheOldDigest_isNotBelieved() throws Exception {
        bench.confDir.template("x.ftl", "${digest()}");
        Files.writeString(bench.target("x.conf"), "old");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] served = Files.readAllBytes(bench.target("served"));
            exchange.sendResponseHeaders(200, served.length);
            exchange.getResponseBody().write(served);
            exchange.close();
        });
        server.start();
        try {
            Files.writeString(bench.target("served"), "another digest");
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            define("verify_url = \"" + url + "\"", "verify_timeout = \"2s\"");
            start();
            assertThat(failed().missed()).isEqualTo(Rung.VERIFIED);
            assertThat(failed().reason())
                    .startsWith("verify_url " + url + " still says after 2 s: another digest than ");
            assertThat(bench.text("x.conf")).isEqualTo("old");

            define(
                    "reload_cmd = \"cp {{.dest}} " + bench.target("served") + "\"",
                    "verify_url = \"" + url + "\"",
                    "verify_timeout = \"10s\"");
            loop.confDirChanged();
            turn(MOMENT);
            assertThat(status().outcome().isGood()).isTrue();
            assertThat(bench.text("x.conf")).isEqualTo(bench.text("served"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void refusedMode_givesWayToThePreviousOne() throws Exception {
        Files.writeString(bench.target("x.conf"), "good");
        Files.setPosixFilePermissions(bench.target("x.conf"), PosixFilePermissions.fromString("rw-r--r--"));
        String readable = "test -n \\\"$(find " + bench.target("x.conf") + " -perm 644)\\\"";
        define("mode = \"0600\"", "reload_cmd = \"" + readable + "\"");
        start();

        assertThat(failed().missed()).isEqualTo(Rung.RELOADED);
        assertThat(Files.getPosixFilePermissions(bench.target("x.conf")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(entry().owed()).isEqualTo(Owed.NOTHING);
    }

    @Test
    void reloadThatIsCancelled_isPaidByTheNextRun() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        define("reload_cmd = \"" + bench.appending("begun") + "; sleep 100\"");
        Loop interrupted = bench.loop();
        Thread run = new Thread(() -> {
            try {
                interrupted.once();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        run.start();
        await().until(() -> !bench.log().isEmpty());
        run.interrupt();
        run.join();
        assertThat(bench.text("x.conf")).isEqualTo("good");
        assertThat(entry().owed()).isEqualTo(Owed.RELOAD);

        define("reload_cmd = \"" + bench.appending("paid") + "\"");
        start();
        assertThat(bench.log()).containsExactly("begun", "paid");
        assertThat(entry().owed()).isEqualTo(Owed.NOTHING);
        turn(Workbench.INTERVAL);
        assertThat(bench.log()).hasSize(2);
    }

    @Test
    void reloadOwedByAnEarlierRun_isPaidThoughTheStoreIsAway() throws Exception {
        define("reload_cmd = \"false\"");
        start();
        assertThat(entry().owed()).isEqualTo(Owed.RELOAD);
        bench.store.lose();

        define("reload_cmd = \"" + bench.appending("paid") + "\"");
        start();

        assertThat(bench.log()).containsExactly("paid");
        assertThat(entry().owed()).isEqualTo(Owed.NOTHING);
        turn(Duration.ofSeconds(5));
        assertThat(bench.log()).hasSize(1);
    }

    @Test
    void installThatBrokeOffHalfWay_isPutBackThoughTheStoreIsAway() throws Exception {
        Files.writeString(bench.target("x.conf"), "old");
        define("reload_cmd = \"false\"");
        start();
        // As a crash leaves a mount point: neither the old file nor the new one.
        Files.writeString(bench.target("x.conf"), "go");
        bench.store.lose();

        define("reload_cmd = \"" + bench.appending("paid") + "\"");
        start();

        assertThat(bench.text("x.conf")).isEqualTo("old");
        assertThat(bench.log()).containsExactly("paid");
    }

    /** A program that takes every file but one that holds {@code word}, and logs each that it is told of. */
    private String refusing(String word) {
        Path dest = bench.target("x.conf");
        return "reload_cmd = \"cat " + dest + " >> " + bench.target("log") + "; echo >> " + bench.target("log")
                + "; ! grep -q " + word + " " + dest + "\"";
    }

    private void define(String... further) throws Exception {
        bench.confDir.resource("x.toml", "x.ftl", bench.target("x.conf"), "/x", further);
    }

    /** A new run over the same files. */
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

    private ResourceStatus status() {
        return bench.board.picture().resources().get(0);
    }

    private Outcome.Failed failed() {
        return (Outcome.Failed) status().outcome();
    }

    private JournalEntry entry() {
        try (Journal journal = Journal.in(bench.target("state"))) {
            Optional<JournalEntry> entry = journal.entry(bench.target("x.conf"));
            return entry.orElseThrow();
        }
    }
}
