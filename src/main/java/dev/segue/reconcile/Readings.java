package dev.segue.reconcile;

import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.resource.Resource;
import dev.segue.settings.StoreSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What all stores were last found to hold; used by the loop's thread alone. */
final class Readings {
    private Reading own = new Reading();
    private final Map<StoreSettings, Reading> elsewhere = new LinkedHashMap<>();
    private boolean ownWanted = true;

    /** From now on what these resources read is wanted. */
    void want(List<Resource> resources) {
        own.want(covering(resources.stream().map(Resource::ranges).toList()));
        // With no resource at all the run's own store is still what the run is about.
        ownWanted = resources.isEmpty() || !own.wanted().isEmpty();
        if (!ownWanted) {
            // Nobody looks after it from now on: whoever wants it again must not get what it held long ago.
            own = new Reading();
        }
        Map<StoreSettings, List<KeyRanges>> wanted = new LinkedHashMap<>();
        resources.forEach(resource -> resource.elsewhere()
                .forEach((store, ranges) ->
                        wanted.computeIfAbsent(store, it -> new ArrayList<>()).add(ranges)));
        elsewhere.keySet().retainAll(wanted.keySet());
        wanted.forEach((store, ranges) ->
                elsewhere.computeIfAbsent(store, it -> new Reading()).want(covering(ranges)));
    }

    private static KeyRanges covering(List<KeyRanges> all) {
        return KeyRanges.covering(
                all.stream().flatMap(ranges -> ranges.paths().stream()).toList());
    }

    /** Of the run's own store. */
    Reading own() {
        return own;
    }

    /** False if all resources read other stores alone. */
    boolean isOwnWanted() {
        return ownWanted;
    }

    /** The other stores that are read, in the order of the resources. */
    Set<StoreSettings> elsewhere() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(elsewhere.keySet()));
    }

    /** Of another store; empty if no resource reads it any more. */
    Optional<Reading> of(StoreSettings store) {
        return Optional.ofNullable(elsewhere.get(store));
    }

    /** True if all that {@code resource} reads was read. */
    boolean have(Resource resource) {
        return (resource.ranges().isEmpty() || own.has(resource.ranges()))
                && resource.elsewhere().entrySet().stream()
                        .allMatch(each -> of(each.getKey())
                                .filter(reading -> reading.has(each.getValue()))
                                .isPresent());
    }

    /**
     * All that {@code resource} reads, which was read, at the revision of the run's own store if it reads that, else of the first
     * of the others.
     */
    KeySnapshot of(Resource resource) {
        Stream<KeySnapshot> first = resource.ranges().isEmpty() ? Stream.empty() : Stream.of(own.of(resource.ranges()));
        Stream<KeySnapshot> others = resource.elsewhere().entrySet().stream()
                .map(each -> of(each.getKey()).orElseThrow().of(each.getValue()));
        return Stream.concat(first, others).reduce(KeySnapshot::and).orElseThrow();
    }
}
