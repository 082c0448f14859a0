package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Outcome;
import dev.segue.plan.Rung;
import dev.segue.status.ResourceStatus;
import dev.segue.testing.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Resources that share a reload command or a transaction: one reload for all, the culprit alone left out, all or none. */
@Timeout(60)
class LanesTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private Workbench bench;
    private Loop loop;

    @BeforeEach
    void threeOlderTargets() throws Exception {
        bench = new Workbench(folder);
        for (String name : List.of("a", "b", "c")) {
            bench.confDir.template(name + ".ftl", "${getv(\"/" + name + "\")}");
            bench.store.put("/" + name, "good " + name);
            Files.writeString(bench.target(name + ".conf"), "old " + name);
            define(name);
        }
        loop = bench.loop();
    }

    @Test
    void sharedReload_runsOnceForAll() throws Exception {
        defineAll();
        start();

        assertThat(contents()).containsExactly("good a", "good b", "good c");
        assertThat(bench.log()).containsExactly("reload");
    }

    @Test
    void sharedReload_isAnnouncedForEachRightBefore() throws Exception {
        defineAll();
        bench.beforeReload(resource -> bench.log(resource.name()));
        start();

        assertThat(bench.log()).containsExactly("conf.d/a.toml", "conf.d/b.toml", "conf.d/c.toml", "reload");
    }

    @Test
    void everyReloadOfASearch_isAnnouncedForThoseOfIt() throws Exception {
        defineAll();
        bench.store.put("/b", "bad b");
        bench.beforeReload(resource -> bench.log(resource.name()));
        start();

        assertThat(String.join(" ", bench.log()).replaceAll("conf.d/(.).toml", "$1"))
                .as("together, back, a alone, b alone, b back, c alone")
                .isEqualTo("a b c reload a b c reload a reload b reload b reload c reload");
    }

    @Test
    void culprit_staysBehindAlone() throws Exception {
        defineAll();
        bench.store.put("/b", "bad b");
        start();

        assertThat(contents()).containsExactly("good a", "old b", "good c");
        assertThat(status("a").outcome().isGood()).isTrue();
        assertThat(failed("b").missed()).isEqualTo(Rung.RELOADED);
        assertThat(failed("b").reason()).endsWith("b.conf is as it was before, and its program was told");
        assertThat(status("c").outcome().isGood()).isTrue();
        // Together, back, a alone, b alone, b back, c alone.
        assertThat(bench.log()).hasSize(6);

        bench.store.put("/b", "better b");
        turn(MOMENT);
        assertThat(contents()).containsExactly("good a", "better b", "good c");
        assertThat(bench.log()).hasSize(7);
    }

    @Test
    void culprit_isTriedAgainWithoutTheOthers() throws Exception {
        defineAll();
        bench.store.put("/b", "bad b");
        start();

        turn(Duration.ofSeconds(1));

        assertThat(bench.log()).hasSize(8);
        assertThat(contents()).containsExactly("good a", "old b", "good c");
        bench.store.put("/a", "newer a");
        turn(MOMENT);
        assertThat(contents()).containsExactly("newer a", "old b", "good c");
        assertThat(bench.log()).hasSize(9);
    }

    @Test
    void twoCulpritsOfThem_bothStayBehind() throws Exception {
        defineAll();
        Files.delete(bench.target("a.conf"));
        bench.store.put("/a", "bad a");
        bench.store.put("/c", "bad c");
        start();

        assertThat(bench.target("a.conf")).doesNotExist();
        assertThat(bench.text("b.conf")).isEqualTo("good b");
        assertThat(bench.text("c.conf")).isEqualTo("old c");
    }

    @Test
    void culpritFoundByItsVerification_staysBehindAlone() throws Exception {
        define("a", reload());
        define("b", reload(), "verify_cmd = \"grep -q old {{.dest}}\"", "verify_timeout = \"1s\"");
        define("c", reload());
        start();

        assertThat(contents()).containsExactly("good a", "old b", "good c");
        assertThat(failed("b").missed()).isEqualTo(Rung.VERIFIED);
    }

    @Test
    void programThatTakesNothing_leavesAllAsTheyWere() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            define(name, "reload_cmd = \"" + bench.appending("try") + "; false\"");
        }
        start();

        assertThat(contents()).containsExactly("old a", "old b", "old c");
        // Together, back, and no search for a culprit.
        assertThat(bench.log()).hasSize(2);
    }

    @Test
    void searchForTheCulprits_isNotToldWithEachTry() throws Exception {
        defineAll();
        bench.store.put("/a", "bad a");
        bench.store.put("/b", "bad b");
        start();

        try (CapturedLog log = new CapturedLog()) {
            turn(Duration.ofSeconds(1));
            turn(Duration.ofSeconds(2));
            assertThat(status("a").failures()).isEqualTo(3);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void transaction_oneFailsItsCheck_noneIsInstalled() throws Exception {
        define("a", transaction(), reload());
        define("b", transaction(), reload(), "check_cmd = \"! grep -q good {{.src}}\"");
        define("c", reload());
        start();

        assertThat(contents()).containsExactly("old a", "old b", "good c");
        assertThat(status("a").outcome())
                .isEqualTo(new Outcome.Held("its transaction \"t\" waits for conf.d/b.toml; " + bench.target("a.conf")
                        + " left as it was"));
        assertThat(bench.log()).containsExactly("reload");

        define("b", transaction(), reload());
        loop.confDirChanged();
        turn(MOMENT);
        assertThat(contents()).containsExactly("good a", "good b", "good c");
        assertThat(bench.log()).hasSize(2);
    }

    @Test
    void transaction_oneIsRefusedByItsProgram_allGoBack() throws Exception {
        define("a", transaction(), "reload_cmd = \"" + bench.appending("other") + "\"");
        define("b", transaction(), reload());
        define("c", reload());
        bench.store.put("/b", "bad b");
        start();

        assertThat(contents()).containsExactly("old a", "old b", "good c");
        assertThat(status("a").outcome().isGood()).isFalse();
        assertThat(status("c").outcome().isGood()).isTrue();
    }

    @Test
    void transaction_oneCannotBeStaged_noneIsInstalled() throws Exception {
        define("a", transaction(), reload());
        bench.confDir.resource(
                "b.toml", "b.ftl", bench.target("a.conf").resolve("below-a-file"), "/b", transaction(), reload());
        start();

        assertThat(bench.text("a.conf")).isEqualTo("old a");
        assertThat(bench.log()).isEmpty();
    }

    @Test
    void transaction_oneChanges_allArePassedAndOnlyThatIsWritten() throws Exception {
        define("a", transaction(), reload());
        define("b", transaction(), reload());
        start();
        Files.writeString(bench.target("a.conf"), "edited by hand");

        bench.store.put("/b", "newer b");
        turn(MOMENT);

        assertThat(contents()).startsWith("good a", "newer b");
    }

    @Test
    void leftBehind_nothingHiddenRemains() throws Exception {
        defineAll();
        bench.store.put("/b", "bad b");
        start();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    private void defineAll() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            define(name, reload());
        }
    }

    private void define(String name, String... further) throws Exception {
        bench.confDir.resource(name + ".toml", name + ".ftl", bench.target(name + ".conf"), "/" + name, further);
    }

    private static String transaction() {
        return "transaction = \"t\"";
    }

    /** A program that takes no target with the word bad in it. */
    private String reload() {
        return "reload_cmd = \"" + bench.appending("reload") + "; ! grep -q bad " + folder + "/*.conf\"";
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

    private List<String> contents() throws Exception {
        return List.of(bench.text("a.conf"), bench.text("b.conf"), bench.text("c.conf"));
    }

    private ResourceStatus status(String name) {
        return bench.board.picture().resources().stream()
                .filter(resource -> resource.name().equals("conf.d/" + name + ".toml"))
                .findFirst()
                .orElseThrow();
    }

    private Outcome.Failed failed(String name) {
        return (Outcome.Failed) status(name).outcome();
    }
}
