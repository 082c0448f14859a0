package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.e2e.Site;
import dev.segue.faults.Gate.Side;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Checks and reloads that fail or hang. No look at everything is near: only Segue's own patience brings the next try. */
@Tag("server")
@Timeout(120)
class CommandFaultsTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FAILED = "WARN conf.d/app.toml: ";
    private static final String RECOVERED = "INFO conf.d/app.toml: recovered after ";

    @TempDir
    static Path folder;

    private GatedSite site;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.put("/app/text", "one");
        site = GatedSite.in(folder, ETCD);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void reloadFailsOnce_goesBackAndTriesAgain() throws IOException {
        SegueProcess segue = started();
        site.reload().failOnce();
        site.put("two");

        segue.awaitLog(FAILED + "reload command exited 1");
        site.awaitConverged("two");
        segue.awaitLog(RECOVERED);
        // The first text, the one that failed, back to the first text, the second try.
        assertThat(site.reload().runs()).isEqualTo(4);
        assertThat(segue.terminate()).isZero();
    }

    @Test
    void reloadFailsForEver_keepsTheOldFileAndIsTriedWithBackoff() throws IOException {
        SegueProcess segue = started();
        site.reload().fail();
        site.put("two");
        segue.awaitLog(FAILED + "reload command exited 1");
        // Twice a try: of the new file, and of the old one that comes back.
        await().atMost(PATIENCE).until(() -> site.reload().runs() == 1 + 2 * 3);
        site.assertTargetIsOneOf("one", "two");
        assertThat(site.nginx().fetch("/")).isEqualTo("one");
        assertThat(segue.linesWith(FAILED + "reload command exited 1")).isEqualTo(1);

        site.put("three");
        // Something else is wanted: that is tried at once.
        await().atMost(Duration.ofSeconds(2)).until(() -> site.reload().runs() == 1 + 2 * 4);
        site.reload().succeed();
        site.awaitConverged("three");
        segue.awaitLog(RECOVERED);
        assertThat(segue.terminate()).isZero();
    }

    @Test
    void reloadHangs_isEndedAndTriedAgain() throws IOException {
        site.limit("0", "300ms");
        SegueProcess segue = started();
        site.reload().hold(Side.BEFORE);
        site.put("two");

        segue.awaitLog(FAILED + "reload command was ended after its time limit of 0.3 s");
        await().atMost(PATIENCE).until(() -> site.reload().runs() >= 1 + 2 * 2);
        site.reload().open();
        site.awaitConverged("two");
        site.reload().assertNobodyLeft();
        assertThat(segue.terminate()).isZero();
    }

    @Test
    void checkFailsOnce_isTriedAgain() throws IOException {
        SegueProcess segue = started();
        site.check().failOnce();
        site.put("two");

        segue.awaitLog(FAILED + "check command exited 1; " + site.target() + " left as it was");
        site.awaitConverged("two");
        segue.awaitLog(RECOVERED);
        assertThat(site.check().runs()).isEqualTo(3);
        assertThat(site.reload().runs()).isEqualTo(2);
        assertThat(segue.terminate()).isZero();
    }

    @Test
    void checkHangs_isEndedAndTriedAgain() throws IOException {
        site.limit("300ms", "0");
        SegueProcess segue = started();
        site.check().hold(Side.BEFORE);
        site.put("two");

        segue.awaitLog(
                FAILED + "check command was ended after its time limit of 0.3 s; " + site.target() + " left as it was");
        site.assertTargetIsOneOf("one");
        site.check().open();
        site.awaitConverged("two");
        site.check().assertNobodyLeft();
        assertThat(segue.terminate()).isZero();
    }

    @Test
    void checkOfOneResourceHangs_othersFollowAtOnce() throws IOException {
        Gate hanging = Gate.in(folder, "hanging", "true");
        Path told = folder.resolve("told");
        Site many = Site.in(folder, ETCD).template("text.ftl", "text ${getv('/app/text')}");
        many.oldTarget("a-hanging")
                .resource("a-hanging", "text.ftl", "check_cmd = '" + hanging.line() + "'", "check_timeout = 0")
                .resource("b", "text.ftl", "check_cmd = 'true'")
                .resource("c", "text.ftl", "reload_cmd = 'echo >> " + told + "'");
        hanging.hold(Side.BEFORE);
        try (SegueProcess segue = many.start("--watch", "--interval=1h")) {
            hanging.awaitHeld();
            many.awaitText("b", "text one");
            many.awaitText("c", "text one");
            ETCD.put("/app/text", "two");
            await().atMost(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(10))
                    .untilAsserted(() -> {
                        assertThat(many.text("b")).isEqualTo("text two");
                        assertThat(many.text("c")).isEqualTo("text two");
                    });
            many.awaitGoodFollows();
            assertThat(many.text("a-hanging")).isEqualTo("old a-hanging");

            hanging.open();
            many.awaitText("a-hanging", "text two");
            assertThat(segue.terminate()).isZero();
        } finally {
            hanging.endOrphans();
        }
    }

    private SegueProcess started() {
        SegueProcess segue = site.start();
        site.awaitConverged("one");
        return segue;
    }
}
