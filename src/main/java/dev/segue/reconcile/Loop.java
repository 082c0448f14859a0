package dev.segue.reconcile;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.plan.Backoff;
import dev.segue.plan.Owed;
import dev.segue.reconcile.Inbox.Mail;
import dev.segue.reconcile.Inbox.Mark;
import dev.segue.reconcile.Inbox.PassDone;
import dev.segue.resource.Resource;
import dev.segue.status.ResourceStatus;
import dev.segue.status.StatusBoard;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Waits until something may have changed, reads the store once for everybody, and starts a pass in each lane that has
 * work.
 *
 * <p>All of its state belongs to the thread that calls {@link #once} or {@link #run}; other threads use the methods
 * that say so.
 */
public final class Loop {
    private final KeyStore store;
    private final Definitions definitions;
    private final Reconciler reconciler;
    private final Executor lanes;
    private final StatusBoard board;
    private final Duration interval;
    private final InstantSource clock;
    private final LongSupplier ticker;

    private final Inbox inbox = new Inbox();
    private final StateLog log = new StateLog();
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private final Set<String> busyLanes = new HashSet<>();
    private final List<Resource> underWay = new ArrayList<>();
    private Optional<KeySnapshot> snapshot = Optional.empty();
    private KeyRanges rangesRead = new KeyRanges(List.of());
    /** Targets whose reload was owed when their resource file went away: renamed, or replaced in two steps. */
    private final Set<Path> owedTargets = new HashSet<>();

    private volatile boolean stopping;
    private long nextLookNanos;
    private int bugs;
    private int storeFailures;
    private long storeRetryNanos = Long.MAX_VALUE;

    /**
     * @param lanes runs the passes
     * @param interval between two looks at everything
     * @param ticker nanoseconds since the start; never less than before
     */
    public Loop(
            KeyStore store,
            Definitions definitions,
            Reconciler reconciler,
            Executor lanes,
            StatusBoard board,
            Duration interval,
            InstantSource clock,
            LongSupplier ticker) {
        this.store = store;
        this.definitions = definitions;
        this.reconciler = reconciler;
        this.lanes = lanes;
        this.board = board;
        this.interval = interval;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Keys may have changed. From any thread; never blocks. */
    public void storeChanged() {
        inbox.leave(Mark.STORE);
    }

    /** Something in the confdir changed on disk. From any thread; never blocks. */
    public void confDirChanged() {
        inbox.leave(Mark.CONFDIR);
    }

    /** Everything shall be read again and looked at now. From any thread; never blocks. */
    public void lookAtEverything() {
        inbox.leave(Mark.EVERYTHING);
    }

    /** {@link #run} shall return. From any thread; never blocks. */
    public void stop() {
        stopping = true;
        inbox.leave(Mark.STOP);
    }

    /** True once {@link #stop} was called. From any thread. */
    public boolean isStopping() {
        return stopping;
    }

    /**
     * One pass of every resource.
     *
     * @return how each one ended
     * @throws StoreException if the store could not be read; nothing was touched then
     */
    public List<ResourceStatus> once() throws StoreException, InterruptedException {
        define();
        KeyRanges ranges = ranges();
        snapshot = Optional.of(store.read(ranges));
        rangesRead = ranges;
        passEverything();
        return board.picture();
    }

    /** As {@link #once}, before {@link #run}, which goes on trying if the store could not be read. */
    public void firstLook() throws InterruptedException {
        define();
        read();
        if (snapshot.isPresent()) {
            passEverything();
        }
    }

    private void passEverything() throws InterruptedException {
        long now = ticker.getAsLong();
        nextLookNanos = now + interval.toNanos();
        tracks.values().forEach(track -> track.dueAt(now));
        startDue();
        awaitPasses();
    }

    private void awaitPasses() throws InterruptedException {
        while (!busyLanes.isEmpty()) {
            absorb(inbox.takeDone(interval));
        }
    }

    /** Keeps everything in step until {@link #stop}, then waits for the passes under way to end. */
    public void run() throws InterruptedException {
        Mail mail = mail();
        while (!mail.marks().contains(Mark.STOP)) {
            mail = inbox.take(safeTurn(mail));
        }
        absorb(mail.done());
        awaitPasses();
    }

    /** Returns how long to wait for the next turn; one that runs into a bug is made up for by a look at everything. */
    private Duration safeTurn(Mail mail) {
        try {
            turn(mail);
            bugs = 0;
            return untilNextDue();
        } catch (RuntimeException e) {
            bugs++;
            log.bug(e);
            nextLookNanos = ticker.getAsLong();
            return Backoff.OF_RESOURCE.after(bugs);
        }
    }

    /** One turn of {@link #run}: takes note of what came in, reads and starts what is due; waits for nothing but the read. */
    void turn(Mail mail) {
        absorb(mail.done());
        long now = ticker.getAsLong();
        boolean everything = mail.marks().contains(Mark.EVERYTHING) || now >= nextLookNanos;
        boolean changedOnDisk = (everything || mail.marks().contains(Mark.CONFDIR)) && define();
        if (everything || changedOnDisk) {
            tracks.values().forEach(track -> track.dueAt(now));
            nextLookNanos = everything ? now + interval.toNanos() : nextLookNanos;
        }
        boolean wanted =
                mail.marks().contains(Mark.STORE) || tracks.values().stream().anyMatch(track -> track.isDue(now));
        if (storeFailures == 0 ? wanted : now >= storeRetryNanos) {
            read();
        }
        startDue();
    }

    /** Returns true if a resource file or a template changed. */
    private boolean define() {
        boolean changed = definitions.refresh();
        Map<String, Track> known = new LinkedHashMap<>(tracks);
        tracks.clear();
        for (Resource resource : definitions.resources()) {
            Track track = known.computeIfAbsent(resource.name(), name -> new Track(resource));
            track.redefine(resource);
            tracks.put(resource.name(), track);
            known.remove(resource.name());
        }
        known.values().stream()
                .filter(gone -> gone.owed() == Owed.RELOAD)
                .forEach(gone -> owedTargets.add(gone.resource().dest()));
        return changed;
    }

    private KeyRanges ranges() {
        Collection<KeyPath> paths = new ArrayList<>();
        tracks.values().forEach(track -> paths.addAll(track.resource().ranges().paths()));
        return KeyRanges.covering(paths);
    }

    private void read() {
        try {
            KeyRanges ranges = ranges();
            KeySnapshot keys = store.read(ranges);
            rangesRead = ranges;
            storeFailures = 0;
            storeRetryNanos = Long.MAX_VALUE;
            log.storeFound(store.description(), clock.instant());
            if (snapshot.isEmpty() || keys != snapshot.get()) {
                snapshot = Optional.of(keys);
                tracks.values().stream()
                        .filter(track -> track.changedIn(keys))
                        .forEach(track -> track.dueAt(ticker.getAsLong()));
            }
        } catch (StoreException e) {
            storeFailures++;
            storeRetryNanos =
                    ticker.getAsLong() + Backoff.OF_STORE.after(storeFailures).toNanos();
            if (!stopping) {
                log.storeLost(e, clock.instant());
            }
        }
    }

    private void startDue() {
        if (snapshot.isEmpty() || stopping) {
            return;
        }
        KeySnapshot keys = snapshot.get();
        long now = ticker.getAsLong();
        for (Lane lane : Lane.of(tracks.values().stream().map(Track::resource).toList())) {
            List<Track> due = lane.resources().stream()
                    .map(resource -> tracks.get(resource.name()))
                    .filter(track -> track.isDue(now) && canStart(track))
                    .toList();
            if (!due.isEmpty() && busyLanes.add(lane.name())) {
                start(lane, due, keys);
            }
        }
    }

    /** Keys that were not read yet are not keys that are not there: a resource that asks for them has to wait. */
    private boolean canStart(Track track) {
        return snapshot.isPresent()
                && rangesRead.include(track.resource().ranges())
                && underWay.stream().noneMatch(track::sharesStateWith);
    }

    private void start(Lane lane, List<Track> due, KeySnapshot keys) {
        due.stream()
                .filter(track -> owedTargets.remove(track.resource().dest()))
                .forEach(Track::oweReload);
        due.forEach(track -> track.started(keys));
        due.forEach(track -> underWay.add(track.resource()));
        List<Reconciler.Assignment> work = due.stream()
                .map(track -> new Reconciler.Assignment(track.resource(), track.owed()))
                .toList();
        try {
            lanes.execute(() -> pass(lane, work, keys));
        } catch (RejectedExecutionException e) {
            inbox.leave(new PassDone(lane.name(), keys.revision(), Result.cutShort(work)));
        }
    }

    /** Whatever ends the pass, even an Error, its lane must not stay busy for ever. */
    private void pass(Lane lane, List<Reconciler.Assignment> work, KeySnapshot keys) {
        List<Result> results = Result.cutShort(work);
        try {
            results = reconciler.pass(work, keys);
        } finally {
            inbox.leave(new PassDone(lane.name(), keys.revision(), results));
        }
    }

    private void absorb(List<PassDone> done) {
        for (PassDone pass : done) {
            busyLanes.remove(pass.lane());
            for (Result result : pass.results()) {
                underWay.remove(result.resource());
                Track track = tracks.get(result.resource().name());
                if (track == null && result.owed() == Owed.RELOAD) {
                    owedTargets.add(result.resource().dest());
                } else if (track != null) {
                    log.tell(track, result.outcome(), clock.instant());
                    track.ended(result, pass.revision(), clock.instant(), ticker.getAsLong());
                }
            }
        }
        if (!done.isEmpty()) {
            board.publish(tracks.values().stream()
                    .flatMap(track -> track.status().stream())
                    .toList());
        }
    }

    /** All that came in since the last turn. */
    Mail mail() throws InterruptedException {
        return inbox.take(Duration.ZERO);
    }

    /** How long nothing will be due unless something comes in. */
    Duration untilNextDue() {
        long now = ticker.getAsLong();
        long next = Math.min(nextLookNanos, storeRetryNanos);
        for (Track track : tracks.values()) {
            if (canStart(track) && !busyLanes.contains(Lane.nameFor(track.resource()))) {
                next = Math.min(next, track.dueNanos());
            }
        }
        return Duration.ofNanos(Math.max(0, next - now));
    }
}
