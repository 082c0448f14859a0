package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.journal.Journal;
import dev.segue.journal.JournalEntry;
import dev.segue.plan.KeptFile;
import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.plan.Rung;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All members of a transaction or none, at each place where one of them can fail, and all again once that is mended. */
@Timeout(60)
class TransactionTest {
    @TempDir
    Path folder;

    private Workbench bench;
    private ShellProgram program;
    private Turns turns;

    @BeforeEach
    void twoOfOneTransactionAndAnother() throws Exception {
        bench = new Workbench(folder);
        program = ShellProgram.in(folder);
        for (String name : List.of("a", "b", "c")) {
            bench.confDir.template(name + ".ftl", "${getv(\"/" + name + "/v\")}");
            bench.store.put("/" + name + "/v", "new " + name);
            Files.writeString(bench.target(name + ".conf"), "old " + name);
        }
        define("a", "transaction = \"t\"");
        define("b", "transaction = \"t\"");
        define("c");
        turns = new Turns(bench);
    }

    @Test
    void allGood_areInstalledTogetherAndReloadedOnce() throws Exception {
        turns.start();

        assertThat(contents()).containsExactly("new a", "new b", "new c");
        assertThat(program.reloads()).isEqualTo(1);
    }

    @Test
    void oneCannotBeRendered_noneGoes() throws Exception {
        bench.store.delete("/b/v");
        turns.start();

        assertThat(contents()).containsExactly("old a", "old b", "new c");
        assertThat(turns.failed("b").missed()).isEqualTo(Rung.RENDERED);
        assertThat(program.reloads()).isEqualTo(1);

        bench.store.put("/b/v", "newer b");
        turns.turn(Turns.MOMENT);
        assertThat(contents()).containsExactly("new a", "newer b", "new c");
    }

    @Test
    void oneHasTooFewKeys_noneGoes() throws Exception {
        define("b", "transaction = \"t\"", "min_keys = 2");
        turns.start();

        assertThat(contents()).containsExactly("old a", "old b", "new c");
        assertThat(turns.outcome("a")).isInstanceOf(Outcome.Held.class);
    }

    @Test
    void oneCannotBeInstalled_theOthersAreTakenBack() throws Exception {
        Files.delete(bench.target("b.conf"));
        // By the time of the rename there is a folder in the target's place.
        define("b", "transaction = \"t\"", "check_cmd = \"mkdir -p {{.dest}}/in-the-way\"");
        turns.start();

        assertThat(bench.text("a.conf")).isEqualTo("old a");
        assertThat(bench.text("c.conf")).isEqualTo("new c");
        assertThat(turns.failed("b").missed()).isEqualTo(Rung.INSTALLED);
        assertThat(turns.owed("a.conf")).isEqualTo(Owed.NOTHING);
        assertThat(program.reloads()).isEqualTo(1);
        assertThat(program.served("a.conf")).isEqualTo("old a");

        Files.delete(bench.target("b.conf").resolve("in-the-way"));
        Files.delete(bench.target("b.conf"));
        define("b", "transaction = \"t\"");
        turns.loop().confDirChanged();
        turns.turn(Turns.MOMENT);
        assertThat(contents()).containsExactly("new a", "new b", "new c");
    }

    @Test
    void oneCannotBeInstalledAgainAfterItWentBack_noneGoes() throws Exception {
        // Takes nothing the first time; the second time a folder comes into the place of one of the targets.
        Path dest = bench.target("b.conf");
        String reload = "echo told >> %s; case $(wc -l < %s) in 1) exit 1;; 2) rm %s && mkdir -p %s/in-the-way;; esac"
                .formatted(bench.target("log"), bench.target("log"), dest, dest);
        for (String name : List.of("a", "b", "c")) {
            String transaction = name.equals("c") ? "" : "transaction = \"t\"";
            bench.confDir.resource(
                    name + ".toml",
                    name + ".ftl",
                    bench.target(name + ".conf"),
                    "/" + name,
                    "reload_cmd = \"" + reload + "\"",
                    transaction);
        }
        bench.endRun();
        bench.loop().once();

        assertThat(bench.text("a.conf")).isEqualTo("old a");
        assertThat(bench.text("c.conf")).isEqualTo("new c");
        assertThat(turns.failed("b").missed()).isEqualTo(Rung.INSTALLED);
        assertThat(turns.outcome("a")).isInstanceOf(Outcome.Held.class);
        assertThat(turns.owed("a.conf")).isEqualTo(Owed.NOTHING);
        assertThat(bench.log()).hasSize(3);
    }

    @Test
    void oneIsNotVerified_allGoBack() throws Exception {
        define("b", "transaction = \"t\"", "verify_cmd = \"! grep new {{.dest}}\"", "verify_timeout = \"1s\"");
        turns.start();

        assertThat(contents()).containsExactly("old a", "old b", "new c");
        assertThat(turns.failed("a").missed()).isEqualTo(Rung.VERIFIED);
        assertThat(program.served("a.conf")).isEqualTo("old a");
        assertThat(program.served("c.conf")).isEqualTo("new c");
    }

