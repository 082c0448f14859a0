package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.FreePorts;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of each kind, by their exit codes and by what they touch. */
@Tag("server")
@Timeout(120)
class ModesTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    Path folder;

    private Site site;
    private Path ran;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv('/app/name')}");
        ran = site.note("ran");
    }

    @Test
    void onetime_appliesChecksReloadsAndEndsWithZero() throws IOException {
        withCommands();

        assertExit(0, "--onetime");

        assertThat(site.text("app")).isEqualTo("app x");
        assertThat(ran).hasContent("check\nreload\n");
        assertThat(site.leftovers()).isEmpty();

        assertExit(0, "--onetime");
        assertThat(ran).hasContent("check\nreload\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check_cmd", "reload_cmd"})
    void onetime_withAFailedCommand_endsWithOneAndAppliesTheRest(String command) throws IOException {
        site.resource("app", "app.ftl", command + " = \"false\"");

        assertExit(1, "--onetime");

        assertThat(site.text("good")).isEqualTo("good 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--onetime", "plan"})
    void singleRun_withoutAStore_endsWithFour(String mode) {
        try (SegueProcess segue =
                site.startBare(mode, "--confdir", site.confDir().toString(), "http://127.0.0.1:" + FreePorts.next())) {
            assertThat(segue.exitCode()).isEqualTo(4);
        }
        assertThat(site.text("good")).isEqualTo("(no file)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--onetime", "plan"})
    void singleRun_withoutAConfDir_endsWithThree(String mode) {
        try (SegueProcess segue =
                site.startBare(mode, "--confdir", "/no/such/folder", ETCD.url().toString())) {
            assertThat(segue.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void syncOnly_runsNoCommand() throws IOException {
        withCommands();

        assertExit(0, "--onetime", "--sync-only");

        assertThat(site.text("app")).isEqualTo("app x");
        assertThat(ran).doesNotExist();
    }

    @Test
    void keepStageFile_leavesACopyBesideTheTarget() {
        assertExit(0, "--onetime", "--keep-stage-file");

        assertThat(site.text("good")).isEqualTo("good 0");
        assertThat(site.text(".good.segue-kept")).isEqualTo("good 0");
        assertThat(site.target("good").getParent()).isDirectoryNotContaining("glob:**/.good.segue-[0-9]*");
    }

    @Test
    void noop_touchesNothingAndReloadsNothing() throws IOException {
        withCommands();
        site.oldTarget("app");

        assertExit(0, "--onetime", "--noop");

        assertThat(site.text("app")).isEqualTo("old app");
        assertThat(site.text("good")).isEqualTo("(no file)");
        assertThat(ran).hasContent("check\n");
        assertThat(site.leftovers()).isEmpty();
    }

    @Test
    void plan_tellsByItsExitCodeWhatARunWouldDo() throws IOException {
        assertExit(2, "plan");
        assertThat(site.text("good")).isEqualTo("(no file)");

        assertExit(0, "--onetime");
        assertExit(0, "plan");

        site.resource("bad", "nope.ftl");
        assertExit(1, "plan");
        assertThat(site.text("good")).isEqualTo("good 0");
    }

    @Test
    void plan_withACheckThatFails_endsWithOneAndTouchesNothing() throws IOException {
        site.oldTarget("app").resource("app", "app.ftl", "check_cmd = \"false\"");

        assertExit(1, "plan");

        assertThat(site.text("app")).isEqualTo("old app");
        assertThat(site.leftovers()).isEmpty();
    }

    /** A command line, a resource file and environment as people have them for confd. */
    @ParameterizedTest
    @ValueSource(strings = {"-onetime", "-onetime=true"})
    void confdsCommandLine_worksAsItIs(String onetime) throws IOException {
        ETCD.put("/production/app/name", "from production");
        site.resourceText("confd", """
                [template]
                prefix = "/ignored"
                src = "app.ftl"
                dest = "%s"
                mode = "0640"
                keys = [
                  "app/name",
                ]
                check_cmd = "grep -q production {{ .src }}"
                reload_cmd = "echo reload >> %s"
                """.formatted(site.target("confd"), ran)).removeResource("good");

        try (SegueProcess segue = site.startBare(
                onetime,
                "-backend",
                "etcdv3",
                "-node",
                ETCD.url().toString(),
                "-confdir=" + site.confDir(),
                "-prefix",
                "/production",
                "-interval",
                "1",
                "-log-level",
                "debug",
                "-watch=false")) {
            assertThat(segue.exitCode()).isZero();
            assertThat(segue.messages())
                    .startsWith("INFO Using " + ETCD.url() + " as backend")
                    .contains(
                            "INFO Target config " + site.target("confd") + " out of sync",
                            "INFO Target config " + site.target("confd") + " has been updated");
        }
        assertThat(site.text("confd")).isEqualTo("app from production");
        assertThat(Files.getAttribute(site.target("confd"), "unix:mode")).isEqualTo(0100640);
        assertThat(ran).hasContent("reload\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-interval 1 -node URL", "-watch -node=URL"})
    void confdsDaemon_followsTheStore(String flags) {
        String[] arguments = (flags.replace("URL", ETCD.url().toString()) + " -confdir " + site.confDir()).split(" ");
        try (SegueProcess segue = site.startBare(arguments)) {
            site.awaitText("good", "good 0");
            site.awaitGoodFollows();
            assertThat(segue.terminate()).isZero();
        }
    }

    private void withCommands() throws IOException {
        site.resource(
                "app",
                "app.ftl",
                "check_cmd = \"echo check >> " + ran + "\"",
                "reload_cmd = \"echo reload >> " + ran + "\"");
    }

    private void assertExit(int code, String... flags) {
        try (SegueProcess segue = site.start(flags)) {
            assertThat(segue.exitCode()).as(segue.log()).isEqualTo(code);
        }
    }
}
