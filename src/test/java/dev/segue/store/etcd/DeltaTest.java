package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.store.etcd.EventLog.Event;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class DeltaTest {
    private static final KeySnapshot HELD = KeySnapshot.of(7, puts("/a=1", "/b=2"));

    @ParameterizedTest
    @CsvSource({
        "1, 7, SAME",
        "1, 8, CHANGES",
        "1, 6, NOTHING", // put back to an earlier state
        "2, 7, NOTHING", // another cluster
        "2, 9, NOTHING",
    })
    void use_byClusterAndRevision(long clusterId, long revision, Delta.Use expected) {
        Reading earlier = new Reading(Stores.ranges("/"), 1, HELD);

        assertThat(Delta.use(earlier, clusterId, revision)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'',          2, false",
        "'',          1, true",
        "/a=9,        2, false", // changed, or deleted and put again
        "/a=9,        1, true",
        "/c=3,        3, false",
        "/c=3,        2, true", // one came, one went: the count alone looks unchanged
        "/a=9 /c=3,   2, true",
        "/c=3 /d=4,   2, true",
    })
    void someVanished_byCount(String puts, long count, boolean expected) {
        List<KeyEntry> entries = puts.isEmpty() ? List.of() : puts(puts.split(" ", -1));

        assertThat(Delta.someVanished(HELD, entries, count)).isEqualTo(expected);
    }

    @Test
    void vanished_areTheHeldOnesThatAreNotPresent() {
        assertThat(Delta.vanished(HELD, Set.of("/b", "/c"))).containsExactly("/a");
    }

    @Test
    void applied_lastEventOfAKeyCounts() {
        List<Event> events = List.of(
                put(8, "/a=8"), gone(8, "/b"), gone(9, "/a"), put(9, "/b=9"), put(10, "/c=10"), gone(10, "/none"));

        KeySnapshot now = Delta.applied(HELD, 10, events);

        assertThat(Stores.entries(now)).containsExactly("/b=9", "/c=10");
        assertThat(now.revision()).isEqualTo(10);
    }

    private static Event put(long revision, String entry) {
        KeyEntry put = puts(entry).get(0);
        return new Event(revision, put.key(), Optional.of(put));
    }

    private static Event gone(long revision, String key) {
        return new Event(revision, key, Optional.empty());
    }

    private static List<KeyEntry> puts(String... entries) {
        return Stream.of(entries)
                .map(entry -> entry.split("=", -1))
                .map(parts -> new KeyEntry(parts[0], parts[1]))
                .toList();
    }
}
