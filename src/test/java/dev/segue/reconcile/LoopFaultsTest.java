package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Outcome;
import dev.segue.plan.Rung;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may come at a bad moment: a signal, an edit, the end of a pass that never was. */
@Timeout(20)
class LoopFaultsTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void oneResource() throws Exception {
        bench = new Workbench(folder);
        bench.confDir.template("x.ftl", "${getv(\"/x/v\")}");
        bench.store.put("/x/v", "1");
        define("/x", "");
    }

    @Test
    void stopDuringTheFirstLook_endsTheRun() throws Exception {
        Queue<Runnable> marks = new ArrayDeque<>();
        bench.lanes(pass -> {
            marks.remove().run();
            pass.run();
        });
        Loop loop = bench.loop();
        marks.add(loop::stop);

        loop.firstLook();
        loop.run();

        assertThat(bench.text("x.conf")).isEqualTo("1");
    }

    @Test
    void changeDuringTheFirstLook_isNotForgotten() throws Exception {
        Queue<Runnable> marks = new ArrayDeque<>();
        bench.lanes(pass -> {
            if (!marks.isEmpty()) {
                marks.remove().run();
            }
            pass.run();
        });
        Loop loop = bench.loop();
        bench.store.follow(loop::storeChanged);
        marks.add(() -> bench.store.put("/x/v", "2"));

        loop.firstLook();
        turn(loop, MOMENT);

        assertThat(bench.text("x.conf")).isEqualTo("2");
    }

    @Test
    void lanesShutDown_failsThePassInsteadOfWaitingForIt() throws Exception {
        bench.lanes(pass -> {
            throw new RejectedExecutionException("shut down");
        });

        assertThat(bench.loop().once())
                .extracting(status -> status.outcome())
                .containsExactly(new Outcome.Failed(Rung.RENDERED, "the pass was cut short", java.util.List.of()));
    }

    @Test
    void errorInAPass_failsItAndLeavesTheLaneFree() throws Exception {
        bench.confDir.template("x.ftl", "${hostname()}");
        bench.hostName(() -> {
            throw new OutOfMemoryError("as far as this test is concerned");
        });
        bench.lanes(pass -> {
            try {
                pass.run();
            } catch (OutOfMemoryError e) {
                assertThat(e).hasMessageContaining("this test");
            }
        });
        Loop loop = bench.loop();
        turn(loop, Duration.ZERO);
        bench.hostName(() -> "bench");
        bench.confDir.template("x.ftl", "better now");

        turn(loop, Duration.ofSeconds(1));

        assertThat(bench.text("x.conf")).isEqualTo("better now");
    }

    @Test
    void keysAddedWhileTheStoreIsLost_areWaitedFor() throws Exception {
        Loop loop = bench.loop();
        turn(loop, Duration.ZERO);
        bench.store.put("/z/v", "there");
        bench.store.lose();
        bench.confDir.template("x.ftl", "<#list gets(\"/z/*\") as z>${z.value}</#list>");
        define("/z", "");
        loop.confDirChanged();
        turn(loop, MOMENT);
        assertThat(bench.text("x.conf")).isEqualTo("1");
        assertThat(loop.untilNextDue()).isPositive();

        bench.store.find();
        turn(loop, Duration.ofSeconds(1));
        assertThat(bench.text("x.conf")).isEqualTo("there");
    }

    @Test
    void transactionWithKeysNotReadYet_waitsWithoutSpinning() throws Exception {
        define("/x", "transaction = \"t\"");
        Loop loop = bench.loop();
        turn(loop, Duration.ZERO);
        bench.store.lose();
        bench.confDir.template("y.ftl", "y");
        bench.confDir.resource("y.toml", "y.ftl", bench.target("y.conf"), "/y", "transaction = \"t\"");
        loop.confDirChanged();

        turn(loop, MOMENT);

        assertThat(loop.untilNextDue()).isPositive();
        bench.store.find();
        turn(loop, Duration.ofSeconds(1));
        assertThat(bench.text("y.conf")).isEqualTo("y");
    }

    @Test
    void confDirTouchedButNotChanged_leavesTheBackoffAlone() throws Exception {
        define("/x", "check_cmd = \"" + bench.appending("check") + "; false\"");
        Loop loop = bench.loop();
        turn(loop, Duration.ZERO);

        loop.confDirChanged();
        turn(loop, MOMENT);

        assertThat(bench.log()).hasSize(1);
    }

    @Test
    void templateEdited_isAppliedAtOnce() throws Exception {
        Loop loop = bench.loop();
        turn(loop, Duration.ZERO);
        bench.confDir.template("x.ftl", "edited");

        loop.confDirChanged();
        turn(loop, MOMENT);

        assertThat(bench.text("x.conf")).isEqualTo("edited");
    }

    @Test
    void reloadCommandEditedDuringAPass_waitsForThatPass() throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        bench.lanes(waiting::add);
        define("/x", "reload_cmd = \"" + bench.appending("old") + "\"");
        Loop loop = bench.loop();
        loop.turn(loop.mail());

        define("/x", "reload_cmd = \"" + bench.appending("new") + "\"");
        bench.store.put("/x/v", "2");
        loop.confDirChanged();
        loop.turn(loop.mail());
        assertThat(waiting).hasSize(1);
        assertThat(loop.untilNextDue()).isPositive();
        waiting.remove().run();
        loop.turn(loop.mail());
        waiting.remove().run();

        assertThat(bench.log()).containsExactly("old", "new");
        assertThat(bench.text("x.conf")).isEqualTo("2");
    }

    @Test
    void resourceGoneWhileItsReloadIsOwed_findsItOwedWhenItIsBack() throws Exception {
        String upThen = "test -e " + bench.target("nginx-is-up") + " && " + bench.appending("told");
        define("/x", "reload_cmd = \"" + upThen + "\"");
        Loop loop = bench.loop();
        turn(loop, Duration.ZERO);
        Files.delete(bench.confDir.path().resolve("conf.d/x.toml"));
        loop.confDirChanged();
        turn(loop, MOMENT);
        Files.createFile(bench.target("nginx-is-up"));

        bench.confDir.resource(
                "renamed.toml", "x.ftl", bench.target("x.conf"), "/x", "reload_cmd = \"" + upThen + "\"");
        loop.confDirChanged();
        turn(loop, MOMENT);

        assertThat(bench.log()).containsExactly("told");
    }

    @Test
    void bugWhileTheStoreIsRead_doesNotEndTheRun() throws Exception {
        Loop loop = bench.loop();
        bench.store.whenReadNext(() -> {
            loop.lookAtEverything();
            throw new IllegalStateException("as far as this test is concerned");
        });
        bench.hostName(() -> {
            loop.stop();
            return "bench";
        });
        bench.confDir.template("x.ftl", "${getv(\"/x/v\")} ${hostname()}");

        loop.run();

        assertThat(bench.text("x.conf")).isEqualTo("1 bench");
    }

    private void define(String keys, String further) throws Exception {
        bench.confDir.resource("x.toml", "x.ftl", bench.target("x.conf"), keys, further);
    }

    private void turn(Loop loop, Duration afterwards) throws Exception {
        bench.pass(afterwards);
        loop.turn(loop.mail());
        loop.turn(loop.mail());
    }
}
