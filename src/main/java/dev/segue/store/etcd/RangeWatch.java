package dev.segue.store.etcd;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyRanges;
import dev.segue.store.etcd.EventLog.Event;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches ranges over one connection, from one revision on, until anything at all goes wrong; then it is broken for good.
 *
 * <p>jetcd would resume a broken watch, but from a revision that may lie behind events which it never delivered. So a
 * broken watch is only good for being closed, and for a new one after the next read.
 */
final class RangeWatch implements AutoCloseable {
    /** What becomes of a watch that etcd does not even accept. */
    enum IfRefused {
        /** As with any broken watch, {@code changed} runs. */
        SAY_SO,
        /** Nothing runs: the watch before was refused as well, and a read at once would bring a third. */
        WAIT
    }

    /** How it tells etcd what to watch. */
    enum Reach {
        /**
         * Where it is a single path, by one watch that takes in some neighbours of the path, whose events are dropped: so all
         * that happens to the path at one revision comes together.
         */
        AROUND,
        /** Exactly the ranges, for a login that may see no more: by several watches, each with events of its own. */
        EXACT
    }

    private final EtcdConnection etcd;
    private final KeyRanges ranges;
    private final Reach reach;
    private final long start;
    private final IfRefused ifRefused;
    private final Runnable changed;
    private final AtomicInteger unaccepted;
    private final EventLog log;
    private final List<Watch.Watcher> watchers = new ArrayList<>();
    private volatile boolean broken;
    private volatile boolean closed;

    private RangeWatch(
            EtcdConnection etcd, KeyRanges ranges, Reach reach, long start, IfRefused ifRefused, Runnable changed) {
        this.etcd = etcd;
        this.ranges = ranges;
        this.reach = reach;
        this.start = start;
        this.ifRefused = ifRefused;
        this.changed = changed;
        this.unaccepted = new AtomicInteger(spans().size());
        this.log = new EventLog(start - 1);
    }

    private List<Span> spans() {
        return reach == Reach.AROUND && ranges.paths().size() == 1
                ? List.of(Span.around(ranges.paths().get(0)))
                : Span.of(ranges);
    }

    /**
     * Starts a watch of {@code ranges}, from revision {@code start} on.
     *
     * @param changed run, on any thread, at each change and when the watch breaks; must neither block nor throw
     * @throws EtcdFailure if the connection was closed in the meantime
     */
    static RangeWatch start(
            EtcdConnection etcd, KeyRanges ranges, Reach reach, long start, IfRefused ifRefused, Runnable changed)
            throws EtcdFailure {
        RangeWatch watch = new RangeWatch(etcd, ranges, reach, start, ifRefused, changed);
        List<Span> spans = watch.spans();
        for (Span span : spans) {
            WatchOption.Builder option = WatchOption.builder()
                    .withRevision(start)
                    .withCreateNotify(true)
                    .withRequireLeader(true);
            span.end().ifPresent(option::withRange);
            watch.watchers.add(etcd.watch(span.key(), option.build(), watch.new Listener(spans.size() == 1)));
        }
        return watch;
    }

    /** True if it still watches {@code wanted} over {@code connection} and can have missed nothing. */
    boolean covers(EtcdConnection connection, KeyRanges wanted) {
        return !broken && isOver(connection) && ranges.equals(wanted);
    }

    boolean isOver(EtcdConnection connection) {
        return etcd == connection;
    }

    /** True if it broke before etcd had accepted all of it. */
    boolean refused() {
        return broken && unaccepted.get() > 0;
    }

    Reach reach() {
        return reach;
    }

    /**
     * What it delivered; always empty where it takes several watches, because etcd serves each of them by itself, and the
     * events of one say nothing about those of another.
     */
    EventLog log() {
        return log;
    }

    /** Ends it; {@code changed} does not run for that. */
    @Override
    public void close() {
        closed = true;
        watchers.forEach(Watch.Watcher::close);
    }

    private void breakDown(boolean worthALook) {
        if (!closed) {
            broken = true;
            if (worthALook) {
                changed.run();
            }
        }
    }

    private final class Listener implements Watch.Listener {
        private final boolean hearsAll;

        Listener(boolean hearsAll) {
            this.hearsAll = hearsAll;
        }

        @Override
        public void onNext(WatchResponse response) {
            if (response.isCreatedNotify()) {
                unaccepted.decrementAndGet();
                boolean storeWentBack = response.getHeader().getRevision() < start - 1;
                if (storeWentBack) {
                    breakDown(true);
                }
            } else if (!closed && !broken) {
                List<Event> events = response.getEvents().stream()
                        .map(Listener::event)
                        .filter(event -> ranges.holds(event.key()))
                        .toList();
                if (!events.isEmpty()) {
                    if (hearsAll) {
                        log.add(events);
                    }
                    changed.run();
                }
            }
        }

        private static Event event(WatchEvent event) {
            KeyEntry entry = EtcdText.entry(event.getKeyValue());
            boolean put = event.getEventType() == WatchEvent.EventType.PUT;
            return new Event(
                    event.getKeyValue().getModRevision(), entry.key(), put ? Optional.of(entry) : Optional.empty());
        }

        @Override
        public void onError(Throwable failure) {
            breakDown(ifRefused == IfRefused.SAY_SO || !refusedBy(failure));
        }

        @Override
        public void onCompleted() {
            breakDown(ifRefused == IfRefused.SAY_SO || unaccepted.get() == 0);
        }

        private boolean refusedBy(Throwable failure) {
            return unaccepted.get() > 0 && !(failure instanceof CompactedException);
        }
    }
}