    @Test
    void oneIsNewAndTheProgramIsDown_neitherGoesUntilItIsUp() throws Exception {
        Files.delete(bench.target("b.conf"));
        program.down();
        turns.start();

        assertThat(bench.text("a.conf")).isEqualTo("old a");
        assertThat(bench.target("b.conf")).doesNotExist();
        assertThat(turns.failed("b").reason()).endsWith("b.conf is not there, but the program was not told");

        program.up();
        turns.turn(Duration.ofSeconds(1));
        assertThat(contents()).containsExactly("new a", "new b", "new c");
        assertThat(program.served("b.conf")).isEqualTo("new b");
    }

    @Test
    void allAreNewAndTheProgramIsDown_allStayForItsStart() throws Exception {
        Files.delete(bench.target("a.conf"));
        Files.delete(bench.target("b.conf"));
        program.down();
        turns.start();

        assertThat(contents()).containsExactly("new a", "new b", "old c");
        assertThat(turns.owed("a.conf")).isEqualTo(Owed.RELOAD);
    }

    @Test
    void refusedThenTheCulpritsKeysChange_allGoAtOnce() throws Exception {
        bench.store.put("/b/v", "bad b");
        turns.start();
        assertThat(contents()).containsExactly("old a", "old b", "new c");

        bench.store.put("/b/v", "newer b");
        turns.turn(Turns.MOMENT);

        assertThat(contents()).containsExactly("new a", "newer b", "new c");
        assertThat(turns.outcome("a").isGood()).isTrue();
    }

    @Test
    void refusedThenTheCulpritsTemplateChanges_allGoAtOnce() throws Exception {
        bench.store.put("/b/v", "bad b");
        turns.start();

        bench.confDir.template("b.ftl", "mended");
        turns.loop().confDirChanged();
        turns.turn(Turns.MOMENT);

        assertThat(contents()).containsExactly("new a", "mended", "new c");
    }

    @Test
    void refused_isLeftAloneUntilItsTime() throws Exception {
        bench.store.put("/b/v", "bad b");
        turns.start();
        int reloads = program.reloads();

        bench.store.put("/c/v", "newer c");
        turns.turn(Duration.ofMillis(500));
        assertThat(contents()).containsExactly("old a", "old b", "newer c");
        assertThat(program.reloads()).isEqualTo(reloads + 1);
        turns.turn(Duration.ofMillis(500));
        assertThat(program.reloads()).isEqualTo(reloads + 3);
    }

    @Test
    void heldByAnother_isStillToldOfWhatItOwes() throws Exception {
        leftByAKillAfterTheRename("a");
        define("b", "transaction = \"t\"", "check_cmd = \"false\"");
        bench.store.put("/a/v", "newer a");
        turns.start();

        assertThat(bench.text("a.conf")).isEqualTo("new a");
        assertThat(turns.outcome("a")).isInstanceOf(Outcome.Held.class);
        assertThat(program.served("a.conf")).isEqualTo("new a");
        assertThat(turns.owed("a.conf")).isEqualTo(Owed.NOTHING);
    }

    @Test
    void membersOfSeveralPrograms_tellEachOnce() throws Exception {
        bench.confDir.resource(
                "a.toml",
                "a.ftl",
                bench.target("a.conf"),
                "/a",
                "transaction = \"t\"",
                "reload_cmd = \"" + bench.appending("other") + "\"");
        turns.start();

        assertThat(contents()).containsExactly("new a", "new b", "new c");
        assertThat(bench.log()).containsExactly("other");
        assertThat(program.reloads()).isEqualTo(1);
    }

    private void leftByAKillAfterTheRename(String name) throws Exception {
        Path target = bench.target(name + ".conf");
        byte[] installed = ("new " + name).getBytes(StandardCharsets.UTF_8);
        KeptFile previous = KeptFile.of(("old " + name).getBytes(StandardCharsets.UTF_8), 0644, 0, 0);
        Files.write(target, installed);
        try (Journal journal = Journal.in(bench.target("state"))) {
            journal.record(
                    target,
                    new JournalEntry(
                            "conf.d/" + name + ".toml",
                            Owed.RELOAD,
                            KeptFile.digestOf(installed),
                            1,
                            Optional.of(previous),
                            Optional.empty()));
        }
    }

    private void define(String name, String... further) throws Exception {
        String[] all =
                Stream.concat(Stream.of(program.reload()), Stream.of(further)).toArray(String[]::new);
        bench.confDir.resource(name + ".toml", name + ".ftl", bench.target(name + ".conf"), "/" + name, all);
    }

    private List<String> contents() throws Exception {
        return List.of(bench.text("a.conf"), bench.text("b.conf"), bench.text("c.conf"));
    }
}
