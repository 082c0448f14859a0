package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.EtcdCluster;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of some members of an etcd cluster. */
@Tag("server")
@Timeout(150)
class ClusterFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final EtcdCluster cluster = EtcdCluster.ofThree();

    @TempDir
    Path folder;

    private EtcdServer ours;
    private EtcdServer other;
    private EtcdServer third;
    private Mirror mirror;

    /** Segue asks the first member that it is given. */
    @BeforeEach
    void newMirror() throws IOException {
        ours = cluster.members().get(0);
        other = cluster.members().get(1);
        third = cluster.members().get(2);
        other.put("/app/a", "1");
        mirror = Mirror.in(folder);
    }

    /** Others can answer, so the store is not even lost. */
    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=1h"})
    void memberKilled_anotherOneIsAsked(String mode) {
        cluster.moveLeaderTo(other);
        try (SegueProcess segue = start(mode)) {
            mirror.awaitInStep(other);
            ours.kill();

            mirror.assertFollows(other, "without it");
            ours.start();
            mirror.assertFollows(ours, "with it again");

            assertThat(mirror.reloads()).isEqualTo(3);
            Mirror.assertWell(segue, Mirror.neverLost());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=1h"})
    void leaderKilled_firstPutIsApplied(String mode) {
        cluster.moveLeaderTo(ours);
        try (SegueProcess segue = start(mode)) {
            mirror.awaitInStep(other);
            ours.kill();
            await().atMost(PATIENCE).until(other::answers);

            mirror.assertFollows(other, "under a new leader");

            assertThat(mirror.reloads()).isEqualTo(2);
            assertThat(segue.linesWith(Mirror.LOST))
                    .isEqualTo(segue.linesWith(Mirror.BACK))
                    .isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=1h"})
    void leaderMoved_isNoMatter(String mode) {
        cluster.moveLeaderTo(ours);
        try (SegueProcess segue = start(mode)) {
            mirror.awaitInStep(other);
            for (EtcdServer heir : cluster.members()) {
                if (heir != cluster.leader(ours)) {
                    cluster.moveLeaderTo(heir);
                }
                await().atMost(PATIENCE).until(() -> cluster.leader(ours) == heir);
                mirror.assertFollows(other, "under " + heir.port());
            }

            assertThat(mirror.reloads()).isEqualTo(4);
            Mirror.assertWell(segue, Mirror.neverLost());
        }
    }

    /** The member that Segue asks is well, but cut off from the others: what it holds may be old. */
    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=2s"})
    void memberWithoutTheOthers_isNotBelieved(String mode) {
        try (SegueProcess segue = start(mode)) {
            mirror.awaitInStep(other);
            other.kill();
            third.kill();
            segue.awaitLog(Mirror.LOST);
            assertThat(mirror.text()).isEqualTo("/app/a=1\n");

            startBoth();
            segue.awaitLog(Mirror.BACK);
            mirror.assertFollows(other, "together again");

            assertThat(mirror.reloads()).isEqualTo(2);
            Mirror.assertWell(segue, Mirror.lostOnce());
        }
    }

    /** Two of three answer again as soon as the first of them is up. */
    private void startBoth() {
        other.start();
        third.start();
    }

    private SegueProcess start(String mode) {
        return mirror.start(mode, cluster.urls().toArray(URI[]::new));
    }
}
