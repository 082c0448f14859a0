package dev.segue.reconcile;

import dev.segue.plan.Backoff;
import dev.segue.reconcile.Elsewhere.Other;
import dev.segue.reconcile.Inbox.Mail;
import dev.segue.reconcile.Inbox.Mark;
import dev.segue.reconcile.Inbox.PassDone;
import dev.segue.resource.Resource;
import dev.segue.settings.Pace;
import dev.segue.status.ResourceStatus;
import dev.segue.status.StatusBoard;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits until something may have changed, has the stores read once for everybody, and starts a pass in each lane that has
 * work.
 *
 * <p>All of its state belongs to the thread that calls {@link #once} or {@link #run}; other threads use the methods
 * that say so.
 */
public final class Loop {
    private final Stores stores;
    private final Definitions definitions;
    private final Reconciler reconciler;
    private final Executor lanes;
    private final StatusBoard board;
    private final Duration interval;
    private final InstantSource clock;
    private final LongSupplier ticker;

    private final Inbox inbox = new Inbox();
    private final StateLog log = new StateLog();
    private final Agenda agenda;

    private volatile boolean stopping;
    private boolean defined;
    private long nextLookNanos;
    private int bugs;

    /**
     * @param store the run's own
     * @param elsewhere the others
     * @param lanes runs the passes, and the reads of other stores
     * @param interval between two looks at everything
     * @param pace how changes that come close together are taken
     * @param ticker nanoseconds since the start; never less than before
     */
    public Loop(
            KeyStore store,
            Elsewhere elsewhere,
            Definitions definitions,
            Reconciler reconciler,
            Executor lanes,
            StatusBoard board,
            Duration interval,
            Pace pace,
            InstantSource clock,
            LongSupplier ticker) {
        this.definitions = definitions;
        this.reconciler = reconciler;
        this.lanes = lanes;
        this.board = board;
        this.interval = interval;
        this.clock = clock;
        this.ticker = ticker;
        Readings readings = new Readings();
        this.agenda = new Agenda(log, pace, readings);
        this.stores = new Stores(store, elsewhere, readings, board, clock, ticker, new Hearer());
    }

    /** Keys may have changed. From any thread; never blocks. */
    public void storeChanged() {
        inbox.leave(Mark.STORE);
    }

    /** Keys of a store beside the run's own may have changed. From any thread; never blocks. */
    public void elsewhereChanged() {
        inbox.leave(Mark.ELSEWHERE);
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
        stores.readOnce(this::fail);
        passEverything();
        while (agenda.anyWaiting() && !stopping) {
            absorb(inbox.takeDone(until(Math.min(agenda.nextDueNanos(), ticker.getAsLong() + interval.toNanos()))));
            startDue();
            awaitPasses();
        }
        return board.picture().resources();
    }

    /** As {@link #once}, before {@link #run}, which goes on trying if the store could not be read. */
    public void firstLook() throws InterruptedException {
        define();
        stores.readAll();
        passEverything();
    }

    /** For a run that does not try again, who reads a store that does not answer has failed, and its transaction stays. */
    private void fail(Other other, StoreException why) {
        List<PassDone> done = new ArrayList<>();
        Map<String, Resource> causes = new HashMap<>();
        for (Resource resource : definitions.resources()) {
            if (resource.elsewhere().containsKey(other.settings())) {
                done.add(PassDone.of(Result.unread(resource, String.valueOf(why.getMessage()))));
                resource.transaction().ifPresent(name -> causes.putIfAbsent(name, resource));
            }
        }
        for (Resource resource : definitions.resources()) {
            Optional<Resource> cause = resource.transaction().flatMap(name -> Optional.ofNullable(causes.get(name)));
            if (cause.isPresent() && !resource.elsewhere().containsKey(other.settings())) {
                done.add(PassDone.of(Result.heldBack(resource, cause.get())));
            }
        }
        absorb(done);
    }

    private void passEverything() throws InterruptedException {
        long now = ticker.getAsLong();
        nextLookNanos = now + interval.toNanos();
        agenda.everythingDue(now);
        startDue();
        awaitPasses();
    }

    private void awaitPasses() throws InterruptedException {
        while (agenda.anyUnderWay()) {
            board.turned(interval);
            absorb(inbox.takeDone(interval));
        }
    }

    /** Keeps everything in step until {@link #stop}, then waits for the passes under way to end. */
    public void run() throws InterruptedException {
        Mail mail = mail();
        while (!mail.marks().contains(Mark.STOP)) {
            Duration rest = safeTurn(mail);
            board.turned(rest);
            mail = inbox.take(rest);
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
        if (mail.marks().contains(Mark.EVERYTHING)) {
            agenda.everythingWanted(now);
        } else if (changedOnDisk) {
            agenda.changedOnDisk(now);
        } else if (everything) {
            agenda.everythingDue(now);
        }
        if (everything) {
            nextLookNanos = now + interval.toNanos();
        }
        stores.take(mail.answers());
        stores.askElsewhere(everything, lanes, inbox::leave);
        stores.readOwnIfDue(mail.marks().contains(Mark.STORE), everything, agenda.anyDue(now));
        startDue();
    }

    /** Returns true if a resource file or a template changed. */
    private boolean define() {
        boolean changed = definitions.refresh();
        if (changed) {
            reconciler.templatesChanged();
        }
        if (changed || !defined) {
            agenda.define(definitions.resources()).forEach(reconciler::forget);
            stores.define();
            publish();
            defined = true;
        }
        return changed;
    }

    /** What hears of the stores. */
    private final class Hearer implements Stores.Listener {
        @Override
        public void changed(Predicate<Resource> concerned) {
            if (agenda.read(concerned, ticker.getAsLong())) {
                publish();
            }
        }

        /** A reload that a killed process left owed does not need the store. */
        @Override
        public void notThere() {
            agenda.takeUnpaid(ticker.getAsLong()).forEach(Loop.this::payOwed);
        }

        @Override
        public boolean isStopping() {
            return stopping;
        }
    }

    private void startDue() {
        if (!stopping) {
            agenda.takeDue(ticker.getAsLong()).forEach(this::start);
        }
    }

    private void start(List<Assignment> work) {
        List<Resource> resources = work.stream().map(Assignment::resource).toList();
        run(resources, Result.cutShort(work), () -> reconciler.pass(work));
    }

    private void payOwed(List<Resource> lane) {
        run(lane, List.of(), () -> reconciler.payOwed(lane));
    }

    private void run(List<Resource> lane, List<Result> cutShort, Supplier<List<Result>> pass) {
        try {
            lanes.execute(() -> {
                List<Result> results = cutShort;
                try {
                    results = pass.get();
                } finally {
                    // Whatever ends the pass, even an Error, its lane must not stay busy for ever.
                    inbox.leave(new PassDone(lane, results));
                }
            });
        } catch (RejectedExecutionException e) {
            inbox.leave(new PassDone(lane, cutShort));
        }
    }

    private void absorb(List<PassDone> done) {
        done.forEach(pass -> agenda.done(pass, clock.instant(), ticker.getAsLong()));
        if (!done.isEmpty()) {
            publish();
        }
    }

    private void publish() {
        board.publish(agenda.picture(), definitions.refused());
    }

    /** All that came in since the last turn. */
    Mail mail() throws InterruptedException {
        return inbox.take(Duration.ZERO);
    }

    /** How long nothing will be due unless something comes in. */
    Duration untilNextDue() {
        return until(Math.min(Math.min(nextLookNanos, stores.retryNanos()), agenda.nextDueNanos()));
    }

    private Duration until(long nanos) {
        return Duration.ofNanos(Math.max(0, nanos - ticker.getAsLong()));
    }
}
