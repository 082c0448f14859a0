package dev.segue.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/** The folders that targets lie in. */
final class Folders {
    private static final int MODE = 0755;

    private Folders() {}

    /** The folder of {@code file}, an absolute path. */
    static Path of(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /**
     * {@code folder} and those above it that are not there, the highest first.
     *
     * @throws FileException naming {@code dest}, if one of them is something else
     */
    static Deque<Path> missing(Path folder, Path dest) throws FileException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path step = folder; !Files.isDirectory(step); step = of(step)) {
            if (Files.exists(step, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileException(dest, "folder " + step + " cannot be used", "not a directory");
            }
            missing.push(step);
        }
        return missing;
    }

    /**
     * Makes {@code folder} and those above it where they are missing, mode 0755 whatever the umask is, durably.
     *
     * @throws FileException naming {@code dest}, if one cannot be made or is no folder
     */
    static void make(Path folder, Path dest) throws FileException {
        for (Path step : missing(folder, dest)) {
            try {
                makeOne(step);
            } catch (IOException e) {
                throw new FileException(dest, "folder " + step + " cannot be made", e);
            }
        }
    }

    private static void makeOne(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(folder)) {
                // Another lane has just made it.
                return;
            }
            throw e;
        }
        Files.setAttribute(folder, "unix:mode", MODE);
        sync(of(folder));
    }

    /** Makes the names in {@code folder} durable, where its file system can; see the package's text. */
    static void sync(Path folder) {
        // Java opens folders as channels only, and an interrupted thread cannot use one.
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The swap itself has happened; what a crash may undo, the next pass does again.
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
