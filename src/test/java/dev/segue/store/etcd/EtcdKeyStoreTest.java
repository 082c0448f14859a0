package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.store.StoreException;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.Follower;
import dev.segue.testing.TcpGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a read gives, and what it costs. */
@Tag("server")
@Timeout(120)
class EtcdKeyStoreTest {
    private static final String SENT_BYTES = "etcd_network_client_grpc_sent_bytes_total";
    private static final int KIB = 1024;

    @RegisterExtension
    final EtcdServer etcd = EtcdServer.plain();

    private EtcdKeyStore store = Stores.open(Stores.loopback(1));

    @BeforeEach
    void open() {
        store = Stores.open(etcd.url());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void read_path_holdsItsKeyAndAllBelowAndNoNeighbour() throws Exception {
        for (String key : List.of("/app", "/app/a", "/app/a/b", "/app-x", "/app0", "/application", "/ap", "app/c")) {
            etcd.put(key, "v");
        }

        assertThat(Stores.keys(store.read(Stores.ranges("/app")))).containsExactly("/app", "/app/a", "/app/a/b");
    }

    @Test
    void read_root_holdsEverything() throws Exception {
        etcd.put("/a", "1");
        etcd.put("no-slash", "2");
        etcd.put(new byte[] {0}, new byte[] {'3'});

        KeyRanges root = Stores.ranges("/");
        assertThat(Stores.entries(store.read(root))).containsExactly("\0=3", "/a=1", "no-slash=2");

        etcd.delete("\0");
        assertThat(Stores.keys(store.read(root))).containsExactly("/a", "no-slash");
    }

    @Test
    void read_neighboursOfAPath_costNothing() throws Exception {
        etcd.put("/app/a", "v");
        etcd.put("/app-x", "v".repeat(100 * KIB));
        etcd.put("/application/a", "v".repeat(100 * KIB));

        assertThat(sentBytes(() -> store.read(Stores.ranges("/app")))).isLessThan(2 * KIB);
    }

    @Test
    void read_bytesThatAreNoText_comeThroughUnchanged() throws Exception {
        byte[] key = {'/', 'a', '/', (byte) 0xFF, 0, (byte) 0xC3};
        byte[] value = new byte[256];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }
        etcd.put(key, value);

        KeySnapshot snapshot = store.read(Stores.ranges("/a"));

        assertThat(snapshot.entries()).singleElement().satisfies(entry -> {
            assertThat(ByteText.encode(entry.key())).isEqualTo(key);
            assertThat(ByteText.encode(entry.value())).isEqualTo(value);
        });
    }

    @Test
    void read_nothingThere_isEmptyAtTheStoresRevision() throws Exception {
        long revision = etcd.put("/other", "v");

        KeySnapshot snapshot = store.read(Stores.ranges("/app"));

        assertThat(snapshot.isEmpty()).isTrue();
        assertThat(snapshot.revision()).isEqualTo(revision);
    }

    @Test
    void read_noRanges_asksNobody() throws Exception {
        etcd.stop();

        assertThat(store.read(Stores.ranges())).satisfies(snapshot -> {
            assertThat(snapshot.isEmpty()).isTrue();
            assertThat(snapshot.revision()).isZero();
        });
    }

    @Test
    void read_otherRanges_readsThose() throws Exception {
        etcd.put("/a/1", "v");
        etcd.put("/b/1", "v");
        store.read(Stores.ranges("/a"));

        assertThat(Stores.keys(store.read(Stores.ranges("/a", "/b")))).containsExactly("/a/1", "/b/1");
        assertThat(Stores.keys(store.read(Stores.ranges("/b")))).containsExactly("/b/1");
    }

    @Test
    void read_sixMegabytes_arriveWhole() throws Exception {
        for (int i = 0; i < 6; i++) {
            etcd.put("/app/" + i, ("" + i).repeat(1_000_000));
        }

        KeySnapshot snapshot = store.read(Stores.ranges("/app"));

        assertThat(snapshot.entries()).hasSize(6);
        assertThat(snapshot.value("/app/5")).contains("5".repeat(1_000_000));
    }

    @Test
    void read_moreThanOneMessageHolds_comesInSmallerPages() throws Exception {
        for (int i = 0; i < 70; i++) {
            etcd.put(String.format("/app/%02d", i), "v".repeat(1_000_000));
        }

        assertThat(store.read(Stores.ranges("/app")).entries())
                .hasSize(70)
                .allSatisfy(entry -> assertThat(entry.value()).hasSize(1_000_000));
    }

    @Test
    void read_compactedBetweenTwoPages_startsOverAtANewerRevision() throws Exception {
        etcd.fill("/app/", 20_000, 100);
        try (TcpGate gate = TcpGate.to(etcd.port());
                EtcdKeyStore behindGate = Stores.open(Stores.loopback(gate.port()))) {
            gate.afterBytes(500 * KIB, () -> etcd.compact(etcd.put("/app/00001", "new")));

            KeySnapshot snapshot = behindGate.read(Stores.ranges("/app"));

            assertThat(snapshot.revision()).isEqualTo(etcd.revision());
            assertThat(snapshot.value("/app/00001")).contains("new");
            assertThat(snapshot.entries()).hasSize(20_000);
        }
    }

    @Test
    void read_unchanged_isTheSameSnapshotForLessThanAKibibyte() throws Exception {
        etcd.fill("/app/", 20_000, 100);
        KeySnapshot first = store.read(Stores.ranges("/app"));
        assertThat(first.entries()).hasSize(20_000);

        assertThat(sentBytes(() -> assertThat(store.read(Stores.ranges("/app"))).isSameAs(first)))
                .isLessThan(KIB);
    }

