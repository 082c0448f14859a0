package dev.segue.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which folders have to be watched for some paths, as they lie now, and for which names in each. For one thread. */
final class WatchPlan {
    private static final Logger LOG = LoggerFactory.getLogger(WatchPlan.class);

    /** By the folder's real path: the kernel knows a folder by what it is, and keeps one watch for it whatever its names. */
    private final Map<Path, Interest> folders = new LinkedHashMap<>();

    /** All that leads to {@code root}, and all folders below it, through links. */
    void add(Path root) throws IOException {
        addWay(root);
        Files.walkFileTree(
                root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                        interest(folder).everything = true;
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (Files.isSymbolicLink(file)) {
                            addWay(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // Unreadable, gone by now, or a link in a circle: who reads the files tells people of it.
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void addWay(Path path) {
        for (Path step : Steps.to(path)) {
            Path folder = step.getParent();
            if (folder != null) {
                Interest interest = interest(folder);
                interest.names.add(step.getFileName());
                interest.written |= !Files.isDirectory(step);
            }
        }
    }

    /** What matters in {@code folder}; of one that is not there nothing is kept. */
    private Interest interest(Path folder) {
        try {
            return folders.computeIfAbsent(folder.toRealPath(), path -> new Interest());
        } catch (IOException e) {
            LOG.trace("{}: not there: {}", folder, e.getMessage());
            return new Interest();
        }
    }

    /**
     * Watches them all; a folder that is watched already stays so.
     *
     * @throws IOException if the kernel has no room for more
     */
    Map<WatchKey, Interest> register(WatchService service) throws IOException {
        Map<WatchKey, Interest> keys = new HashMap<>();
        for (Map.Entry<Path, Interest> folder : folders.entrySet()) {
            try {
                keys.put(folder.getKey().register(service, folder.getValue().kinds()), folder.getValue());
            } catch (NoSuchFileException | NotDirectoryException e) {
                // Kubernetes removes the old folder of a ConfigMap right after it swapped in the new one.
                LOG.trace("{}: not there any more", folder.getKey());
            } catch (AccessDeniedException e) {
                LOG.debug("{}: can't be watched: permission denied", folder.getKey());
            }
        }
        return keys;
    }

    /** What matters in one folder. */
    static final class Interest {
        private final Set<Path> names = new HashSet<>();
        private boolean everything;
        private boolean written;

        /** True if {@code event} is of one of the names; without a name, some events were lost. */
        boolean isOf(WatchEvent<?> event) {
            return everything || !(event.context() instanceof Path name) || names.contains(name);
        }

        /** A folder's own entries are made and removed; only a file is written. */
        private WatchEvent.Kind<?>[] kinds() {
            return everything || written
                    ? new WatchEvent.Kind<?>[] {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY}
                    : new WatchEvent.Kind<?>[] {ENTRY_CREATE, ENTRY_DELETE};
        }
    }
}
