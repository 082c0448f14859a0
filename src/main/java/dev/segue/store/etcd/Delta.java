package dev.segue.store.etcd;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.store.etcd.EventLog.Event;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a later reading says about an earlier one. Pure.
 *
 * <p>etcd answers "which keys changed after revision r" with the keys that were put, never with the deleted ones; but
 * it counts all keys that are there. A count lower than what we held plus what is new gives the deletions away.
 */
final class Delta {
    private Delta() {}

    /** What an earlier reading is still good for. */
    enum Use {
        /** Nothing happened in the store since. */
        SAME,
        /** The store went on: what changed since is enough. */
        CHANGES,
        /** Another store, or the same one put back to an earlier state: everything has to be read again. */
        NOTHING
    }

    /** How far {@code earlier} helps in a store that now says {@code clusterId} and {@code revision}. */
    static Use use(Reading earlier, long clusterId, long revision) {
        if (clusterId != earlier.clusterId() || revision < earlier.snapshot().revision()) {
            return Use.NOTHING;
        }
        return revision == earlier.snapshot().revision() ? Use.SAME : Use.CHANGES;
    }

    /** Whether keys of {@code earlier} are gone, if {@code puts} came since and {@code count} keys are there now. */
    static boolean someVanished(KeySnapshot earlier, Collection<KeyEntry> puts, long count) {
        long added =
                puts.stream().filter(put -> earlier.value(put.key()).isEmpty()).count();
        return earlier.entries().size() + added != count;
    }

    /** The keys of {@code earlier} that are not among those that are there now. */
    static List<String> vanished(KeySnapshot earlier, Set<String> present) {
        return earlier.entries().stream()
                .map(KeyEntry::key)
                .filter(key -> !present.contains(key))
                .toList();
    }

    /** {@code earlier} after all of {@code events}, in their order. */
    static KeySnapshot applied(KeySnapshot earlier, long revision, List<Event> events) {
        Map<String, Optional<KeyEntry>> latest = new HashMap<>();
        events.forEach(event -> latest.put(event.key(), event.put()));
        List<KeyEntry> puts = latest.values().stream().flatMap(Optional::stream).toList();
        List<String> deletes = latest.entrySet().stream()
                .filter(each -> each.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return earlier.with(revision, puts, deletes);
    }
}
