package dev.segue.daemon;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices edits in the confdir at once, by the kernel's notifications; where there are none (some network file systems)
 * the look at everything each interval still finds them.
 *
 * <p>The kernel notes what happens to a folder, not to a path, and says nothing when another folder takes its place.
 * So the folders above are watched too, for the one name in each that leads to the confdir: it may be removed, made
 * again, or swapped.
 */
final class ConfDirWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfDirWatcher.class);

    /** An editor writes in several steps: what comes within this time is one edit. */
    private static final long QUIET_MILLIS = 50;

    /** Edits that never pause are told of this long after the first. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path confDir;
    private final Runnable changed;
    private final WatchService service;

    private ConfDirWatcher(Path confDir, Runnable changed, WatchService service) {
        this.confDir = confDir;
        this.changed = changed;
        this.service = service;
    }

    /**
     * Starts to watch on a thread of its own.
     *
     * @param changed run on that thread after an edit anywhere below {@code confDir}; must not block
     */
    static ConfDirWatcher start(Path confDir, Runnable changed) throws IOException {
        ConfDirWatcher watcher = new ConfDirWatcher(
                confDir.toAbsolutePath().normalize(),
                changed,
                confDir.getFileSystem().newWatchService());
        watcher.register();
        Thread thread = new Thread(watcher::run, "confdir");
        thread.setDaemon(true);
        thread.start();
        return watcher;
    }

    private void run() {
        try {
            while (true) {
                awaitEdit();
                register();
                changed.run();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.trace("closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("{}: can't be watched any more: {}; edits are found at the next look", confDir, e.getMessage());
        }
    }

    /** Returns when an edit has come to its end. */
    private void awaitEdit() throws InterruptedException {
        while (!concernsUs(service.take())) {
            LOG.trace("only a neighbour of the confdir");
        }
        long start = System.nanoTime();
        WatchKey key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        while (key != null) {
            concernsUs(key);
            key = System.nanoTime() - start < LONGEST_NANOS ? service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : null;
        }
    }

    /** Takes the key's events; true if one is of the confdir, of something in it, or of a folder on the way to it. */
    private boolean concernsUs(WatchKey key) {
        boolean ours = ((Path) key.watchable()).startsWith(confDir);
        for (WatchEvent<?> event : key.pollEvents()) {
            // Without a name, some events were lost.
            ours |= !(event.context() instanceof Path name)
                    || confDir.startsWith(((Path) key.watchable()).resolve(name));
        }
        key.reset();
        return ours;
    }

    /** Registers all folders as they are now; one that is registered already stays so. */
    private void register() throws IOException {
        for (Path above = confDir.getParent(); above != null; above = above.getParent()) {
            registerAbove(above);
        }
        registerBelow();
    }

    private void registerAbove(Path folder) throws IOException {
        try {
            folder.register(service, ENTRY_CREATE, ENTRY_DELETE);
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.trace("{}: not there", folder);
        } catch (AccessDeniedException e) {
            LOG.debug("{}: can't be watched: permission denied", folder);
        }
    }

    /** Through links. */
    private void registerBelow() throws IOException {
        Files.walkFileTree(
                confDir, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                            throws IOException {
                        try {
                            folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
                        } catch (AccessDeniedException | NoSuchFileException | NotDirectoryException e) {
                            // Unreadable, or Kubernetes removes the old folder of a ConfigMap right after it swapped in
                            // the new one.
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // Unreadable, gone by now, or a link in a circle: the reader of the confdir tells people of it.
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", confDir, e.getMessage());
        }
    }
}
