package dev.segue.store.etcd;

import dev.segue.keys.KeyEntry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The events that one watch has delivered and no reading has used yet; says when they are all there are.
 *
 * <p>etcd delivers the events of one watch in order and those of one revision together. So what lies here is, up to the
 * last event's revision, all that happened; and once the store says that it is at that very revision, nothing that the watch
 * covers is still on its way. Any thread may use it.
 */
final class EventLog {
    private static final int MOST_EVENTS = 1_000;
    private static final int MOST_CHARACTERS = 1_000_000;

    private final Deque<Event> events = new ArrayDeque<>();
    private long completeAfter;

    /** The log of a watch that delivers everything after revision {@code completeAfter}. */
    EventLog(long completeAfter) {
        this.completeAfter = completeAfter;
    }

    /**
     * A key that was put or deleted.
     *
     * @param put the entry with its new value; empty if the key was deleted
     */
    record Event(long revision, String key, Optional<KeyEntry> put) {
        int characters() {
            return key.length() + put.map(entry -> entry.value().length()).orElse(0);
        }
    }

    /** Takes what came in one message; forgets everything if that has become too much. */
    synchronized void add(Collection<Event> delivered) {
        events.addAll(delivered);
        int characters = events.stream().mapToInt(Event::characters).sum();
        if (events.size() > MOST_EVENTS || characters > MOST_CHARACTERS) {
            forget(events.getLast().revision());
        }
    }

    /** All events after revision {@code after} up to revision {@code upTo}, in order; empty if some may be missing. */
    synchronized Optional<List<Event>> between(long after, long upTo) {
        boolean complete =
                completeAfter <= after && !events.isEmpty() && events.getLast().revision() == upTo;
        return complete
                ? Optional.of(events.stream()
                        .filter(event -> event.revision() > after)
                        .toList())
                : Optional.empty();
    }

    /** All events after revision {@code after}, in order; empty if there are none, or some of them are not kept. */
    synchronized Optional<List<Event>> since(long after) {
        return events.isEmpty()
                ? Optional.empty()
                : between(after, events.getLast().revision()).filter(some -> !some.isEmpty());
    }

    /** Drops the events up to {@code revision}, which a reading has seen. */
    synchronized void forget(long revision) {
        while (!events.isEmpty() && events.getFirst().revision() <= revision) {
            events.removeFirst();
        }
        completeAfter = Math.max(completeAfter, revision);
    }
}
