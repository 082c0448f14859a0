package dev.segue.resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resource files in and below a folder, through links.
 *
 * <p>Names that start with a dot are nobody's resource: editors' locks ({@code .#nginx.toml}) and the {@code ..data}
 * folder through which Kubernetes swaps a mounted ConfigMap, whose files are linked to from the folder itself.
 */
final class ResourceFolder extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final SortedSet<Path> files = new TreeSet<>();
    private final SortedMap<Path, IOException> unreadable = new TreeMap<>();

    private ResourceFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * What is there now.
     *
     * @param files in the order of their names; each exists or is a link to nowhere
     * @param unreadable folders and files that could not be looked at
     */
    record Listing(SortedSet<Path> files, SortedMap<Path, IOException> unreadable) {}

    static Listing list(Path folder) {
        ResourceFolder visitor = new ResourceFolder(folder);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException("a visitor that goes on after each failure has failed", e);
        }
        return new Listing(visitor.files, visitor.unreadable);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
        return isHidden(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
        if (!isHidden(path) && path.toString().endsWith(".toml")) {
            files.add(path);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
        if (!isHidden(path) && !(e instanceof FileSystemLoopException)) {
            unreadable.put(path, e);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) {
        return e == null ? FileVisitResult.CONTINUE : visitFileFailed(path, e);
    }

    private boolean isHidden(Path path) {
        return !path.equals(folder) && path.getFileName().toString().startsWith(".");
    }
}
