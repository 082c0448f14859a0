package dev.segue.store.file;

import dev.segue.keyfile.KeyFile;
import dev.segue.keys.ByteText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file that there was at a look.
 *
 * @param name its path as seen from the folder in which it was found, as {@link ByteText} has its bytes; a file that was named itself has none of use
 * @param isOneKey true if all of it is the value of the key {@code name}
 * @param state which no other content has had, as far as the file system tells
 */
record FoundFile(Path path, String name, boolean isOneKey, String state) {
    private static final char REPLACEMENT = '\uFFFD';

    /**
     * The file {@code path}, or what lies below the folder {@code path}, sorted by path; through links, and without what has a
     * name with a leading dot: so Kubernetes marks what it swaps, and editors what they are about to write.
     *
     * @param filter a glob for the names of files in a folder
     * @throws IOException which names the path, if something can't be looked at
     */
    static List<FoundFile> at(Path path, String filter) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isDirectory()) {
            if (!attributes.isRegularFile()) {
                throw new NoSuchFileException(path.toString(), null, "is neither a file nor a folder");
            }
            return List.of(new FoundFile(path, "", false, state(path)));
        }
        Looker looker = new Looker(path, FileSystems.getDefault().getPathMatcher("glob:" + filter));
        Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, looker);
        return List.copyOf(looker.found.values());
    }

    /** Also the time of the last change of the file's own entry, which nobody can set. */
    private static String state(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:ino,size,ctime,lastModifiedTime");
        return new TreeMap<>(attributes).toString();
    }

    private static String nameWithin(Path folder, Path file) {
        String name = folder.relativize(file).toString();
        if (name.indexOf(REPLACEMENT) < 0) {
            return name;
        }
        // Bytes that mean nothing in the locale's character set; a file's URI has them all.
        String within =
                file.toUri().getRawPath().substring(folder.toUri().getRawPath().length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < within.length(); i++) {
            boolean escaped = within.charAt(i) == '%';
            bytes.write(escaped ? Integer.parseInt(within, i + 1, i + 3, 16) : within.charAt(i));
            i += escaped ? 2 : 0;
        }
        return ByteText.decode(bytes.toByteArray());
    }

    private static final class Looker extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final PathMatcher filter;
        private final Map<Path, FoundFile> found = new TreeMap<>(Comparator.naturalOrder());

        Looker(Path folder, PathMatcher filter) {
            this.folder = folder;
            this.filter = filter;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return inner.equals(folder) || !isHidden(inner) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path name = file.getFileName();
            if (attributes.isRegularFile() && !isHidden(file) && filter.matches(name)) {
                boolean isOneKey = !KeyFile.isNamed(name.toString());
                found.put(file, new FoundFile(file, nameWithin(folder, file), isOneKey, state(file)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (isHidden(file) || e instanceof NoSuchFileException) {
                // Gone by now, or a link to nowhere, which is as good as gone.
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        private static boolean isHidden(Path file) {
            return file.getFileName().toString().startsWith(".");
        }
    }
}
