package dev.segue.store.etcd;

import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.StoreSettings;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import dev.segue.store.etcd.EventLog.Event;
import dev.segue.store.etcd.RangeWatch.IfRefused;
import dev.segue.store.etcd.RangeWatch.Reach;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from etcd v3.
 *
 * <p>A read goes over the connection that answered last, and costs what changed; where that fails, over a new one to each
 * node in turn, and then costs everything. So after an outage of any length the first read finds a store that is back.
 */
public final class EtcdKeyStore implements KeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdKeyStore.class);

    private final StoreSettings settings;
    private final AnyNode node;
    private final RangeReader reader = new RangeReader();
    private final AtomicBoolean announced = new AtomicBoolean();
    private volatile @Nullable Runnable follower;
    private volatile boolean closed;
    private @Nullable EtcdConnection over;
    private @Nullable Reading last;
    private @Nullable RangeWatch watch;
    private Reach reach = Reach.AROUND;

    /** A store at {@code settings.nodes()}, of which there is at least one; no connection is made yet. */
    public EtcdKeyStore(StoreSettings settings) {
        this.settings = settings;
        this.node = new AnyNode(settings, this::announce);
    }

    /**
     * Begins to connect and returns at once; the first read waits for what is left of it. A failure is left for that read
     * to meet again.
     */
    public void connectAhead() {
        Thread thread = new Thread(node::connectFirst, "etcd-first-connection");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public KeySnapshot read(KeyRanges ranges) throws StoreException {
        if (ranges.isEmpty()) {
            return KeySnapshot.empty(0);
        }
        return node.ask(etcd -> readOver(etcd, ranges));
    }

    @Override
    public KeySnapshot catchUp(KeyRanges ranges) throws StoreException {
        Reading earlier = last;
        Optional<EtcdConnection> open = node.connection();
        if (earlier == null || watch == null || open.isEmpty() || !watch.covers(open.get(), ranges)) {
            return read(ranges);
        }
        // From here on the next news are news again.
        announced.set(false);
        EventLog log = watch.log();
        Optional<List<Event>> news = log.since(earlier.snapshot().revision());
        if (news.isEmpty()) {
            return read(ranges);
        }
        long revision = news.get().get(news.get().size() - 1).revision();
        last = earlier.now(Delta.applied(earlier.snapshot(), revision, news.get()));
        log.forget(revision);
        return last.snapshot();
    }

    @Override
    public void follow(Runnable changed) {
        follower = changed;
    }

    @Override
    public String description() {
        return settings.nodes().stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        closed = true;
        node.close();
    }

    private KeySnapshot readOver(EtcdConnection etcd, KeyRanges ranges) throws EtcdFailure {
        if (etcd != over) {
            over = etcd;
            last = null;
            reach = Reach.AROUND;
        }
        boolean expected = announced.getAndSet(false);
        Reading earlier = last != null && last.ranges().equals(ranges) ? last : null;
        Optional<EventLog> heard = Optional.ofNullable(watch)
                .filter(armed -> armed.covers(etcd, ranges))
                .map(RangeWatch::log);
        Reading now = earlier == null ? reader.readAll(etcd, ranges) : reader.readChanges(etcd, earlier, heard);
        heard.ifPresent(log -> log.forget(now.snapshot().revision()));
        last = now;
        boolean surprise = earlier != null
                && !expected
                && !now.snapshot().entries().equals(earlier.snapshot().entries())
                && !announced.get();
        keepWatching(etcd, now, surprise);
        return now.snapshot();
    }

    /** Has a watch go on from {@code now}; a surprise is a change that the watch, were it well, had announced. */
    private void keepWatching(EtcdConnection etcd, Reading now, boolean surprise) throws EtcdFailure {
        if (follower == null) {
            return;
        }
        IfRefused ifRefused = IfRefused.SAY_SO;
        if (watch != null) {
            if (watch.covers(etcd, now.ranges()) && !surprise) {
                return;
            }
            if (watch.refused() && watch.reach() == Reach.EXACT) {
                ifRefused = IfRefused.WAIT;
            } else if (watch.refused() && watch.isOver(etcd)) {
                reach = Reach.EXACT;
            }
            watch.close();
        }
        watch = RangeWatch.start(etcd, now.ranges(), reach, now.snapshot().revision() + 1, ifRefused, this::announce);
    }

    private void announce() {
        announced.set(true);
        Runnable changed = follower;
        if (changed == null || closed) {
            return;
        }
        try {
            changed.run();
        } catch (RuntimeException e) {
            // It must not reach jetcd, which would end the watch for it.
            LOG.error("following etcd: the follower failed", e);
        }
    }
}
