package dev.segue.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All that can be seen of Segue from outside, at one moment.
 *
 * @param taken that moment; the age of anything here is its distance from {@code taken}
 * @param started when the run began
 * @param phase whether it is about to end
 * @param pulse the heartbeat of the loop
 * @param store the run's own
 * @param otherStores those that resource files name beside it, sorted by where they are
 * @param resources every resource that is defined, looked at or not
 * @param refused what is wrong with each resource file that cannot be used as it stands, by its name
 */
public record Picture(
        Instant taken,
        Instant started,
        Phase phase,
        Pulse pulse,
        StoreStatus store,
        List<StoreStatus> otherStores,
        List<ResourceStatus> resources,
        SortedMap<String, List<String>> refused) {

    public Picture {
        otherStores = List.copyOf(otherStores);
        resources = List.copyOf(resources);
        refused = copy(refused);
    }

    /** How far the run is. */
    public enum Phase {
        RUNNING,
        /** It was told to stop: passes under way end, a supervised program finishes its work. */
        STOPPING
    }

    /** How long ago {@code time} was; never negative. */
    public Duration age(Instant time) {
        Duration age = Duration.between(time, taken);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** The same for a time that may not be known; zero then. */
    public Duration age(Optional<Instant> time) {
        return time.map(this::age).orElse(Duration.ZERO);
    }

    /** True if the refused file or folder {@code name} is still in force as it was before somebody broke it. */
    public boolean keepsEarlier(String name) {
        return resources.stream()
                .map(ResourceStatus::name)
                .anyMatch(resource -> resource.equals(name) || resource.startsWith(name + "/"));
    }

    /** False if all resources read other stores alone. */
    public boolean isStoreRead() {
        return resources.isEmpty()
                || resources.stream().anyMatch(resource -> !resource.ranges().isEmpty());
    }

    Picture with(StoreStatus newStore) {
        return new Picture(taken, started, phase, pulse, newStore, otherStores, resources, refused);
    }

    /** With one of the other stores, which is there, in the state that {@code how} makes of the present one. */
    Picture with(String otherStore, UnaryOperator<StoreStatus> how) {
        return withOtherStores(otherStores.stream()
                .map(other -> other.description().equals(otherStore) ? how.apply(other) : other)
                .toList());
    }

    /** With these other stores; what is known of those that stay is kept. */
    Picture withOtherStores(Collection<String> descriptions) {
        Map<String, StoreStatus> known = new HashMap<>();
        otherStores.forEach(other -> known.put(other.description(), other));
        return withOtherStores(descriptions.stream()
                .sorted()
                .map(store -> known.getOrDefault(store, StoreStatus.untried(store)))
                .toList());
    }

    private Picture withOtherStores(List<StoreStatus> others) {
        return new Picture(taken, started, phase, pulse, store, others, resources, refused);
    }

    Picture with(Pulse newPulse) {
        return new Picture(taken, started, phase, newPulse, store, otherStores, resources, refused);
    }

    Picture with(Phase newPhase) {
        return new Picture(taken, started, newPhase, pulse, store, otherStores, resources, refused);
    }

    Picture with(List<ResourceStatus> newResources, SortedMap<String, List<String>> newRefused) {
        return new Picture(taken, started, phase, pulse, store, otherStores, newResources, newRefused);
    }

    /** The same at another moment, with that and all other times moved by {@code shift}. */
    Picture at(Instant moment, Duration shift) {
        List<ResourceStatus> moved = new ArrayList<>();
        resources.forEach(resource -> moved.add(resource.movedBy(shift)));
        return new Picture(
                moment.plus(shift),
                started.plus(shift),
                phase,
                pulse.movedBy(shift),
                store.movedBy(shift),
                otherStores.stream().map(other -> other.movedBy(shift)).toList(),
                moved,
                refused);
    }

    private static SortedMap<String, List<String>> copy(Map<String, List<String>> problems) {
        SortedMap<String, List<String>> copy = new TreeMap<>();
        problems.forEach((name, lines) -> copy.put(name, List.copyOf(lines)));
        return Collections.unmodifiableSortedMap(copy);
    }
}
