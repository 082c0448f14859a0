package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of etcd itself: held still, away for long, put back to what it was. */
@Tag("server")
@Timeout(150)
class StoreFaultsTest {
    private static final Duration LONG_OUTAGE = Duration.ofSeconds(45);

    @RegisterExtension
    final EtcdServer etcd = EtcdServer.plain();

    @TempDir
    Path folder;

    private Mirror mirror;

    @BeforeEach
    void newMirror() throws IOException {
        mirror = Mirror.in(folder);
        etcd.put("/app/a", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=2s"})
    void heldStillAndLetGo_isWaitedForAndFollowedAgain(String mode) {
        try (SegueProcess segue = mirror.start(mode, etcd.url())) {
            mirror.awaitInStep(etcd);
            String before = mirror.text();
            etcd.pause();
            segue.awaitLog(Mirror.LOST);
            assertThat(segue.log()).contains("WARN etcd " + etcd.url() + ": no answer within ");
            assertThat(mirror.text()).isEqualTo(before);

            etcd.resume();
            segue.awaitLog(Mirror.BACK);
            mirror.assertFollows(etcd, "after");

            assertThat(mirror.reloads()).isEqualTo(2);
            Mirror.assertWell(segue, Mirror.lostOnce());
        }
    }

    /** Too short to be noticed: nothing is said, and nothing is lost. */
    @Test
    void heldStillForAMoment_isNotEvenNoticed() {
        try (SegueProcess segue = mirror.start("--watch --interval=1h", etcd.url())) {
            mirror.awaitInStep(etcd);
            etcd.pause();
            etcd.resume();

            mirror.assertFollows(etcd, "after");

            assertThat(mirror.reloads()).isEqualTo(2);
            Mirror.assertWell(segue, Mirror.neverLost());
        }
    }

    /** One Segue that polls and one that watches through the same outage, since it takes its time. */
    @Test
    void awayForLong_firstPutIsAppliedWithinTwoSeconds() throws IOException {
        Mirror second = Mirror.in(folder);
        try (SegueProcess polling = mirror.start("--interval=1s", etcd.url());
                SegueProcess watching = second.start("--watch --interval=1h", etcd.url())) {
            mirror.awaitInStep(etcd);
            second.awaitInStep(etcd);
            String before = mirror.text();
            etcd.kill();
            polling.awaitLog(Mirror.LOST);
            watching.awaitLog(Mirror.LOST);
            await().during(LONG_OUTAGE)
                    .atMost(LONG_OUTAGE.plusSeconds(5))
                    .until(() -> mirror.text().equals(before) && second.text().equals(before));

            etcd.start();
            etcd.put("/app/a", "2");
            second.assertFollows(etcd, "after");
            mirror.awaitInStep(etcd);

            Mirror.assertWell(polling, Mirror.lostOnce());
            Mirror.assertWell(watching, Mirror.lostOnce());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=1h"})
    void restoredToALowerRevision_isFollowedBack(String mode) {
        Path saved = save();
        String before = "/app/a=1\n/app/b=1\n";
        try (SegueProcess segue = mirror.start(mode, etcd.url())) {
            mirror.awaitInStep(etcd);
            etcd.delete("/app/b");
            etcd.put("/app/a", "3");
            mirror.awaitInStep(etcd);
            assertThat(mirror.text()).isEqualTo("/app/a=3\n");

            etcd.kill();
            etcd.restore(saved);
            mirror.awaitInStep(etcd);
            assertThat(mirror.text()).isEqualTo(before);
            mirror.assertFollows(etcd, "after");

            Mirror.assertWellAndLostAtMostOnce(segue);
        }
    }

    /** Segue is stopped meanwhile: when it looks, the store shows the same cluster and a higher revision than before. */
    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=1h"})
    void restoredAndFilledUnseen_isReadAnew(String mode) {
        Path saved = save();
        try (SegueProcess segue = mirror.start(mode, etcd.url())) {
            mirror.awaitInStep(etcd);
            long seen = etcd.put("/app/c", "of a history that was undone");
            mirror.awaitInStep(etcd);

            segue.signal("STOP");
            etcd.kill();
            etcd.restore(saved);
            long revision = 0;
            while (revision <= seen + 1) {
                revision = etcd.put("/app/a", "r" + revision);
            }
            segue.signal("CONT");

            mirror.awaitInStep(etcd);
            mirror.assertFollows(etcd, "after");
            Mirror.assertWell(segue, Mirror.neverLost());
        }
    }

    private Path save() {
        etcd.put("/app/b", "1");
        Path saved = folder.resolve("saved");
        etcd.save(saved);
        return saved;
    }
}
