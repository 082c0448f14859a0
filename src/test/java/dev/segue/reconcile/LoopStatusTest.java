package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Outcome;
import dev.segue.plan.Rung;
import dev.segue.status.Health;
import dev.segue.status.Picture;
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

/** What the loop shows of itself, with time moved by hand. */
@Timeout(60)
class LoopStatusTest {
    private static final Health.Limits LIMITS = Health.Limits.of(Duration.ofSeconds(3), Duration.ofSeconds(60));
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private Workbench bench;
    private Loop loop;

    @BeforeEach
    void oneResource() throws Exception {
        bench = new Workbench(folder);
        bench.confDir.template("x.ftl", "${getv(\"/x/v\")}");
        define("x");
        bench.store.put("/x/v", "1");
        loop = bench.loop();
    }

    @Test
    void beforeTheFirstPassEnds_theResourceIsPending() throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        bench.lanes(waiting::add);
        loop = bench.loop();

        turn(MOMENT);

        assertThat(only().outcome()).isEqualTo(new Outcome.Pending());
        assertThat(only().rung()).isEmpty();
        assertThat(ready()).isFalse();
        waiting.remove().run();
        turn(MOMENT);
        assertThat(only().wasEverApplied()).isTrue();
        assertThat(ready()).isTrue();
    }

    @Test
    void sameValuePutAgain_isSeenAtItsRevisionWithoutAPass() throws Exception {
        turn(MOMENT);
        long passes = only().counts().passes();
        bench.store.put("/x/v", "1");
        loop.storeChanged();
        turn(MOMENT);

        assertThat(only().keysRevision()).isEqualTo(picture().store().revision().orElseThrow());
        assertThat(only().counts().passes()).isEqualTo(passes);

        long seen = only().keysRevision();
        bench.store.put("/y/v", "1");
        loop.storeChanged();
        turn(MOMENT);
        assertThat(only().keysRevision()).isEqualTo(seen);
    }

    @Test
    void sameValuePutAgainDuringAPass_isSeenAtItsRevisionWhenThatEnds() throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        bench.lanes(waiting::add);
        loop = bench.loop();
        turn(MOMENT);
        bench.store.put("/x/v", "1");
        loop.storeChanged();
        turn(MOMENT);
        assertThat(only().keysRevision()).isZero();

        waiting.remove().run();
        turn(MOMENT);

        assertThat(only().keysRevision()).isEqualTo(picture().store().revision().orElseThrow());
    }

    @Test
    void otherValuePutDuringAPass_isNotSeenBeforeItsOwn() throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        bench.lanes(waiting::add);
        loop = bench.loop();
        turn(MOMENT);
        long first = picture().store().revision().orElseThrow();
        bench.store.put("/x/v", "2");
        loop.storeChanged();
        turn(MOMENT);
        bench.store.put("/x/v", "1");
        loop.storeChanged();
        turn(MOMENT);

        waiting.remove().run();
        turn(Duration.ofSeconds(1));
        assertThat(only().keysRevision()).isEqualTo(first);

        waiting.remove().run();
        turn(MOMENT);
        assertThat(only().keysRevision()).isEqualTo(picture().store().revision().orElseThrow());
    }

    @Test
    void reloadThatFails_isOwedSinceThenUntilItSucceeds() throws Exception {
        define("x", "reload_cmd = \"test -e " + bench.target("nginx-is-up") + "\"");
        turn(MOMENT);
        turn(Duration.ofSeconds(1));

        assertThat(only().rung()).contains(Rung.INSTALLED);
        assertThat(picture().age(only().owedSince())).isEqualTo(Duration.ofSeconds(1));
        assertThat(only().nextTry()).contains(picture().taken().plusSeconds(2));
        long failures = only().counts().reloadFailures();
        assertThat(failures).isGreaterThanOrEqualTo(2);
        assertThat(only().counts().reloads()).isZero();
        assertThat(only().wasEverApplied()).isFalse();

        Files.createFile(bench.target("nginx-is-up"));
        turn(Duration.ofSeconds(2));
        assertThat(only().rung()).contains(Rung.RELOADED);
        assertThat(only().owedSince()).isEmpty();
        assertThat(only().nextTry()).isEmpty();
        assertThat(only().appliedAt()).contains(picture().taken());
        assertThat(only().counts().reloads()).isEqualTo(1);
        assertThat(only().counts().reloadFailures()).isEqualTo(failures);
        assertThat(only().appliedRevision())
                .hasValue(picture().store().revision().orElseThrow());
    }

    @Test
    void retryThatKeepsThePauseBetweenTwoReloads_isShownForItsEnd() throws Exception {
        define("x", "reload_cmd = \"false\"", "min_reload_interval = \"30s\"");
        turn(MOMENT);
        turn(Duration.ofSeconds(1));

        assertThat(only().failures()).isEqualTo(1);
        assertThat(only().nextTry()).contains(picture().taken().plusSeconds(29));
    }

    @Test
    void failureBeforeAnyReload_isShownToBeTriedAgainAfterItsBackoff() throws Exception {
        define("x", "check_cmd = \"false\"", "min_reload_interval = \"30s\"");
        turn(Duration.ofSeconds(5));

        assertThat(only().nextTry()).contains(picture().taken().plusSeconds(1));
    }

    @Test
    void resourceRemovedOnDisk_vanishesAtOnce() throws Exception {
        turn(MOMENT);
        Files.delete(bench.confDir.path().resolve("conf.d/x.toml"));

        loop.confDirChanged();
        bench.store.lose();
        turn(MOMENT);

        assertThat(picture().resources()).isEmpty();
    }

    @Test
    void brokenResourceFile_isRefusedUntilItIsMended() throws Exception {
        bench.confDir.resource("bad.toml", "[template\n");
        turn(MOMENT);
        assertThat(picture().refused()).containsOnlyKeys("conf.d/bad.toml");
        assertThat(picture().refused().get("conf.d/bad.toml"))
                .first()
                .asString()
                .startsWith("conf.d/bad.toml:1:");
        assertThat(ready()).isFalse();

        Files.delete(bench.confDir.path().resolve("conf.d/bad.toml"));
        loop.confDirChanged();
        turn(MOMENT);
        assertThat(picture().refused()).isEmpty();
        assertThat(ready()).isTrue();
    }

    @Test
    void brokenEdit_keepsTheEarlierDefinitionAndReadiness() throws Exception {
        turn(MOMENT);
        bench.confDir.resource("x.toml", "[template\n");
        loop.confDirChanged();
        turn(MOMENT);

        assertThat(picture().refused()).containsOnlyKeys("conf.d/x.toml");
        assertThat(picture().keepsEarlier("conf.d/x.toml")).isTrue();
        assertThat(ready()).isTrue();
    }

    @Test
    void confDirGone_isShownAndKeepsAllResources() throws Exception {
        turn(MOMENT);
        Path resources = bench.confDir.path().resolve("conf.d");
        Files.move(resources, bench.confDir.path().resolve("away"));
        loop.confDirChanged();
        turn(MOMENT);

        assertThat(picture().refused()).containsOnlyKeys("conf.d");
        assertThat(only().name()).isEqualTo("conf.d/x.toml");
        assertThat(ready()).isTrue();
    }

    @Test
    void storeLost_isShownSinceThen() throws Exception {
        turn(MOMENT);
        bench.store.lose();
        loop.storeChanged();
        turn(MOMENT);
        turn(Duration.ofSeconds(61));

        assertThat(picture().store().lastError()).contains("memory: not reachable: lost by the test");
        assertThat(ready()).isFalse();

        bench.store.find();
        turn(Duration.ofSeconds(2));
        assertThat(picture().store().isUp()).isTrue();
        assertThat(ready()).isTrue();
    }

    @Test
    void run_showsItsPulseAndHowLongItRests() throws Exception {
        loop.stop();
        loop.run();
        assertThat(picture().pulse().turns()).isZero();

        loop = bench.loop();
        bench.store.whenReadNext(loop::stop);
        loop.run();

        assertThat(picture().pulse().turns()).isPositive();
        assertThat(picture().pulse().rest()).isLessThanOrEqualTo(Workbench.INTERVAL);
    }

    private void define(String name, String... further) throws Exception {
        bench.confDir.resource(name + ".toml", name + ".ftl", bench.target(name + ".conf"), "/" + name, further);
    }

    /** Time passes, then the loop turns, and once more to hear of the passes that it started. */
    private void turn(Duration afterwards) throws Exception {
        bench.pass(afterwards);
        loop.turn(loop.mail());
        loop.turn(loop.mail());
    }

    private Picture picture() {
        return bench.board.picture();
    }

    private boolean ready() {
        return Health.of(picture(), LIMITS).ready().isGood();
    }

    private ResourceStatus only() {
        assertThat(picture().resources()).hasSize(1);
        return picture().resources().get(0);
    }
}
