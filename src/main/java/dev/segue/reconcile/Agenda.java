package dev.segue.reconcile;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.plan.Owed;
import dev.segue.reconcile.Inbox.PassDone;
import dev.segue.resource.Resource;
import dev.segue.status.ResourceStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is due when: the resources, what each of their last passes left behind, and which lanes are at work. */
final class Agenda {
    private final StateLog log;
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private final Set<String> busyLanes = new HashSet<>();
    private final List<Resource> underWay = new ArrayList<>();

    /** Targets whose reload was owed when their resource file went away: renamed, or replaced in two steps. */
    private final Set<Path> owedTargets = new HashSet<>();

    private Optional<KeySnapshot> snapshot = Optional.empty();
    private KeyRanges rangesRead = new KeyRanges(List.of());

    Agenda(StateLog log) {
        this.log = log;
    }

    /** A lane's due resources, for one pass with {@code keys}. */
    record Work(String lane, List<Reconciler.Assignment> assignments, KeySnapshot keys) {}

    /** From now on there are these resources; a name that was there before keeps what is known of it. */
    void define(List<Resource> resources) {
        Map<String, Track> known = new LinkedHashMap<>(tracks);
        tracks.clear();
        for (Resource resource : resources) {
            Track track = Optional.ofNullable(known.remove(resource.name())).orElseGet(() -> new Track(resource));
            track.redefine(resource);
            tracks.put(resource.name(), track);
        }
        known.values().stream()
                .filter(gone -> gone.owed() == Owed.RELOAD)
                .forEach(gone -> owedTargets.add(gone.resource().dest()));
    }

    /** All that the resources want of the store. */
    KeyRanges ranges() {
        Collection<KeyPath> paths = new ArrayList<>();
        tracks.values().forEach(track -> paths.addAll(track.resource().ranges().paths()));
        return KeyRanges.covering(paths);
    }

    void everythingDue(long nowNanos) {
        tracks.values().forEach(track -> track.dueAt(nowNanos));
    }

    /** The store was read: resources whose keys changed are due. */
    void read(KeyRanges ranges, KeySnapshot keys, long nowNanos) {
        rangesRead = ranges;
        if (snapshot.isEmpty() || keys != snapshot.get()) {
            snapshot = Optional.of(keys);
            tracks.values().stream().filter(track -> track.changedIn(keys)).forEach(track -> track.dueAt(nowNanos));
        }
    }

    boolean wasRead() {
        return snapshot.isPresent();
    }

    boolean anyDue(long nowNanos) {
        return tracks.values().stream().anyMatch(track -> track.isDue(nowNanos));
    }

    boolean anyUnderWay() {
        return !busyLanes.isEmpty();
    }

    /** When the next resource that could start will be due; {@link Long#MAX_VALUE} for not until something happens. */
    long nextDueNanos() {
        return tracks.values().stream()
                .filter(track -> canStart(track) && !busyLanes.contains(Lane.nameFor(track.resource())))
                .mapToLong(Track::dueNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Takes what is due in each lane that rests; those lanes are at work until {@link #done}. */
    List<Work> takeDue(long nowNanos) {
        List<Work> all = new ArrayList<>();
        for (Lane lane : Lane.of(tracks.values().stream().map(Track::resource).toList())) {
            List<Track> due = lane.resources().stream()
                    .map(Resource::name)
                    .flatMap(name -> Optional.ofNullable(tracks.get(name)).stream())
                    .filter(track -> track.isDue(nowNanos) && canStart(track))
                    .toList();
            if (!due.isEmpty() && busyLanes.add(lane.name())) {
                all.add(take(lane, due, snapshot.orElseThrow()));
            }
        }
        return all;
    }

    private Work take(Lane lane, List<Track> due, KeySnapshot keys) {
        for (Track track : due) {
            if (owedTargets.remove(track.resource().dest())) {
                track.oweReload();
            }
            track.started(keys);
            underWay.add(track.resource());
        }
        List<Reconciler.Assignment> assignments = due.stream()
                .map(track -> new Reconciler.Assignment(track.resource(), track.owed()))
                .toList();
        return new Work(lane.name(), assignments, keys);
    }

    /**
     * Keys that were not read yet are not keys that are not there: a resource that asks for them has to wait; and so has
     * one of which a pass, perhaps of an earlier definition, is still under way.
     */
    private boolean canStart(Track track) {
        return snapshot.isPresent()
                && rangesRead.include(track.resource().ranges())
                && underWay.stream().noneMatch(track::sharesStateWith);
    }

    /** A pass ended: its lane rests, its resources are what their results say. */
    void done(PassDone pass, Instant now, long nowNanos) {
        busyLanes.remove(pass.lane());
        for (Result result : pass.results()) {
            underWay.remove(result.resource());
            Track track = tracks.get(result.resource().name());
            if (track != null) {
                log.tell(track, result.outcome(), now);
                track.ended(result, pass.revision(), now, nowNanos);
            } else if (result.owed() == Owed.RELOAD) {
                owedTargets.add(result.resource().dest());
            }
        }
    }

    /** How each resource stands that was passed at least once. */
    List<ResourceStatus> picture() {
        return tracks.values().stream()
                .flatMap(track -> track.status().stream())
                .toList();
    }
}
