package dev.segue.reconcile;

import dev.segue.plan.Burst;
import dev.segue.plan.Outcome;
import dev.segue.reconcile.Inbox.PassDone;
import dev.segue.resource.Resource;
import dev.segue.settings.Pace;
import dev.segue.status.ResourceStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What is due when: the resources, what each of their last passes left behind, and which lanes are at work. */
final class Agenda {
    private final StateLog log;
    private final Pace pace;
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private final UnderWay underWay = new UnderWay();

    /** Of each lane, the changes that came and when it last reloaded. */
    private final Map<String, Burst> bursts = new HashMap<>();

    private final Map<String, Long> reloadedNanos = new HashMap<>();

    /** Of each lane, the longest time that one of its resources wants between two reloads. */
    private final Map<String, Long> restNanos = new HashMap<>();

    private Lanes lanes = new Lanes(List.of());
    private final Readings readings;

    Agenda(StateLog log, Pace pace, Readings readings) {
        this.log = log;
        this.pace = pace;
        this.readings = readings;
    }

    /**
     * From now on there are these resources; a name that was there before keeps what is known of it.
     *
     * @return the targets that no resource keeps any more
     */
    Set<Path> define(List<Resource> resources) {
        Set<Path> gone = new LinkedHashSet<>();
        tracks.values().forEach(track -> gone.add(track.resource().dest()));
        resources.forEach(resource -> gone.remove(resource.dest()));
        Map<String, Track> known = new LinkedHashMap<>(tracks);
        tracks.clear();
        for (Resource resource : resources) {
            Track track = Optional.ofNullable(known.remove(resource.name())).orElseGet(() -> new Track(resource));
            track.redefine(resource);
            tracks.put(resource.name(), track);
        }
        lanes = new Lanes(resources);
        readings.want(resources);
        List<String> names = resources.stream().map(lanes::of).distinct().toList();
        bursts.keySet().retainAll(names);
        reloadedNanos.keySet().retainAll(names);
        restNanos.clear();
        resources.forEach(resource ->
                restNanos.merge(lanes.of(resource), resource.minReloadInterval().toNanos(), Math::max));
        return gone;
    }

    void everythingDue(long nowNanos) {
        tracks.values().forEach(track -> track.dueAt(nowNanos));
    }

    /** Somebody asks for it: what failed is tried too, whatever its backoff says. */
    void everythingWanted(long nowNanos) {
        tracks.values().forEach(track -> track.retryAt(nowNanos));
    }

    /**
     * A resource file or a template changed: everything is due, and a transaction is tried again as a whole, because what
     * changed for one member may be what the others were refused for.
     */
    void changedOnDisk(long nowNanos) {
        everythingDue(nowNanos);
        tracks.values().stream()
                .filter(track -> track.resource().transaction().isPresent())
                .forEach(track -> track.retryAt(nowNanos));
    }

    /**
     * A store was read: resources whose keys changed are due, at once or with those that follow closely.
     *
     * @param reads whether a resource reads that store
     * @return whether the picture is another one by that alone
     */
    boolean read(Predicate<Resource> reads, long nowNanos) {
        Set<String> changed = new LinkedHashSet<>();
        boolean seenAgain = false;
        for (Track track : tracks.values()) {
            if (!reads.test(track.resource()) || !readings.have(track.resource())) {
                continue;
            }
            switch (track.hear(readings.of(track.resource()), nowNanos)) {
                case CHANGED -> changed.add(lane(track));
                case SEEN_AGAIN -> seenAgain = true;
                case NONE -> {}
            }
        }
        changed.forEach(lane -> bursts.put(lane, burst(lane).with(nowNanos, pace)));
        return seenAgain;
    }

    /** True if a resource is due that could start: one that waits for a store that is lost is due all the time. */
    boolean anyDue(long nowNanos) {
        return nextDueNanos() <= nowNanos;
    }

    boolean anyUnderWay() {
        return !underWay.isEmpty();
    }

    /** True if a change waits for a busy program. */
    boolean anyWaiting() {
        return tracks.values().stream()
                .anyMatch(track -> track.outcome()
                        .filter(Outcome.Waiting.class::isInstance)
                        .isPresent());
    }

