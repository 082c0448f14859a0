package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Outcome;
import dev.segue.plan.Rung;
import dev.segue.status.ResourceStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop turn by turn, with time moved by hand. */
@Timeout(60)
class LoopTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private Workbench bench;
    private Loop loop;

    @BeforeEach
    void twoResources() throws Exception {
        bench = new Workbench(folder);
        bench.confDir.template("x.ftl", "${getv(\"/x/v\")}").template("y.ftl", "${getv(\"/y/v\")}");
        define("x", "");
        define("y", "");
        bench.store.put("/x/v", "1");
        bench.store.put("/y/v", "1");
        loop = bench.loop();
    }

    @Test
    void firstTurn_looksAtEverything() throws Exception {
        start();

        assertThat(bench.text("x.conf")).isEqualTo("1");
        assertThat(bench.text("y.conf")).isEqualTo("1");
        assertThat(loop.untilNextDue()).isEqualTo(Workbench.INTERVAL);
    }

    @Test
    void changedKey_isAppliedAtOnceAndOthersAreLeftAlone() throws Exception {
        start();
        Files.writeString(bench.target("y.conf"), "edited by hand");

        bench.store.put("/x/v", "2");
        turn(MOMENT);

        assertThat(bench.text("x.conf")).isEqualTo("2");
        assertThat(bench.text("y.conf")).isEqualTo("edited by hand");
    }

    @Test
    void nothingHappens_readsNothingUntilTheInterval() throws Exception {
        start();
        long reads = bench.store.reads();

        turn(Workbench.INTERVAL.minus(Duration.ofSeconds(1)));
        assertThat(bench.store.reads()).isEqualTo(reads);

        turn(Duration.ofSeconds(1));
        assertThat(bench.store.reads()).isEqualTo(reads + 1);
    }

    @Test
    void targetEditedByHand_isPutRightAtTheNextLook() throws Exception {
        start();
        Files.writeString(bench.target("x.conf"), "edited by hand");

        turn(Workbench.INTERVAL);

        assertThat(bench.text("x.conf")).isEqualTo("1");
    }

    @Test
    void programThatIsNotUp_isToldWithBackoffThoughItsFirstFileIsThere() throws Exception {
        define("x", "reload_cmd = \"" + bench.appending("try") + "; test -e " + bench.target("nginx-is-up") + "\"");
        start();
        assertThat(failed("conf.d/x.toml").missed()).isEqualTo(Rung.RELOADED);
        assertThat(bench.text("x.conf")).isEqualTo("1");
        // With the new file, and without it to see whose fault that was.
        assertThat(bench.log()).hasSize(2);

        turn(Duration.ofMillis(999));
        assertThat(bench.log()).hasSize(2);
        turn(MOMENT);
        assertThat(bench.log()).hasSize(4);
        turn(Duration.ofSeconds(1));
        assertThat(bench.log()).hasSize(4);
        Files.createFile(bench.target("nginx-is-up"));
        turn(Duration.ofSeconds(1));
        assertThat(bench.log()).hasSize(5);
        assertThat(status("conf.d/x.toml").outcome().isGood()).isTrue();

        turn(Workbench.INTERVAL);
        assertThat(bench.log()).hasSize(5);
    }

    @Test
    void failedResource_isTriedAtOnceWhenItsKeysChange() throws Exception {
        bench.store.delete("/x/v");
        start();
        assertThat(failed("conf.d/x.toml").missed()).isEqualTo(Rung.RENDERED);
        assertThat(bench.text("y.conf")).isEqualTo("1");

        bench.store.put("/x/v", "3");
        turn(MOMENT);

        assertThat(bench.text("x.conf")).isEqualTo("3");
        assertThat(status("conf.d/x.toml").failures()).isZero();
    }

    @Test
    void storeLost_filesStayAndEachSecondItIsTriedAgain() throws Exception {
        start();
        bench.store.lose();
        turn(MOMENT);
        Files.writeString(bench.target("x.conf"), "edited by hand");

        turn(Workbench.INTERVAL);
        assertThat(bench.text("x.conf")).isEqualTo("1");
        assertThat(loop.untilNextDue()).isLessThanOrEqualTo(Duration.ofSeconds(1));

        bench.store.find();
        bench.store.put("/x/v", "2");
        turn(Duration.ofSeconds(1));
        assertThat(bench.text("x.conf")).isEqualTo("2");
    }

    @Test
    void storeNotThereAtStart_nothingIsTouchedUntilItComes() throws Exception {
        bench.store.lose();
        start();
        assertThat(bench.target("x.conf")).doesNotExist();

        bench.store.find();
        turn(Duration.ofSeconds(1));
        assertThat(bench.text("x.conf")).isEqualTo("1");
    }

    @Test
    void resourceAddedOnDisk_isTakenUp() throws Exception {
        start();
        bench.confDir.resource("z.toml", "x.ftl", bench.target("z.conf"), "/x");

        loop.confDirChanged();
        turn(MOMENT);

        assertThat(bench.text("z.conf")).isEqualTo("1");
    }

    @Test
    void badEditOfAResource_keepsItsLastGoodDefinition() throws Exception {
        start();
        bench.confDir.resource("x.toml", "[template\nsrc = ");
        loop.confDirChanged();
        turn(MOMENT);

        bench.store.put("/x/v", "2");
        turn(MOMENT);

        assertThat(bench.text("x.conf")).isEqualTo("2");
    }

    @Test
    void resourceRemovedOnDisk_isLeftAlone() throws Exception {
        start();
        Files.delete(bench.confDir.path().resolve("conf.d/x.toml"));
        loop.confDirChanged();
        bench.store.put("/x/v", "2");
        turn(MOMENT);

        assertThat(bench.text("x.conf")).isEqualTo("1");
        assertThat(bench.board.picture().resources())
                .extracting(ResourceStatus::name)
                .containsExactly("conf.d/y.toml");
    }

    @Test
    void changeDuringAPass_isAppliedByTheNextOne() throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        bench.lanes(waiting::add);
        loop = bench.loop();
        bench.store.follow(loop::storeChanged);
        loop.turn(loop.mail());
        assertThat(waiting).hasSize(1);

        bench.store.put("/x/v", "2");
        loop.turn(loop.mail());
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        loop.turn(loop.mail());
        waiting.remove().run();

        assertThat(bench.text("x.conf")).isEqualTo("2");
        assertThat(waiting).isEmpty();
    }

    @Test
    void resourceRemovedDuringItsReload_keepsItsLaneBusyUntilThatEnds() throws Exception {
        assertLaneStaysBusyWhileItsPassLasts(
                () -> Files.delete(bench.confDir.path().resolve("conf.d/x.toml")));
    }

    @Test
    void resourceMovedToAnotherProgramDuringItsReload_keepsItsLaneBusyUntilThatEnds() throws Exception {
        assertLaneStaysBusyWhileItsPassLasts(() -> define("x", "reload_cmd = \"true\""));
    }

    private interface Edit {
        void run() throws Exception;
    }

    /** Of x and y, which share a reload command, x is at work when {@code edit} comes. */
    private void assertLaneStaysBusyWhileItsPassLasts(Edit edit) throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        bench.lanes(waiting::add);
        define("x", reload());
        define("y", reload());
        loop = bench.loop();
        bench.store.follow(loop::storeChanged);
        loop.turn(loop.mail());
        waiting.remove().run();
        loop.turn(loop.mail());
        bench.store.put("/x/v", "2");
        bench.pass(Duration.ofSeconds(1));
        loop.turn(loop.mail());
        Runnable passOfX = waiting.remove();

        edit.run();
        bench.store.put("/y/v", "2");
        loop.confDirChanged();
        bench.pass(Duration.ofSeconds(1));
        loop.turn(loop.mail());
        assertThat(waiting).isEmpty();

        passOfX.run();
        loop.turn(loop.mail());
        waiting.forEach(Runnable::run);
        assertThat(bench.text("y.conf")).isEqualTo("2");
    }

    private String reload() {
        return "reload_cmd = \"" + bench.appending("reload") + "\"";
    }

    private void define(String name, String further) throws Exception {
        bench.confDir.resource(name + ".toml", name + ".ftl", bench.target(name + ".conf"), "/" + name, further);
    }

    private void start() throws Exception {
        bench.store.follow(loop::storeChanged);
        turn(Duration.ZERO);
    }

    /** Time passes, then the loop turns, and once more to hear of the passes that it started. */
    private void turn(Duration afterwards) throws Exception {
        bench.pass(afterwards);
        loop.turn(loop.mail());
        loop.turn(loop.mail());
    }

    private ResourceStatus status(String name) {
        return bench.board.picture().resources().stream()
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Outcome.Failed failed(String name) {
        return (Outcome.Failed) status(name).outcome();
    }
}
