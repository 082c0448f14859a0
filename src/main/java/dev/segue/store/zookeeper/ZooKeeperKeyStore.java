package dev.segue.store.zookeeper;

import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.StoreSettings;
import dev.segue.store.KeyStore;
import dev.segue.store.LastRead;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from ZooKeeper: the data of nodes.
 *
 * <p>A read goes over the open session, and costs what changed; where that fails, over a new one, and then costs everything.
 */
public final class ZooKeeperKeyStore implements KeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperKeyStore.class);

    private final StoreSettings settings;
    private final LastRead last = new LastRead();
    private volatile @Nullable Runnable follower;
    private volatile @Nullable ZooKeeperConnection connection;
    private volatile boolean closed;
    private @Nullable WatchedTrees trees;

    /** A store at {@code settings.nodes()}, of which there is at least one; no connection is made yet. */
    public ZooKeeperKeyStore(StoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public KeySnapshot read(KeyRanges ranges) throws StoreException {
        if (ranges.isEmpty()) {
            return last.now(ranges, List.of());
        }
        WatchedTrees open = trees;
        if (open != null && open.cover(ranges)) {
            try {
                return open.refresh() ? last.now(ranges, open.entries()) : last.snapshot();
            } catch (ZooKeeperFailure e) {
                LOG.debug("zookeeper {}: {}; connecting anew", description(), e.getMessage());
            }
        }
        return readAnew(ranges);
    }

    private KeySnapshot readAnew(KeyRanges ranges) throws StoreException {
        disconnect();
        trees = null;
        try {
            requireOpen();
            ZooKeeperConnection fresh = ZooKeeperConnection.open(settings, this::announce);
            connection = fresh;
            requireOpen();
            WatchedTrees walked = WatchedTrees.walk(fresh, ranges, this::announce);
            trees = walked;
            return last.now(ranges, walked.entries());
        } catch (ZooKeeperFailure e) {
            disconnect();
            throw new StoreException(
                    e.kind(), "zookeeper " + description() + ": " + (closed ? "closed" : e.getMessage()), e);
        }
    }

    private void requireOpen() throws ZooKeeperFailure {
        if (closed) {
            throw new ZooKeeperFailure(Kind.UNREACHABLE, "closed", null);
        }
    }

    @Override
    public void follow(Runnable changed) {
        follower = changed;
    }

    private void announce() {
        Runnable changed = follower;
        if (changed != null && !closed) {
            changed.run();
        }
    }

    @Override
    public String description() {
        return settings.nodes().stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private void disconnect() {
        ZooKeeperConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
