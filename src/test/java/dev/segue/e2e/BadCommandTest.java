package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Check and reload commands that fail, hang or are not there. */
@Tag("server")
@Timeout(120)
class BadCommandTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    static Path folder;

    private static Site site;
    private static SegueProcess segue;

    @BeforeAll
    static void start() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv(\"/app/name\")}");
        segue = site.start("--interval=20ms");
        site.awaitText("good", "good 0");
    }

    @AfterAll
    static void stop() {
        segue.close();
    }

    @AfterEach
    void nothingStagedIsLeft() throws IOException {
        assertThat(site.leftovers()).isEmpty();
    }

    @Test
    void checkThatFails_keepsTheOldFileAndShowsWhatItSaid() throws IOException {
        ETCD.put("/app/checked", "wrong");
        site.oldTarget("checked").template("checked.ftl", "${getv('/app/checked')}");
        site.resource("checked", "checked.ftl", """
                check_cmd = "grep -q right {{.src}} || { echo line 1 is not right; exit 3; }\"""");
        site.awaitToldOnce(
                segue,
                "WARN conf.d/checked.toml: check command exited 3; " + site.target("checked") + " left as it was",
                "WARN conf.d/checked.toml:   line 1 is not right");
        assertThat(site.text("checked")).isEqualTo("old checked");
        assertOutOfSyncIsToldOnce(site.target("checked"));

        ETCD.put("/app/checked", "right");

        site.awaitText("checked", "right");
        site.awaitRecovered(segue, "checked");
    }

    @Test
    void checkThatIsNoProgram_keepsTheOldFile() throws IOException {
        site.oldTarget("no-program").resource("no-program", "app.ftl", "check_cmd = \"/no/such/check {{.src}}\"");
        site.awaitToldOnce(
                segue,
                "WARN conf.d/no-program.toml: check command exited 127; " + site.target("no-program")
                        + " left as it was");
        assertThat(segue.log()).contains("/no/such/check: not found");
        assertThat(site.text("no-program")).isEqualTo("old no-program");

        site.resource("no-program", "app.ftl", "check_cmd = \"true {{.src}}\"");

        site.awaitText("no-program", "app x");
        site.awaitRecovered(segue, "no-program");
    }

    @Test
    void checkThatHangs_isEndedAndKeepsTheOldFile() throws IOException {
        site.oldTarget("hanging")
                .resource("hanging", "app.ftl", "check_cmd = \"exec sleep 1000\"", "check_timeout = \"200ms\"");
        site.awaitToldOnce(
                segue,
                "WARN conf.d/hanging.toml: check command was ended after its time limit of 0.2 s; "
                        + site.target("hanging") + " left as it was");
        assertThat(site.text("hanging")).isEqualTo("old hanging");

        site.resource("hanging", "app.ftl");

        site.awaitText("hanging", "app x");
        site.awaitRecovered(segue, "hanging");
    }

    @Test
    void reloadThatFails_isOwedUntilItSucceeds() throws IOException {
        Path up = site.note("server-is-up");
        Path reloads = site.note("reloads");
        site.resource(
                "reloaded",
                "app.ftl",
                "reload_cmd = \"test -e " + up + " || { echo no server; exit 1; }; echo >> " + reloads + "\"");
        site.awaitToldOnce(
                segue,
                "WARN conf.d/reloaded.toml: reload command exited 1, and so it does without the new file; "
                        + site.target("reloaded") + " is installed, but the program was not told",
                "WARN conf.d/reloaded.toml:   no server");
        assertThat(site.text("reloaded")).isEqualTo("app x");

        Files.createFile(up);

        site.awaitRecovered(segue, "reloaded");
        site.awaitToldOnce(segue, "INFO Target config " + site.target("reloaded") + " has been updated");
        assertThat(reloads).hasContent("\n");
    }

    private static void assertOutOfSyncIsToldOnce(Path dest) {
        assertThat(segue.messages()).containsOnlyOnce("INFO Target config " + dest + " out of sync");
    }
}
