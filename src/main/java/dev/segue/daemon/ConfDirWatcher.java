package dev.segue.daemon;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
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
 */
final class ConfDirWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfDirWatcher.class);

    /** An editor writes in several steps: what comes within this time is one edit. */
    private static final long QUIET_MILLIS = 50;

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
        ConfDirWatcher watcher =
                new ConfDirWatcher(confDir, changed, confDir.getFileSystem().newWatchService());
        watcher.register();
        Thread thread = new Thread(watcher::run, "confdir");
        thread.setDaemon(true);
        thread.start();
        return watcher;
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                while (key != null) {
                    key.pollEvents();
                    key.reset();
                    key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                }
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

    /** Registers all folders as they are now, through links; one that is registered already stays so. */
    private void register() throws IOException {
        Files.walkFileTree(
                confDir, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                            throws IOException {
                        try {
                            folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
                        } catch (NoSuchFileException e) {
                            // Kubernetes removes the old folder of a ConfigMap right after it swapped in the new one.
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