    @ParameterizedTest
    @EnumSource
    void read_oneOfManyChanged_costsThatOne(Mode mode) throws Exception {
        etcd.fill("/app/", 20_000, 100);
        follow(mode, Stores.ranges("/app"));

        long put = etcd.put("/app/00007", "new");
        double bytes =
                sentBytes(() -> assertThat(store.read(Stores.ranges("/app")).value("/app/00007"))
                        .contains("new"));
        assertThat(bytes).isLessThan(KIB);

        etcd.put("/other", "v");
        KeySnapshot[] last = new KeySnapshot[1];
        assertThat(sentBytes(() -> last[0] = store.read(Stores.ranges("/app")))).isLessThan(KIB);
        assertThat(last[0].revision()).isEqualTo(put + 1);
    }

    @Test
    void read_followedAndOneOfManyDeleted_costsNoListOfKeys() throws Exception {
        etcd.fill("/app/", 20_000, 100);
        Follower follower = follow(Mode.FOLLOWED, Stores.ranges("/app"));

        etcd.delete("/app/00007");
        follower.awaitCall();

        KeySnapshot[] last = new KeySnapshot[1];
        assertThat(sentBytes(() -> last[0] = store.read(Stores.ranges("/app")))).isLessThan(KIB);
        assertThat(last[0].entries()).hasSize(19_999);
    }

    @Test
    void read_afterCompaction_needsNoHistory() throws Exception {
        etcd.put("/app/a", "1");
        etcd.put("/app/b", "1");
        store.read(Stores.ranges("/app"));

        etcd.delete("/app/a");
        etcd.compact(etcd.put("/app/c", "1"));

        assertThat(Stores.entries(store.read(Stores.ranges("/app")))).containsExactly("/app/b=1", "/app/c=1");
    }

    @ParameterizedTest
    @EnumSource
    void read_afterAnyChanges_equalsAFirstRead(Mode mode) throws Exception {
        KeyRanges ranges = mode == Mode.FOLLOWED_IN_PARTS ? Stores.ranges("/app", "/web/x") : Stores.ranges("/app");
        follow(mode, ranges);
        Random random = new Random(42);
        for (int round = 0; round < 150; round++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                changeSomething(random);
            }
            KeySnapshot seen = store.read(ranges);
            try (EtcdKeyStore fresh = Stores.open(etcd.url())) {
                KeySnapshot truth = fresh.read(ranges);
                assertThat(Stores.entries(seen)).isEqualTo(Stores.entries(truth));
                assertThat(seen.revision()).isEqualTo(truth.revision());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void read_whileTwoKeysChangeTogether_neverSeesOneWithoutTheOther(Mode mode) throws Exception {
        KeyRanges ranges = mode == Mode.FOLLOWED_IN_PARTS ? Stores.ranges("/app", "/web/x") : Stores.ranges("/app");
        String second = mode == Mode.FOLLOWED_IN_PARTS ? "/web/x" : "/app";
        follow(mode, ranges);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; !enough.get(); i++) {
                etcd.putTogether(Map.of("/app/a", "" + i, second, "" + i));
            }
        });
        List<String> seen = new ArrayList<>();
        while (seen.stream().distinct().count() < 50) {
            KeySnapshot snapshot = store.read(ranges);
            assertThat(snapshot.value("/app/a")).isEqualTo(snapshot.value(second));
            seen.add(snapshot.value("/app/a").orElse(""));
        }
        enough.set(true);
        writer.get();
    }

    @Test
    void read_morePathsThanATransactionTakes_isStillOneRevision() throws Exception {
        String[] paths = new String[200];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = String.format("/app%03d", i);
        }
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; !enough.get(); i++) {
                etcd.putTogether(Map.of("/app000/a", "" + i, "/app199/a", "" + i));
            }
        });
        for (int i = 0; i < 20; i++) {
            try (EtcdKeyStore fresh = Stores.open(etcd.url())) {
                for (KeySnapshot snapshot :
                        List.of(fresh.read(Stores.ranges(paths)), fresh.read(Stores.ranges(paths)))) {
                    assertThat(snapshot.value("/app000/a")).isEqualTo(snapshot.value("/app199/a"));
                }
            }
        }
        enough.set(true);
        writer.get();
    }

    @Test
    void description_namesTheNodes() {
        assertThat(store.description()).isEqualTo(etcd.url().toString());
    }

    enum Mode {
        POLLED,
        FOLLOWED,
        FOLLOWED_IN_PARTS
    }

    private Follower follow(Mode mode, KeyRanges ranges) throws StoreException {
        Follower follower = new Follower();
        if (mode != Mode.POLLED) {
            store.follow(follower);
        }
        store.read(ranges);
        return follower;
    }

    private void changeSomething(Random random) {
        List<String> keys = List.of("/app", "/app/a", "/app/b", "/app/b/c", "/web/x", "/web/x/y", "/else");
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(4)) {
            case 0 -> etcd.delete(key);
            case 1 -> etcd.deletePrefix("/app/b");
            case 2 -> etcd.putTogether(Map.of(key, "t" + random.nextInt(), "/app/also", "t" + random.nextInt()));
            default -> etcd.put(key, "v" + random.nextInt());
        }
    }

    private double sentBytes(Asking asking) throws Exception {
        double before = etcd.metric(SENT_BYTES);
        asking.ask();
        return etcd.metric(SENT_BYTES) - before;
    }

    private interface Asking {
        void ask() throws Exception;
    }
}
