package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.keys.KeyEntry;
import dev.segue.store.etcd.EventLog.Event;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventLogTest {
    private final EventLog log = new EventLog(7);

    @Test
    void between_lastEventIsOfThatRevision_holdsAllSince() {
        log.add(events(8, 9));
        log.add(events(12));

        assertThat(log.between(8, 12)).contains(events(9, 12));
    }

    @Test
    void between_storeIsAhead_somethingMayBeOnItsWay() {
        log.add(events(8));

        assertThat(log.between(7, 9)).isEmpty();
    }

    @Test
    void between_nothingDelivered_isEmpty() {
        assertThat(log.between(7, 8)).isEmpty();
    }

    @Test
    void between_readingOlderThanTheWatch_isEmpty() {
        log.add(events(8));

        assertThat(log.between(6, 8)).isEmpty();
    }

    @Test
    void since_someEvents_holdsAllOfThem() {
        log.add(events(8, 9));

        assertThat(log.since(7)).contains(events(8, 9));
        assertThat(log.since(8)).contains(events(9));
    }

    @Test
    void since_nothingNewOrSomethingMissing_isEmpty() {
        assertThat(log.since(7)).isEmpty();
        log.add(events(8));
        assertThat(log.since(8)).isEmpty();
        assertThat(log.since(6)).isEmpty();
    }

    @Test
    void forget_thenEventsOfBefore_areNotServedTwice() {
        log.forget(9);
        log.add(events(8, 9, 10));

        assertThat(log.between(9, 10)).contains(events(10));
        assertThat(log.between(8, 10)).isEmpty();
    }

    @Test
    void add_moreEventsThanItKeeps_isIncompleteUntilARead() {
        log.add(LongStream.rangeClosed(8, 1_008).mapToObj(EventLogTest::event).toList());
        assertThat(log.between(7, 1_008)).isEmpty();

        log.add(events(1_009));
        assertThat(log.between(1_008, 1_009)).contains(events(1_009));
    }

    @Test
    void add_moreTextThanItKeeps_isIncompleteUntilARead() {
        log.add(List.of(new Event(8, "/a", Optional.of(new KeyEntry("/a", "v".repeat(1_000_000))))));

        assertThat(log.between(7, 8)).isEmpty();
    }

    private static List<Event> events(long... revisions) {
        return LongStream.of(revisions).mapToObj(EventLogTest::event).toList();
    }

    private static Event event(long revision) {
        return new Event(revision, "/a", Optional.of(new KeyEntry("/a", "" + revision)));
    }
}
