package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.TcpGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the line between Segue and an etcd that is well: it breaks, goes silent, or breaks at the worst moment. */
@Tag("server")
@Timeout(150)
class LineFaultsTest {
    /** The connection, the read and the watches of a reconnection are about this many bytes from etcd. */
    private static final int BYTES_OF_A_RECONNECTION = 700;

    private static final int STEP_BYTES = 30;

    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    Path folder;

    private Mirror mirror;
    private TcpGate gate;

    @BeforeEach
    void newMirror() throws IOException {
        ETCD.deletePrefix("/app/");
        ETCD.put("/app/a", "1");
        mirror = Mirror.in(folder);
        gate = TcpGate.to(ETCD.port());
    }

    @AfterEach
    void closeGate() {
        gate.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=1h"})
    void compactedWhileCutOff_isReadAnewAndFollowed(String mode) {
        ETCD.put("/app/b", "1");
        try (SegueProcess segue = start(mode)) {
            mirror.awaitInStep(ETCD);
            gate.cut();
            segue.awaitLog(Mirror.LOST);
            ETCD.delete("/app/b");
            ETCD.put("/app/a", "2");
            ETCD.compact(ETCD.put("/app/c", "1"));
            assertThat(mirror.text()).isEqualTo("/app/a=1\n/app/b=1\n");

            gate.open();
            mirror.awaitInStep(ETCD);
            segue.awaitLog(Mirror.BACK);
            mirror.assertFollows(ETCD, "after");

            assertThat(mirror.reloads()).isEqualTo(3);
            Mirror.assertWell(segue, Mirror.lostOnce());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=1h"})
    void lineGoesDead_isNoticedAndWaitedFor(String mode) {
        try (SegueProcess segue = start(mode)) {
            mirror.awaitInStep(ETCD);
            gate.silence();
            ETCD.put("/app/a", "2");
            segue.awaitLog(Mirror.LOST);
            assertThat(mirror.text()).isEqualTo("/app/a=1\n");

            gate.heal();
            mirror.awaitInStep(ETCD);
            segue.awaitLog(Mirror.BACK);
            mirror.assertFollows(ETCD, "after");

            assertThat(mirror.reloads()).isEqualTo(3);
            Mirror.assertWell(segue, Mirror.lostOnce());
        }
    }

    /** Nothing tells Segue, and no look at everything is near. */
    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=1h"})
    void openConnectionGoesSilent_isReplaced(String mode) {
        try (SegueProcess segue = start(mode)) {
            mirror.awaitInStep(ETCD);
            gate.silenceOpenOnes();
            ETCD.put("/app/a", "2");

            mirror.awaitInStep(ETCD);
            mirror.assertFollows(ETCD, "after");

            assertThat(mirror.reloads()).isEqualTo(3);
            Mirror.assertWell(segue, Mirror.neverLost());
        }
    }

    /**
     * A put before each piece of what etcd sends while a connection is made anew: before the read, between the read and
     * the watch, between the watch's {@code created} and its first event. Nothing but the watch can tell of it.
     */
    @Test
    void putAtAnyMomentOfAReconnection_isNotLost() throws InterruptedException {
        try (SegueProcess segue = start("--watch --interval=1h")) {
            mirror.awaitInStep(ETCD);
            for (int bytes = 1; bytes < BYTES_OF_A_RECONNECTION; bytes += STEP_BYTES) {
                gate.cut();
                String value = "at byte " + bytes;
                CountDownLatch done = new CountDownLatch(1);
                gate.afterBytes(bytes, () -> {
                    ETCD.put("/app/a", value);
                    done.countDown();
                });
                gate.open();
                // Where a connection is quiet before that many bytes came, further puts bring the rest.
                for (int i = 0; !done.await(2, TimeUnit.SECONDS); i++) {
                    ETCD.put("/app/b", value + " " + i);
                }
                mirror.awaitInStep(ETCD);
            }
            mirror.assertFollows(ETCD, "after");
            Mirror.assertWell(segue, Map.of());
        }
    }

    @Test
    void putsWhileTheLineBreaksAgainAndAgain_lastOneIsApplied() {
        Random random = new Random(20_261_124);
        try (SegueProcess segue = start("--watch --interval=1h")) {
            mirror.awaitInStep(ETCD);
            for (int round = 0; round < 40; round++) {
                gate.cut();
                put(round, random.nextInt(4));
                gate.open();
                put(round, random.nextInt(120));
                if (random.nextInt(3) == 0) {
                    mirror.awaitInStep(ETCD);
                }
            }
            mirror.awaitInStep(ETCD);
            mirror.assertFollows(ETCD, "after");
            Mirror.assertWell(segue, Map.of());
        }
    }

    private static void put(int round, int count) {
        for (int i = 0; i < count; i++) {
            ETCD.put("/app/" + i % 7, round + "." + i);
        }
    }

    private SegueProcess start(String mode) {
        return mirror.start(mode, Mirror.loopback(gate.port()));
    }
}
