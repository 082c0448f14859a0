package dev.segue.keys;

import static dev.segue.keys.KeyRangesTest.ranges;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeySnapshotTest {
    private static final KeySnapshot SNAPSHOT =
            snapshot(7, "/app/b=2", "/app/a=1", "/app=0", "/app-x=9", "/application=8", "/z=26");

    @Test
    void of_anyOrder_isSortedByKey() {
        assertThat(keys(SNAPSHOT)).containsExactly("/app", "/app-x", "/app/a", "/app/b", "/application", "/z");
        assertThat(SNAPSHOT.revision()).isEqualTo(7);
    }

    @Test
    void value_ofAKeyThatIsThere_orNothing() {
        assertThat(SNAPSHOT.value("/app/b")).contains("2");
        assertThat(SNAPSHOT.value("/app/")).isEmpty();
        assertThat(SNAPSHOT.value("/zz")).isEmpty();
    }

    @Test
    void narrow_path_holdsItsKeyAndAllBelow() {
        assertThat(keys(SNAPSHOT.narrow(ranges("/app")))).containsExactly("/app", "/app/a", "/app/b");
    }

    @Test
    void narrow_severalPaths_staysSorted() {
        assertThat(keys(SNAPSHOT.narrow(ranges("/z", "/app", "/app-x"))))
                .containsExactly("/app", "/app-x", "/app/a", "/app/b", "/z");
    }

    @Test
    void narrow_rootOrNothing_isAllOrNothing() {
        assertThat(SNAPSHOT.narrow(ranges("/"))).isSameAs(SNAPSHOT);
        assertThat(SNAPSHOT.narrow(ranges("/none")).isEmpty()).isTrue();
    }

    @Test
    void strip_prefix_renamesAllKeysBelowIt() {
        assertThat(SNAPSHOT.narrow(ranges("/app")).strip(KeyPath.of("/app")).entries())
                .containsExactly(new KeyEntry("/", "0"), new KeyEntry("/a", "1"), new KeyEntry("/b", "2"));
    }

    @Test
    void with_putsAndDeletes_givesTheStateAfterThem() {
        KeySnapshot after = snapshot(1, "/a=1", "/b=2")
                .with(5, List.of(new KeyEntry("/c", "3"), new KeyEntry("/a", "9")), List.of("/b"));
        assertThat(after.entries()).containsExactly(new KeyEntry("/a", "9"), new KeyEntry("/c", "3"));
        assertThat(after.revision()).isEqualTo(5);
    }

    @Test
    void mayHaveBeenWritten_ofWhatWasPutOrDeleted_thoughNothingChanged() {
        KeySnapshot after =
                snapshot(1, "/a/1=1", "/b=2").with(5, List.of(new KeyEntry("/a/1", "1")), List.of("/c/gone"));
        assertThat(after.mayHaveBeenWritten(ranges("/a"))).isTrue();
        assertThat(after.mayHaveBeenWritten(ranges("/b"))).isFalse();
        assertThat(after.mayHaveBeenWritten(ranges("/c"))).isTrue();
        assertThat(after.narrow(ranges("/a", "/b")).mayHaveBeenWritten(ranges("/a")))
                .isTrue();
        assertThat(after.with(6, List.of(), List.of()).mayHaveBeenWritten(ranges("/")))
                .isFalse();
    }

    @Test
    void mayHaveBeenWritten_notMadeFromAnother_isTrue() {
        assertThat(SNAPSHOT.mayHaveBeenWritten(ranges("/none"))).isTrue();
        assertThat(KeySnapshot.of(1, List.of(new KeyEntry("/b", "2"), new KeyEntry("/a", "1")))
                        .mayHaveBeenWritten(ranges("/none")))
                .isTrue();
    }

    @Test
    void sameEntries_otherRevision_isTrue() {
        assertThat(snapshot(1, "/a=1").sameEntries(snapshot(2, "/a=1"))).isTrue();
        assertThat(snapshot(1, "/a=1").sameEntries(snapshot(1, "/a=2"))).isFalse();
    }

    @Test
    void digest_sameKeysAndValues_isTheSameAtAnyRevision() {
        assertThat(snapshot(1, "/a=1", "/b=2").digest())
                .isEqualTo(snapshot(9, "/b=2", "/a=1").digest())
                .matches("[0-9a-f]{32}");
    }

    @Test
    void digest_sameLettersSplitOtherwise_differs() {
        assertThat(snapshot(1, "/a=b/").digest())
                .isNotEqualTo(snapshot(1, "/a/=b").digest());
        assertThat(snapshot(1, "/a=1", "/b=2").digest())
                .isNotEqualTo(snapshot(1, "/a=1/b2").digest());
    }

    @Test
    void toString_neverShowsAValue() {
        assertThat(snapshot(3, "/password=hunter2")).hasToString("1 keys at revision 3");
        assertThat(new KeyEntry("/password", "hunter2")).hasToString("/password");
    }

    private static List<String> keys(KeySnapshot snapshot) {
        return snapshot.entries().stream().map(KeyEntry::key).toList();
    }

    private static KeySnapshot snapshot(long revision, String... keysAndValues) {
        return KeySnapshot.of(
                revision,
                Stream.of(keysAndValues)
                        .map(text -> new KeyEntry(
                                text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1)))
                        .toList());
    }
}
