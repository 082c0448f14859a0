package dev.segue.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a read of any kind of store gives. The tests of a kind say how its keys are written without it. */
public abstract class ReadingContract {
    protected static final KeyRanges APP = ranges("/app");

    private static final int MANY = 5_000;

    protected KeyStore store = new NoStore();

    /** A store that nobody has asked yet. */
    protected abstract KeyStore open();

    /** Makes {@code entries} all that it holds, from the test's start on nothing. */
    protected abstract void hold(Map<String, byte[]> entries) throws Exception;

    /** A value of which every byte counts. */
    protected byte[] anyBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void read_path_holdsAllBelowAndNoNeighbour() throws Exception {
        holdTexts("/app/a", "1", "/app/b/c", "2", "/apple/a", "3", "/ap", "4", "/web/app/a", "5");

        assertThat(entries(store.read(APP))).containsExactly("/app/a=1", "/app/b/c=2");
        assertThat(entries(store.read(ranges("/ap")))).containsExactly("/ap=4");
    }

    @Test
    void read_root_holdsEverything() throws Exception {
        holdTexts("/app/a", "1", "/web/b", "2");

        assertThat(entries(store.read(ranges("/")))).containsExactly("/app/a=1", "/web/b=2");
    }

    @Test
    void read_severalPaths_holdsThem() throws Exception {
        holdTexts("/app/a", "1", "/web/b", "2", "/db/c", "3");
        store.read(APP);

        assertThat(entries(store.read(ranges("/web", "/app")))).containsExactly("/app/a=1", "/web/b=2");
        assertThat(entries(store.read(ranges("/db")))).containsExactly("/db/c=3");
    }

    @Test
    void read_anyBytes_comeThroughUnchanged() throws Exception {
        hold(Map.of("/app/a", anyBytes(), "/app/empty", new byte[0], "/app/lines", bytes("one\ntwo\n\n")));

        KeySnapshot snapshot = store.read(APP);

        assertThat(snapshot.value("/app/a").map(ByteText::encode)).contains(anyBytes());
        assertThat(snapshot.value("/app/empty")).contains("");
        assertThat(snapshot.value("/app/lines")).contains("one\ntwo\n\n");
    }

    @Test
    void read_nothingThere_isEmpty() throws Exception {
        assertThat(store.read(APP).isEmpty()).isTrue();

        holdTexts("/web/a", "1");
        assertThat(store.read(APP).isEmpty()).isTrue();
        assertThat(store.read(ranges()).isEmpty()).isTrue();
    }

    @Test
    void read_unchanged_isTheSameSnapshot() throws Exception {
        holdTexts("/app/a", "1");
        KeySnapshot first = store.read(APP);

        assertThat(store.read(APP)).isSameAs(first);
    }

    @Test
    void read_anotherStoreOfTheSameKeys_isAtTheSameRevision() throws Exception {
        holdTexts("/app/a", "1", "/app/b", "2");

        try (KeyStore other = open()) {
            assertThat(other.read(APP).revision())
                    .isPositive()
                    .isEqualTo(store.read(APP).revision());
        }
    }

    @Test
    void read_changed_isAnotherOne() throws Exception {
        holdTexts("/app/a", "1", "/app/b", "2");
        long before = store.read(APP).revision();

        holdTexts("/app/a", "3", "/app/c", "4");

        KeySnapshot now = store.read(APP);
        assertThat(entries(now)).containsExactly("/app/a=3", "/app/c=4");
        assertThat(now.revision()).isNotEqualTo(before);
    }

    @Test
    void read_thousandsOfKeys_areThere() throws Exception {
        Map<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            many.put(String.format("/app/upstream/key%05d", i), bytes("10.0.0.1:" + i));
        }
        hold(many);

        KeySnapshot snapshot = store.read(APP);

        assertThat(snapshot.entries()).hasSize(MANY);
        assertThat(snapshot.value("/app/upstream/key04999")).contains("10.0.0.1:4999");
    }

    /** {@link #hold} with texts: key, value, key, value. */
    protected final void holdTexts(String... keysAndValues) throws Exception {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put(keysAndValues[i], bytes(keysAndValues[i + 1]));
        }
        hold(entries);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static KeyRanges ranges(String... paths) {
        return KeyRanges.covering(Stream.of(paths).map(KeyPath::of).toList());
    }

    /** Every key with its value, {@code /app/a=1}: snapshots themselves print without values. */
    protected static List<String> entries(KeySnapshot snapshot) {
        return snapshot.entries().stream()
                .map(entry -> entry.key() + "=" + entry.value())
                .toList();
    }

    /** Stands where a store will be. */
    private static final class NoStore implements KeyStore {
        @Override
        public KeySnapshot read(KeyRanges ranges) {
            throw new IllegalStateException("no store is open");
        }

        @Override
        public void follow(Runnable changed) {}

        @Override
        public String description() {
            return "none";
        }

        @Override
        public void close() {}
    }
}
