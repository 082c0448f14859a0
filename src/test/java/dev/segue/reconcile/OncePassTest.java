package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.ByteText;
import dev.segue.plan.Change;
import dev.segue.plan.Outcome;
import dev.segue.plan.Reader;
import dev.segue.plan.Rung;
import dev.segue.settings.Settings.Commands;
import dev.segue.settings.Settings.StagedFiles;
import dev.segue.settings.Settings.Writes;
import dev.segue.status.ResourceStatus;
import dev.segue.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One pass of everything: what each resource's file, commands and outcome are afterwards. */
@Timeout(60)
class OncePassTest {
    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void aTemplateAndAKey() throws Exception {
        bench = new Workbench(folder);
        bench.confDir.template("app.ftl", "port=${getv(\"/app/port\")}\n");
        bench.store.put("/app/port", "8080");
    }

    @Test
    void newTarget_isCreatedAndReloadedOnce() throws Exception {
        define("app", reload("reload"));

        assertThat(outcomes()).containsExactly(new Outcome.Updated(Change.CREATE));
        assertThat(bench.text("app.conf")).isEqualTo("port=8080\n");
        assertThat(Files.getPosixFilePermissions(bench.target("app.conf")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(bench.log()).containsExactly("reload");
    }

    @Test
    void passInterruptedBeforeItInstalls_leavesTargetsAsTheyWere() throws Exception {
        define("app", reload("reload"));
        bench.confDir.template("slow.ftl", "${hostname()}");
        bench.confDir.resource("slow.toml", "slow.ftl", bench.target("slow.conf"), "/app", reload("reload"));
        bench.hostName(() -> {
            Thread.currentThread().interrupt();
            return "bench";
        });
        bench.lanes(pass -> {
            pass.run();
            assertThat(Thread.interrupted()).isTrue();
        });

        assertThat(outcomes())
                .contains(new Outcome.Failed(
                        Rung.INSTALLED, "stopped before " + bench.target("app.conf") + " was touched", List.of()));
        assertThat(bench.target("app.conf")).doesNotExist();
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void targetInSync_isLeftAloneAndNothingRuns() throws Exception {
        define("app", reload("reload"));
        Files.writeString(bench.target("app.conf"), "port=8080\n");

        assertThat(outcomes()).containsExactly(new Outcome.InSync());
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void otherMode_isSetAndReloaded() throws Exception {
        define("app", "mode = \"0600\"", reload("reload"));
        Files.writeString(bench.target("app.conf"), "port=8080\n");

        assertThat(outcomes()).containsExactly(new Outcome.Updated(Change.ATTRIBUTES));
        assertThat(Files.getPosixFilePermissions(bench.target("app.conf")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(bench.log()).containsExactly("reload");
    }

    @Test
    void failedCheck_leavesTargetAndRunsNoReload() throws Exception {
        Files.writeString(bench.target("app.conf"), "old\n");
        define("app", "check_cmd = \"grep -q port {{.src}} && echo no good && exit 3\"", reload("reload"));

        Outcome.Failed failed = (Outcome.Failed) outcomes().get(0);
        assertThat(failed.missed()).isEqualTo(Rung.CHECKED);
        assertThat(failed.reason())
                .isEqualTo("check command exited 3; " + bench.target("app.conf") + " left as it was");
        assertThat(failed.output()).containsExactly("no good");
        assertThat(bench.text("app.conf")).isEqualTo("old\n");
        assertThat(bench.log()).isEmpty();
        assertThat(hiddenFiles()).isEmpty();
    }

    @Test
    void textOfAnotherFormat_isNotInstalledAndItsCheckNotRun() throws Exception {
        Files.writeString(bench.target("app.conf"), "{}");
        define("app", "output_format = \"json\"", "check_cmd = \"" + bench.appending("check") + "\"", reload("reload"));

        assertThat(outcomes())
                .containsExactly(new Outcome.Failed(
                        Rung.CHECKED,
                        "rendered text is not JSON: line 1, column 1; " + bench.target("app.conf") + " left as it was",
                        List.of()));
        assertThat(bench.text("app.conf")).isEqualTo("{}");
        assertThat(bench.log()).isEmpty();
        assertThat(hiddenFiles()).isEmpty();
    }

    @Test
    void textOfItsFormat_isInstalled() throws Exception {
        bench.confDir.template("app.ftl", "{\"port\": ${getv(\"/app/port\")}}\n");
        define("app", "output_format = \"json\"");

        assertThat(outcomes()).containsExactly(new Outcome.Updated(Change.CREATE));
    }

    @Test
    void noop_textOfAnotherFormat_isSaid() throws Exception {
        bench.writes(Writes.SHOWN_ONLY);
        define("app", "output_format = \"xml\"");

        assertThat(outcomes()).singleElement().asString().contains("rendered text is not XML");
    }

    @Test
    void outOfSyncAgainAfterItsKeysWentBack_isSaidAgain() throws Exception {
        Files.writeString(bench.target("app.conf"), "port=1\n");
        define("app", "check_cmd = \"false\"");
        Loop loop = bench.loop();
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            loop.once();
            bench.store.put("/app/port", "1");
            loop.once();
            bench.store.put("/app/port", "2");
            loop.once();
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.endsWith("app.conf out of sync"))
                .hasSize(2);
    }

    @Test
    void oneOfALane_failsItsCheck_theOthersGoOnAndReloadOnce() throws Exception {
        define("a", "check_cmd = \"true\"", reload("reload"));
        define("b", "check_cmd = \"false\"", reload("reload"));
        define("c", "check_cmd = \"true\"", reload("reload"));

        assertThat(outcomes().stream().map(Outcome::isGood)).containsExactly(true, false, true);
        assertThat(bench.target("a.conf")).exists();
        assertThat(bench.target("b.conf")).doesNotExist();
        assertThat(bench.target("c.conf")).exists();
        assertThat(bench.log()).containsExactly("reload");
    }

    @Test
    void missingKey_namesTemplateLineAndKey_andOthersGoOn() throws Exception {
        define("app");
        bench.confDir.template("bad.ftl", "first\nx=${getv(\"/app/prot\")}\n");
        bench.confDir.resource("bad.toml", "bad.ftl", bench.target("bad.conf"), "/app");

        List<Outcome> all = outcomes();
        assertThat(all.get(0).isGood()).isTrue();
        assertThat(((Outcome.Failed) all.get(1)).reason())
                .isEqualTo("templates/bad.ftl:2:3: key /app/prot does not exist (nearest: /app/port)");
        assertThat(bench.target("bad.conf")).doesNotExist();
    }

    @Test
    void fewerKeysThanMinKeys_holdsTheLastGoodFile() throws Exception {
        Files.writeString(bench.target("app.conf"), "last good\n");
        define("app", "min_keys = 2", reload("reload"));

        assertThat(outcomes())
                .containsExactly(new Outcome.Held(
                        "1 of at least 2 keys below /app; " + bench.target("app.conf") + " left as it was"));
        assertThat(bench.text("app.conf")).isEqualTo("last good\n");
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void noop_changesNothingAndShowsTheDiff() throws Exception {
        Files.writeString(bench.target("app.conf"), "port=1\n");
        define("app", reload("reload"));
        bench.writes(Writes.SHOWN_ONLY);

        assertThat(outcomes()).containsExactly(new Outcome.WouldUpdate(Change.CONTENT));
        assertThat(bench.text("app.conf")).isEqualTo("port=1\n");
        assertThat(bench.shown()).contains("-port=1").contains("+port=8080");
        assertThat(bench.log()).isEmpty();
        assertThat(hiddenFiles()).isEmpty();
    }

    @Test
    void noop_checkFails_isSaid() throws Exception {
        define("app", "check_cmd = \"grep -q nothing {{.src}}\"");
        bench.writes(Writes.SHOWN_ONLY);

        assertThat(((Outcome.Failed) outcomes().get(0)).missed()).isEqualTo(Rung.CHECKED);
        assertThat(bench.target("app.conf")).doesNotExist();
        assertThat(hiddenFiles()).isEmpty();
    }

    @Test
    void noop_secretKey_isNotShown() throws Exception {
        bench.confDir.template("app.ftl", "password=${getv(\"/secret/db\")}\n");
        bench.confDir.resource("app.toml", "app.ftl", bench.target("app.conf"), "/secret");
        bench.store.put("/secret/db", "hunter2");
        bench.writes(Writes.SHOWN_ONLY);
        bench.secretKeys("/secret/*");

        outcomes();
        assertThat(bench.shown()).contains("app.conf", "+password=****").doesNotContain("hunter2");
    }

    @Test
    void syncOnly_writesAndRunsNothing() throws Exception {
        define("app", "check_cmd = \"false\"", reload("reload"));
        bench.commands(Commands.SKIPPED);

        assertThat(outcomes()).containsExactly(new Outcome.Updated(Change.CREATE));
        assertThat(bench.text("app.conf")).isEqualTo("port=8080\n");
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void keepStageFile_leavesACopyBesideTheTarget() throws Exception {
        define("app");
        bench.stagedFiles(StagedFiles.KEPT);

        assertThat(outcomes()).containsExactly(new Outcome.Updated(Change.CREATE));
        assertThat(hiddenFiles())
                .singleElement()
                .satisfies(copy -> assertThat(copy).hasContent("port=8080\n"));
    }

    @Test
    void readerNotStarted_isNotReloaded() throws Exception {
        define("app", reload("reload"));
        bench.reader(Reader.NOT_STARTED);

        assertThat(outcomes()).containsExactly(new Outcome.Updated(Change.CREATE));
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void binaryValue_landsByteForByte() throws Exception {
        byte[] bytes = {0, 1, (byte) 0xFF, '\r', '\n', (byte) 0xC3, (byte) 0xA9, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        bench.store.put("/app/port", ByteText.decode(bytes));
        bench.confDir.template("app.ftl", "${getv(\"/app/port\")}");
        define("app");

        outcomes();
        assertThat(bench.target("app.conf")).hasBinaryContent(bytes);
    }

    @Test
    void storeLost_throwsAndTouchesNothing() throws Exception {
        define("app");
        bench.store.lose();
        Loop loop = bench.loop();

        assertThatThrownBy(loop::once)
                .isInstanceOf(StoreException.class)
                .hasMessage("memory: not reachable: lost by the test");
        assertThat(bench.target("app.conf")).doesNotExist();
    }

    private void define(String name, String... further) throws Exception {
        bench.confDir.resource(name + ".toml", "app.ftl", bench.target(name + ".conf"), "/app", further);
    }

    private String reload(String word) {
        return "reload_cmd = \"" + bench.appending(word) + "\"";
    }

    private List<Outcome> outcomes() throws Exception {
        return bench.loop().once().stream().map(ResourceStatus::outcome).toList();
    }

    private List<Path> hiddenFiles() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }
}
