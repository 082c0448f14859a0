package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Confdirs that are missing, empty, or hold wrong files from the start. */
@Tag("server")
@Timeout(120)
class BadConfDirTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    static Path folder;

    private Site site;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv(\"/app/name\")}");
    }

    @Test
    void confDirGoneForAWhile_keepsWhatItSaidLast() throws IOException {
        Path confD = site.confDir().resolve("conf.d");
        Path aside = site.confDir().resolve("aside");
        try (SegueProcess segue = site.start("--interval=20ms")) {
            site.awaitText("good", "good 0");
            Files.move(confD, aside);
            site.awaitToldOnce(segue, "WARN " + confD + ": no such folder (resource files go there, as *.toml)");

            Files.move(aside, confD);
            site.resource("after-all", "app.ftl");
            site.awaitText("after-all", "app x");
        }
    }

    @Test
    void badFilesAtTheStart_allAreNamedInOrderAndTheGoodOneIsApplied() throws IOException {
        site.oldTarget("b")
                .resource("b", "app.ftl", "mode = \"rw\"", "chek_cmd = \"true\"")
                .resourceText("a", "[template");

        try (SegueProcess once = site.start("--onetime")) {
            assertThat(once.exitCode()).isEqualTo(1);
            assertThat(once.messages())
                    .containsExactly(
                            "WARN conf.d/a.toml:1:10: unexpected end of input, expected ]",
                            "WARN conf.d/b.toml:5: mode \"rw\" is not an octal file mode (3 or 4 digits, 0-7)",
                            "WARN conf.d/b.toml:6: unknown key \"chek_cmd\" (did you mean \"check_cmd\"?)",
                            "INFO Using " + ETCD.url() + " as backend",
                            "INFO Target config " + site.target("good") + " out of sync",
                            "INFO Target config " + site.target("good") + " has been updated");
        }
        assertThat(site.text("b")).isEqualTo("old b");
    }

    @Test
    void onlyBadFiles_isAnError() throws IOException {
        site.removeResource("good").oldTarget("good").resourceText("a", "[template]\n");

        try (SegueProcess daemon = site.start()) {
            assertThat(daemon.exitCode()).isEqualTo(3);
            assertThat(daemon.messages())
                    .containsExactly(
                            "ERROR conf.d/a.toml:1: src is missing",
                            "ERROR conf.d/a.toml:1: dest is missing",
                            "ERROR conf.d/a.toml:1: keys is missing");
        }
        assertThat(site.text("good")).isEqualTo("old good");
    }

    @Test
    void noConfDir_isAnError() throws IOException {
        Path nowhere = site.note("nowhere");

        try (SegueProcess daemon =
                site.startBare("--confdir", nowhere.toString(), ETCD.url().toString())) {
            assertThat(daemon.exitCode()).isEqualTo(3);
            assertThat(daemon.messages())
                    .containsExactly("ERROR " + nowhere
                            + ": no such folder (--confdir names the one that holds conf.d and templates)");
        }
    }

    @Test
    void confDirWithoutConfD_isAnError() throws IOException {
        Path empty = Files.createTempDirectory(folder, "empty");

        try (SegueProcess daemon =
                site.startBare("--confdir", empty.toString(), ETCD.url().toString())) {
            assertThat(daemon.exitCode()).isEqualTo(3);
            assertThat(daemon.messages())
                    .containsExactly("ERROR " + empty + "/conf.d: no such folder (resource files go there, as *.toml)");
        }
    }

    @Test
    void emptyConfD_isSaidAndTheFirstFileIsTakenUp() throws IOException {
        site.removeResource("good");

        try (SegueProcess daemon = site.start("--interval=1h")) {
            daemon.awaitLog("Using ");
            assertThat(daemon.messages())
                    .containsExactly(
                            "WARN " + site.confDir() + "/conf.d: holds no resource file (*.toml)",
                            "INFO Using " + ETCD.url() + " as backend");

            site.resource("first", "app.ftl");
            site.awaitText("first", "app x");
            assertThat(daemon.terminate()).isZero();
        }
    }
}
