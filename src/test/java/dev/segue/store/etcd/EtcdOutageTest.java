package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.keys.KeyRanges;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.Follower;
import dev.segue.testing.FreePorts;
import dev.segue.testing.TcpGate;
import io.grpc.InternalChannelz;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stores that are not there: what is said, who is asked instead, and what is left behind. */
@Tag("server")
@Timeout(120)
class EtcdOutageTest {
    private static final KeyRanges APP = Stores.ranges("/app");

    @RegisterExtension
    static final EtcdServer etcd = EtcdServer.plain();

    @Test
    void nobodyListens_isSaidOnce() {
        URI nowhere = Stores.loopback(FreePorts.next());

        assertFailure(Kind.UNREACHABLE, "etcd " + nowhere + ": not reachable: Connection refused", nowhere);
    }

    @Test
    void ipv6Literal_isDialled() {
        URI nowhere = URI.create("http://[::1]:" + FreePorts.next());

        assertFailure(Kind.UNREACHABLE, "etcd " + nowhere + ": not reachable: Connection refused", nowhere);
    }

    @Test
    void unknownHost_isNamed() {
        URI unknown = URI.create("http://no-such-host.invalid:2379");

        assertFailure(
                Kind.UNREACHABLE,
                "etcd http://no-such-host.invalid:2379: not reachable:"
                        + " host name \"no-such-host.invalid\" can't be resolved",
                unknown);
    }

    @Test
    void localhost_isResolved() throws Exception {
        try (EtcdKeyStore store = Stores.open(URI.create("http://localhost:" + etcd.port()))) {
            assertThat(store.read(APP).revision()).isEqualTo(etcd.revision());
        }
    }

    @Test
    void firstNodeDead_theNextAnswers() throws Exception {
        try (EtcdKeyStore store = Stores.open(Stores.loopback(FreePorts.next()), etcd.url())) {
            assertThat(store.read(APP).revision()).isEqualTo(etcd.revision());
        }
    }

    @Test
    void nodeHangs_theNextAnswers_andKeepsTheTurn() throws Exception {
        try (TcpGate gate = TcpGate.to(etcd.port());
                EtcdKeyStore store = Stores.open(Stores.loopback(gate.port()), etcd.url())) {
            store.read(APP);

            gate.silence();
            long revision = etcd.put("/app/a", "1");
            assertThat(store.read(APP).revision()).isEqualTo(revision);

            long next = etcd.put("/app/a", "2");
            assertThat(store.read(APP).revision()).isEqualTo(next);
        }
    }

    @Test
    void allNodesDead_eachIsNamed() {
        URI one = Stores.loopback(FreePorts.next());
        URI two = URI.create("http://no-such-host.invalid:1");

        assertFailure(
                Kind.UNREACHABLE,
                "etcd " + one + ": not reachable: Connection refused; etcd " + two
                        + ": not reachable: host name \"no-such-host.invalid\" can't be resolved",
                one,
                two);
    }

    @Test
    void closeDuringARead_endsTheReadAtOnce() throws Exception {
        etcd.pause();
        try {
            EtcdKeyStore store = Stores.open(etcd.url(), Stores.loopback(FreePorts.next()));
            CompletableFuture<StoreException> failure = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(StoreException.class, () -> store.read(APP)));
            Awaitility.await().until(() -> threads().stream().anyMatch(name -> name.startsWith("etcd-connection")));

            store.close();

            assertThat(failure.get(1, TimeUnit.SECONDS)).hasMessage("etcd " + etcd.url() + ": closed");
        } finally {
            etcd.resume();
        }
    }

    @Test
    void readAfterClose_fails() throws Exception {
        EtcdKeyStore store = Stores.open(etcd.url());
        store.read(APP);
        store.close();

        assertThatThrownBy(() -> store.read(APP))
                .isInstanceOf(StoreException.class)
                .hasMessage("etcd " + etcd.url() + ": closed");
    }

    @Test
    void close_twiceOrWithoutARead_isHarmless() {
        EtcdKeyStore store = Stores.open(etcd.url());

        store.close();
        store.close();
    }

    @Test
    void manyReconnections_leaveNothingBehind() throws Exception {
        int channels = channels();
        try (TcpGate gate = TcpGate.to(etcd.port());
                EtcdKeyStore store = Stores.open(Stores.loopback(gate.port()))) {
            Follower follower = new Follower();
            store.follow(follower);
            for (int i = 0; i < 25; i++) {
                follower.reset();
                store.read(APP);
                gate.cut();
                follower.awaitCall();
                assertThatThrownBy(() -> store.read(APP)).isInstanceOf(StoreException.class);
                gate.open();
            }
            store.read(APP);

            // One channel of ours that is connected, one of jetcd's that never is.
            assertThat(channels()).isEqualTo(channels + 2);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(threads()).hasSizeLessThan(10));
        }
        assertThat(channels()).isEqualTo(channels);
        // close() asks the threads to end and does not wait for them.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.startsWith("etcd-connection")));
    }

    @Test
    void openStore_doesNotHoldTheJvm() throws Exception {
        try (EtcdKeyStore store = Stores.open(etcd.url())) {
            store.follow(new Follower());
            store.read(APP);

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> isOurs(thread.getName()))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(EtcdOutageTest::isOurs)
                .toList();
    }

    private static boolean isOurs(String thread) {
        return thread.startsWith("etcd-connection") || thread.startsWith("jetcd") || thread.startsWith("grpc");
    }

    private static int channels() {
        return InternalChannelz.instance().getRootChannels(0, 1_000).channels.size();
    }

    private static void assertFailure(Kind kind, String message, URI... nodes) {
        try (EtcdKeyStore store = Stores.open(nodes)) {
            assertThatThrownBy(() -> store.read(APP))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(kind))
                    .hasMessage(message);
        }
    }
}