    /** When the next resource that could start will be due; {@link Long#MAX_VALUE} for not until something happens. */
    long nextDueNanos() {
        Set<String> busy = underWay.lanes(lanes);
        return tracks.values().stream()
                .filter(track -> canStartAsAWhole(track) && !busy.contains(lane(track)))
                .mapToLong(this::dueNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Takes what is due in each lane that rests; those lanes are at work until {@link #done}. */
    List<List<Assignment>> takeDue(long nowNanos) {
        Map<String, List<Track>> due = new LinkedHashMap<>();
        tracks.values().stream()
                .filter(track -> isToBePassed(track, nowNanos))
                .forEach(track -> due.computeIfAbsent(lane(track), lane -> new ArrayList<>())
                        .add(track));
        List<List<Assignment>> all = new ArrayList<>();
        Set<String> busy = underWay.lanes(lanes);
        due.forEach((lane, members) -> {
            if (!busy.contains(lane)) {
                all.add(take(lane, members, nowNanos));
            }
        });
        return all;
    }

    private List<Assignment> take(String lane, List<Track> due, long nowNanos) {
        bursts.computeIfPresent(lane, (name, burst) -> burst.taken());
        // Other keys for one member may be what all of its transaction were refused for.
        due.stream()
                .filter(Track::isChanged)
                .flatMap(track -> transaction(track).stream())
                .forEach(member -> member.retryAt(nowNanos));
        List<Assignment> assignments = due.stream()
                .map(track -> track.started(readings.of(track.resource()), nowNanos))
                .toList();
        assignments.forEach(assignment -> underWay.add(assignment.resource()));
        return assignments;
    }

    /**
     * Resources of which no store was ever read, lane by lane, so that what earlier runs left owed is paid. Those that failed
     * come again with their backoff, the others once.
     */
    List<List<Resource>> takeUnpaid(long nowNanos) {
        Map<String, List<Resource>> unpaid = new LinkedHashMap<>();
        tracks.values().stream()
                .filter(track -> !readings.have(track.resource()))
                .filter(track -> track.isUnpaid(nowNanos) && !underWay.sharesStateWith(track.resource()))
                .forEach(track -> unpaid.computeIfAbsent(lane(track), lane -> new ArrayList<>())
                        .add(track.resource()));
        unpaid.values().forEach(lane -> lane.forEach(underWay::add));
        return List.copyOf(unpaid.values());
    }

    /** A transaction is due as a whole, and only when all of it can start. */
    private boolean isToBePassed(Track track, long nowNanos) {
        return canStartAsAWhole(track) && transaction(track).stream().anyMatch(member -> dueNanos(member) <= nowNanos);
    }

    private boolean canStartAsAWhole(Track track) {
        return transaction(track).stream().allMatch(this::canStart);
    }

    private List<Track> transaction(Track track) {
        Optional<String> name = track.resource().transaction();
        return name.isEmpty()
                ? List.of(track)
                : tracks.values().stream()
                        .filter(other -> other.resource().transaction().equals(name))
                        .toList();
    }

    private long dueNanos(Track track) {
        return Math.max(track.dueNanos(burst(lane(track)).dueNanos(pace)), restedNanos(track));
    }

    /** When its lane may reload again; {@link Long#MIN_VALUE} if it has not yet. */
    private long restedNanos(Track track) {
        String lane = lane(track);
        Long reloaded = reloadedNanos.get(lane);
        return reloaded == null ? Long.MIN_VALUE : reloaded + restNanos.getOrDefault(lane, 0L);
    }

    private String lane(Track track) {
        return lanes.of(track.resource());
    }

    private Burst burst(String lane) {
        return bursts.getOrDefault(lane, Burst.NONE);
    }

    /**
     * Keys that were not read yet are not keys that are not there: a resource that asks for them has to wait; and so has
     * one of which a pass, perhaps of an earlier definition, is still under way.
     */
    private boolean canStart(Track track) {
        return readings.have(track.resource()) && !underWay.sharesStateWith(track.resource());
    }

    /** A pass ended: its lane rests, its resources are what their results say. */
    void done(PassDone pass, Instant now, long nowNanos) {
        pass.lane().forEach(underWay::remove);
        for (Result result : pass.results()) {
            Track track = tracks.get(result.resource().name());
            if (track != null) {
                log.tell(track, result.outcome(), now);
                track.ended(result, now, nowNanos);
                if (result.reloads() > 0) {
                    reloadedNanos.put(lane(track), nowNanos);
                }
            }
        }
        tracks.values()
                .forEach(track -> track.noTryBefore(now.plusNanos(Math.max(nowNanos, restedNanos(track)) - nowNanos)));
    }

    /** How each resource stands, passed or not. */
    List<ResourceStatus> picture() {
        return tracks.values().stream().map(Track::status).toList();
    }
}
