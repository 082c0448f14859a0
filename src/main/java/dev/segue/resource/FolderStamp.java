package dev.segue.resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the files below a folder looked at one time, without their contents: two equal stamps mean that in between nobody
 * wrote, replaced, removed or added one, or changed who may read it. A stamp taken right after a change equals no other.
 *
 * @param files by path: its {@link FileState}, or the words for why there is nothing to see
 */
public record FolderStamp(Map<Path, Object> files) {
    /** Of no folder. */
    public static final FolderStamp NONE = new FolderStamp(Map.of());

    public FolderStamp {
        files = Map.copyOf(files);
    }

    /**
     * Looks at all files below {@code folder} now, through links: a few system calls a file. A folder that is missing,
     * unreadable or linked into itself has a stamp too.
     */
    public static FolderStamp of(Path folder, Instant now) {
        Looker looker = new Looker(now);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, looker);
        } catch (IOException e) {
            throw new UncheckedIOException("a visitor that goes on after each failure has failed", e);
        }
        return new FolderStamp(looker.files);
    }

    private static final class Looker extends SimpleFileVisitor<Path> {
        private final Instant now;
        private final Map<Path, Object> files = new HashMap<>();

        Looker(Instant now) {
            this.now = now;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            try {
                files.put(file, FileState.of(file, now));
            } catch (IOException e) {
                files.put(file, e.toString());
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            files.put(file, e.toString());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            if (e != null) {
                files.put(folder, e.toString());
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
