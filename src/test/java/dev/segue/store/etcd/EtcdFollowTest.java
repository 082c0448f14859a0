package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.store.StoreException;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.Follower;
import dev.segue.testing.TcpGate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That a follower is never deaf, whatever happens to the store or to the way there. */
@Tag("server")
@Timeout(120)
class EtcdFollowTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final KeyRanges APP = Stores.ranges("/app");
    private static final int WATCHES_OF_A_PATH = 1;

    @RegisterExtension
    final EtcdServer etcd = EtcdServer.plain();

    private final Follower follower = new Follower();
    private EtcdKeyStore store = Stores.open(Stores.loopback(1));

    @BeforeEach
    void open() {
        store = Stores.open(etcd.url());
        store.follow(follower);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void put_runsTheFollower() throws Exception {
        store.read(APP);

        etcd.put("/app/a", "1");
        follower.awaitCall();
        assertThat(Stores.entries(store.read(APP))).containsExactly("/app/a=1");

        etcd.put("/app", "2");
        follower.awaitCall();
        assertThat(Stores.entries(store.read(APP))).containsExactly("/app=2", "/app/a=1");

        etcd.delete("/app/a");
        follower.awaitCall();
        assertThat(Stores.entries(store.read(APP))).containsExactly("/app=2");
    }

    @Test
    void catchUp_withNewsOfOnePath_asksEtcdForNothing() throws Exception {
        store.read(APP);
        awaitWatchers(1);
        long before = etcd.rangesRead();

        long revision = etcd.putTogether(Map.of("/app/a", "1", "/app", "2", "/app-x", "3"));
        follower.awaitCall();
        KeySnapshot now = store.catchUp(APP);
        assertThat(Stores.entries(now)).containsExactly("/app=2", "/app/a=1");
        assertThat(now.revision()).isEqualTo(revision);

        etcd.delete("/app");
        follower.awaitCall();
        assertThat(Stores.entries(store.catchUp(APP))).containsExactly("/app/a=1");
        assertThat(etcd.rangesRead()).isEqualTo(before);
        assertThat(Stores.entries(store.read(APP))).containsExactly("/app/a=1");
    }

    @Test
    void catchUp_withoutNews_reads() throws Exception {
        etcd.put("/app/a", "1");
        assertThat(Stores.entries(store.catchUp(APP))).containsExactly("/app/a=1");

        etcd.put("/other", "1");
        assertThat(store.catchUp(APP).revision()).isEqualTo(etcd.revision());
    }

    @Test
    void catchUp_ofSeveralPaths_readsThemAtOneRevision() throws Exception {
        KeyRanges both = Stores.ranges("/app", "/web");
        store.read(both);

        long revision = etcd.putTogether(Map.of("/app/a", "1", "/web/a", "2"));
        follower.awaitCall();

        KeySnapshot now = store.catchUp(both);
        assertThat(Stores.entries(now)).containsExactly("/app/a=1", "/web/a=2");
        assertThat(now.revision()).isEqualTo(revision);
    }

    @Test
    void catchUp_afterTheConnectionBroke_reads() throws Exception {
        store.read(APP);
        etcd.put("/app/a", "1");
        follower.awaitCall();
        etcd.kill();
        follower.awaitCall();
        etcd.start();
        etcd.put("/app/b", "2");

        assertThat(Stores.entries(store.catchUp(APP))).containsExactly("/app/a=1", "/app/b=2");
    }

    @Test
    void putBetweenReadAndWatch_isNotLost() throws Exception {
        for (int i = 0; i < 30; i++) {
            try (EtcdKeyStore fresh = Stores.open(etcd.url())) {
                Follower own = new Follower();
                fresh.follow(own);
                KeySnapshot first = fresh.read(APP);
                etcd.put("/app/a", "" + i);
                if (first.value("/app/a").filter(("" + i)::equals).isEmpty()) {
                    own.awaitCall();
                }
                assertThat(fresh.read(APP).value("/app/a")).contains("" + i);
            }
        }
    }

    @Test
    void putToANeighbour_wakesNobody() throws Exception {
        store.read(APP);

        etcd.put("/application", "1");
        etcd.put("/app-x", "1");
        etcd.put("/app0", "1");
        etcd.put("/ap", "1");
        etcd.put("/app/a", "1");
        follower.awaitCall();

        assertThat(follower.calls()).isEqualTo(1);
    }

    @Test
    void follower_thatThrows_isCalledAgain() throws Exception {
        Semaphore calls = new Semaphore(0);
        store.follow(() -> {
            calls.release();
            throw new IllegalStateException("a follower with a bug, on purpose");
        });
        store.read(APP);

        for (int i = 0; i < 3; i++) {
            etcd.put("/app/a", "" + i);
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(etcd.watchers()).isEqualTo(WATCHES_OF_A_PATH);
    }

    @Test
    void otherRanges_areWatchedInstead() throws Exception {
        store.read(APP);
        store.read(Stores.ranges("/web"));

        awaitWatchers(WATCHES_OF_A_PATH);
        etcd.put("/app/a", "1");
        etcd.put("/web/a", "1");
        follower.awaitCall();
        assertThat(follower.calls()).isEqualTo(1);
    }

    @Test
    void read_repeated_keepsTheOneWatch() throws Exception {
        for (int i = 0; i < 20; i++) {
            etcd.put("/app/a", "" + i);
            store.read(APP);
        }

        awaitWatchers(WATCHES_OF_A_PATH);
    }

    @Test
    void killed_runsTheFollower_andTheFirstReadAfterItsReturnWorks() throws Exception {
        store.read(APP);

        etcd.kill();
        follower.awaitCall();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> store.read(APP))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("etcd " + etcd.url() + ": not reachable: Connection refused");
        }
        etcd.start();
        etcd.put("/app/a", "1");

        assertThat(Stores.entries(store.read(APP))).containsExactly("/app/a=1");
        awaitWatchers(WATCHES_OF_A_PATH);
        follower.reset();
        etcd.put("/app/a", "2");
        follower.awaitCall();
    }

    @Test
    void killedAsSoonAsTheWatchIsThere_losesNoEvent() throws Exception {
        for (int round = 0; round < 5; round++) {
            store.read(APP);
            etcd.put("/app/" + round, "before");
            etcd.kill();
            etcd.start();
            etcd.put("/app/" + round, "after");
            follower.awaitCall();

            assertThat(store.read(APP).value("/app/" + round)).contains("after");
            follower.reset();
            etcd.put("/app/last", "" + round);
            follower.awaitCall();
        }
    }

    @Test
    void restartedAgainAndAgain_aReaderThatOnlyFollowsSeesTheLastPut() throws Exception {
        Semaphore wakeUps = new Semaphore(1);
        AtomicReference<String> seen = new AtomicReference<>("");
        store.follow(wakeUps::release);
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            while (!"end".equals(seen.get())) {
                seen.set(readWhenWoken(wakeUps));
            }
        });
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 20; i++) {
                etcd.put("/app/a", round + "." + i);
            }
            etcd.kill();
            etcd.start();
        }
        etcd.put("/app/a", "end");

        reader.get(20, TimeUnit.SECONDS);
    }

    @Test
    void wiped_isReadAnewAndFollowed() throws Exception {
        etcd.put("/app/old", "1");
        etcd.put("/app/old", "2");
        store.read(APP);

        etcd.kill();
        etcd.wipe();
        follower.awaitCall();
        etcd.put("/app/new", "1");

        assertThat(Stores.entries(store.read(APP))).containsExactly("/app/new=1");
        follower.reset();
        etcd.put("/app/new", "2");
        follower.awaitCall();
    }

    @Test
    void wipedAndFilledToTheSameRevision_isReadAnew() throws Exception {
        etcd.put("/app/a", "old");
        etcd.put("/app/b", "old");
        store.read(APP);

        etcd.kill();
        etcd.wipe();
        etcd.put("/app/a", "new");
        etcd.put("/app/c", "new");

        follower.awaitCall();
        assertThat(Stores.entries(store.read(APP))).containsExactly("/app/a=new", "/app/c=new");
    }

    @Test
    void compactedWhileCutOff_isReadAnewAndFollowed() throws Exception {
        try (TcpGate gate = TcpGate.to(etcd.port());
                EtcdKeyStore behindGate = Stores.open(Stores.loopback(gate.port()))) {
            behindGate.follow(follower);
            etcd.put("/app/a", "1");
            behindGate.read(APP);

            gate.cut();
            follower.awaitCall();
            etcd.delete("/app/a");
            etcd.compact(etcd.put("/app/b", "2"));
            gate.open();

            assertThat(Stores.entries(behindGate.read(APP))).containsExactly("/app/b=2");
            follower.reset();
            etcd.put("/app/b", "3");
            follower.awaitCall();
        }
    }

    @Test
    void heldStill_failsInTime_andGoesOnWhenLetGo() throws Exception {
        store.read(APP);

        etcd.pause();
        assertThatThrownBy(() -> store.read(APP))
                .isInstanceOf(StoreException.class)
                .hasMessage("etcd " + etcd.url() + ": no answer within 2 s");
        etcd.resume();

        etcd.put("/app/a", "1");
        assertThat(Stores.entries(store.read(APP))).containsExactly("/app/a=1");
        follower.reset();
        etcd.put("/app/a", "2");
        follower.awaitCall();
    }

    @Test
    void silentLine_isFoundWithoutARead() throws Exception {
        try (TcpGate gate = TcpGate.to(etcd.port());
                EtcdKeyStore behindGate = Stores.open(Stores.loopback(gate.port()))) {
            behindGate.follow(follower);
            behindGate.read(APP);

            gate.silence();

            follower.awaitCall();
        }
    }

    @Test
    void close_endsAllWatchesAndCallsNobody() throws Exception {
        store.read(APP);
        awaitWatchers(WATCHES_OF_A_PATH);

        store.close();

        awaitWatchers(0);
        assertThat(follower.calls()).isZero();
    }

    private String readWhenWoken(Semaphore wakeUps) {
        try {
            wakeUps.acquire();
            return store.read(APP).value("/app/a").orElse("");
        } catch (StoreException e) {
            // As the daemon does: what failed is tried again without waiting for an event.
            wakeUps.release();
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitWatchers(long expected) {
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(etcd.watchers()).isEqualTo(expected));
    }
}
