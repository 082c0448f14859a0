package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.keys.ByteText;
import dev.segue.testing.CapturedLog;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.FreePorts;
import dev.segue.testing.TcpGate;
import io.grpc.InternalChannelz;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key that is there as long as we are, whatever happens to the store, and no longer. */
@Tag("server")
@Timeout(120)
class EtcdLeasedKeyTest {
    private static final String NAME = "/segue/web/h1";
    private static final Duration LIFE = Duration.ofSeconds(3);

    /** Longer than a test, so that nothing runs out by itself. */
    private static final Duration LONG_LIFE = Duration.ofSeconds(60);

    /** The longest pause between two tries, and what the try itself may take on a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(4);

    @RegisterExtension
    static final EtcdServer etcd = EtcdServer.plain();

    private final CapturedLog log = new CapturedLog();

    @BeforeEach
    void clear() {
        etcd.deletePrefix("/");
    }

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void set_isWrittenUnderALease_andGoneAtOnceAfterClose() {
        EtcdLeasedKey key = open(LONG_LIFE);
        key.set("1");
        awaitValue("1");
        long lease = etcd.leaseOf(NAME);
        assertThat(lease).isNotZero();

        key.close();

        assertThat(etcd.entries("/")).isEmpty();
        assertThat(etcd.leases()).doesNotContain(lease);
        assertThat(said()).isEmpty();
    }

    @Test
    void set_again_replacesTheValueUnderTheSameLease() {
        try (EtcdLeasedKey key = open(LONG_LIFE)) {
            key.set("1");
            awaitValue("1");
            long lease = etcd.leaseOf(NAME);

            key.set("2");

            awaitValue("2");
            assertThat(etcd.leaseOf(NAME)).isEqualTo(lease);
        }
    }

    @Test
    void set_manyTimes_endsWithTheLast() {
        try (EtcdLeasedKey key = open(LONG_LIFE)) {
            for (int i = 0; i <= 1_000; i++) {
                key.set(Integer.toString(i));
            }

            awaitValue("1000");
        }
    }

    @Test
    void set_bytesThatAreNoText_comeThroughUnchanged() throws Exception {
        String name = ByteText.decode(new byte[] {'/', (byte) 0xFF, 0});
        String value = ByteText.decode(new byte[] {(byte) 0xC3, 0, (byte) 0xFF, '\n'});
        try (EtcdLeasedKey key = new EtcdLeasedKey(Stores.settings(etcd.url()), name, LONG_LIFE);
                EtcdKeyTransactions keys = Stores.transactions(etcd.url())) {
            key.set(value);

            await().atMost(SOON).until(() -> keys.get(name).value().equals(Optional.of(value)));
        }
    }

    @Test
    void keyIsKept_beyondItsLife_withoutBeingWrittenAgain() {
        try (EtcdLeasedKey key = open(Duration.ofSeconds(1))) {
            key.set("1");
            awaitValue("1");
            long revision = etcd.revision();

            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> isThere() && etcd.revision() == revision);
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void leaseRevokedByOthers_isReplaced() {
        try (EtcdLeasedKey key = open(LIFE)) {
            key.set("1");
            awaitValue("1");
            long lease = etcd.leaseOf(NAME);

            etcd.revoke(lease);

            assertThat(isThere()).isFalse();
            awaitValue("1");
            assertThat(etcd.leaseOf(NAME)).isNotEqualTo(lease);
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void keyDeletedByOthers_isWrittenAgain() {
        try (EtcdLeasedKey key = open(LIFE)) {
            key.set("1");
            awaitValue("1");

            etcd.delete(NAME);

            awaitValue("1");
            assertThat(etcd.leaseOf(NAME)).isNotZero();
        }
    }

    @Test
    void keyPutByOthers_isWrittenAgain() {
        try (EtcdLeasedKey key = open(LIFE)) {
            key.set("1");
            awaitValue("1");

            etcd.put(NAME, "2");

            awaitValue("1");
            assertThat(etcd.leaseOf(NAME)).isNotZero();
        }
        assertThat(etcd.entries("/")).isEmpty();
    }

    @Test
    void storeStoppedAndStarted_keyHasTheValueSetMeanwhile_andBothIsSaidOnce() {
        try (EtcdLeasedKey key = open(LONG_LIFE)) {
            key.set("1");
            awaitValue("1");

            etcd.stop();
            await().atMost(SOON).until(() -> !said().isEmpty());
            key.set("2");
            key.set("3");
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> said().size() == 1);
            etcd.start();

            awaitValue("3");
            await().atMost(SOON).until(() -> said().size() == 2);
            assertThat(etcd.leaseOf(NAME)).isNotZero();
        }
        assertThat(etcd.entries("/")).isEmpty();
        assertThat(said().get(0))
                .isEqualTo("WARN " + NAME + ": runs out of the store within 60 s unless it answers before: etcd "
                        + etcd.url() + ": not reachable: Connection refused");
        assertThat(said().get(1)).matches("INFO " + NAME + ": kept in the store now, after \\d+ s");
    }

    @Test
    void storeNotThereAtFirst_keyComesOnceItIs() {
        etcd.stop();
        EtcdLeasedKey key = open(LONG_LIFE);
        try {
            key.set("1");
            await().atMost(SOON).until(() -> said().size() == 1);
            assertThat(said().get(0))
                    .isEqualTo("WARN " + NAME + ": not in the store yet: etcd " + etcd.url()
                            + ": not reachable: Connection refused");
        } finally {
            etcd.start();
        }
        try (key) {
            awaitValue("1");
        }
    }

    @Test
    void storeWiped_keyComesBack() {
        try (EtcdLeasedKey key = open(LONG_LIFE)) {
            key.set("1");
            awaitValue("1");

            etcd.kill();
            etcd.wipe();

            awaitValue("1");
            assertThat(etcd.leaseOf(NAME)).isNotZero();
        }
        assertThat(etcd.entries("/")).isEmpty();
    }

    @Test
    void outageLongerThanTheLife_keyComesBack() {
        try (TcpGate gate = TcpGate.to(etcd.port());
                EtcdLeasedKey key = open(LIFE, Stores.loopback(gate.port()))) {
            key.set("1");
            awaitValue("1");

            gate.silence();
            await().atMost(LIFE.plusSeconds(3)).until(() -> !isThere());
            gate.heal();

            awaitValue("1");
        }
        assertThat(etcd.entries("/")).isEmpty();
    }

    @Test
    void nodeHangs_theNextKeepsTheKeyWithoutAGap() {
        try (TcpGate gate = TcpGate.to(etcd.port());
                EtcdLeasedKey key = open(LIFE, Stores.loopback(gate.port()), etcd.url())) {
            key.set("1");
            awaitValue("1");

            gate.silence();

            await().during(LIFE.multipliedBy(2)).atMost(Duration.ofSeconds(20)).until(this::isThere);
        }
    }

    @Test
    void firstNodeDead_theNextKeepsTheKey() {
        try (EtcdLeasedKey key = open(LONG_LIFE, Stores.loopback(FreePorts.next()), etcd.url())) {
            key.set("1");

            awaitValue("1");
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void close_storeHangs_returnsWithinASecond_andTheKeyRunsOut() {
        EtcdLeasedKey key = open(LIFE);
        key.set("1");
        awaitValue("1");
        etcd.pause();
        try {
            assertThat(time(key::close)).isLessThan(Duration.ofSeconds(1));
        } finally {
            etcd.resume();
        }

        await().atMost(LIFE.plusSeconds(3)).until(() -> !isThere());
    }

    @Test
    void close_storeNotThere_returnsWithinASecond() {
        EtcdLeasedKey key = open(LONG_LIFE, Stores.loopback(FreePorts.next()));
        key.set("1");
        await().atMost(SOON).until(() -> !said().isEmpty());

        assertThat(time(key::close)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void close_rightAfterSet_leavesNoKey() {
        for (int i = 0; i < 20; i++) {
            EtcdLeasedKey key = open(LONG_LIFE);
            key.set("1");
            key.close();
        }

        assertThat(etcd.entries("/")).isEmpty();
    }

    @Test
    void close_twiceOrWithoutASet_isHarmless_andASetAfterItDoesNothing() {
        EtcdLeasedKey key = open(LONG_LIFE);
        key.close();
        key.close();

        key.set("1");

        assertThat(threads()).doesNotContain("etcd-lease");
    }

    @Test
    void close_leavesNoThreadAndNoChannel() {
        int channels = channels();
        for (int i = 0; i < 5; i++) {
            EtcdLeasedKey key = open(LONG_LIFE);
            key.set("1");
            awaitValue("1");
            assertThat(threads()).contains("etcd-lease");
            key.close();
            assertThat(etcd.entries("/")).isEmpty();
        }

        assertThat(channels()).isEqualTo(channels);
        // The client's own threads are asked to end, and not waited for.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(threads()).noneMatch(name -> name.matches("(etcd-|jetcd|grpc|vert\\.x).*")));
    }

    @Test
    void openKey_doesNotHoldTheJvm() {
        try (EtcdLeasedKey key = open(LONG_LIFE)) {
            key.set("1");
            awaitValue("1");

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("etcd-"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void processKilled_keyIsGoneWithinItsLife() throws Exception {
        try (LeaseProcess process = LeaseProcess.start(etcd.url(), NAME, "1", LIFE)) {
            await().atMost(Duration.ofSeconds(30)).until(this::isThere);
            // Past its first life: so it was renewed.
            await().during(LIFE.plusSeconds(1)).atMost(Duration.ofSeconds(20)).until(this::isThere);

            process.kill();

            // etcd looks for leases that are over every half second.
            await().atMost(LIFE.plusSeconds(1)).until(() -> !isThere());
        }
    }

    @Test
    void processEnds_keyIsGoneAtOnce() throws Exception {
        try (LeaseProcess process = LeaseProcess.start(etcd.url(), NAME, "1", LONG_LIFE)) {
            await().atMost(Duration.ofSeconds(30)).until(this::isThere);

            assertThat(process.end()).isZero();

            assertThat(isThere()).isFalse();
        }
    }

    private static EtcdLeasedKey open(Duration life) {
        return open(life, etcd.url());
    }

    private static EtcdLeasedKey open(Duration life, URI... nodes) {
        return new EtcdLeasedKey(Stores.settings(nodes), NAME, life);
    }

    private void awaitValue(String value) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> etcd.entries("/").equals(Map.of(NAME, value)));
    }

    private boolean isThere() {
        return etcd.entries("/").containsKey(NAME);
    }

    private List<String> said() {
        return log.lines().stream().filter(line -> line.contains(" /segue/")).toList();
    }

    private static Duration time(Runnable deed) {
        long start = System.nanoTime();
        deed.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static int channels() {
        return InternalChannelz.instance().getRootChannels(0, 1_000).channels.size();
    }
}
