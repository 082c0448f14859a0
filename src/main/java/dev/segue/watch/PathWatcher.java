package dev.segue.watch;

import dev.segue.watch.WatchPlan.Interest;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices at once what happens to some files and folders and to anything below them, whether they are there yet or not.
 * Where the kernel tells nothing (some network file systems) it notices nothing, so its user has to look now and then.
 */
public final class PathWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PathWatcher.class);

    /** An editor writes in several steps: what comes within this time is one edit. */
    private static final long QUIET_MILLIS = 50;

    /** Edits that never pause are told of this long after the first. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Path> paths;
    private final Runnable changed;
    private final WatchService service;
    private Map<WatchKey, Interest> interests = Map.of();

    private PathWatcher(Collection<Path> paths, Runnable changed, WatchService service) {
        this.paths = List.copyOf(paths);
        this.changed = changed;
        this.service = service;
    }

    /**
     * Starts to watch on a thread of its own.
     *
     * @param changed run on that thread after a change of one of {@code paths}, or of anything below; must not block
     * @throws IOException if the kernel has no room for more watches
     */
    public static PathWatcher start(Collection<Path> paths, Runnable changed) throws IOException {
        PathWatcher watcher =
                new PathWatcher(paths, changed, FileSystems.getDefault().newWatchService());
        try {
            watcher.register();
        } catch (IOException e) {
            watcher.close();
            throw e;
        }
        Thread thread = new Thread(watcher::run, "path-watcher");
        thread.setDaemon(true);
        thread.start();
        return watcher;
    }

    private void run() {
        try {
            while (true) {
                awaitChange();
                register();
                changed.run();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("{}: can't be watched any more: {}; edits are found at the next look", inWords(), e.getMessage());
        }
    }

    private String inWords() {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /** Returns when an edit has come to its end. */
    private void awaitChange() throws InterruptedException {
        while (!concernsUs(service.take())) {
            LOG.trace("only a neighbour");
        }
        long start = System.nanoTime();
        WatchKey key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        while (key != null) {
            concernsUs(key);
            key = System.nanoTime() - start < LONGEST_NANOS ? service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : null;
        }
    }

    /** Takes the key's events; true if one of them matters. */
    private boolean concernsUs(WatchKey key) {
        Interest interest = interests.get(key);
        boolean ours = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            ours |= interest != null && interest.isOf(event);
        }
        key.reset();
        return ours;
    }

    /** Watches all as it lies now, and nothing else any more. */
    private void register() throws IOException {
        WatchPlan plan = new WatchPlan();
        for (Path path : paths) {
            plan.add(path);
        }
        Map<WatchKey, Interest> now = plan.register(service);
        interests.keySet().stream().filter(key -> !now.containsKey(key)).forEach(WatchKey::cancel);
        interests = now;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", inWords(), e.getMessage());
        }
    }
}
