package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.OptionalLong;

/** A new file stands in place: another inode, or another time for one that is rewritten, and the value is in it. */
final class FileArrival implements Arrival {
    private final Path file;
    private Look old = new Look(null, null);

    FileArrival(Path file) {
        this.file = file;
    }

    private record Look(Object inode, FileTime time) {}

    @Override
    public void arm() throws IOException {
        old = attributes();
    }

    @Override
    public OptionalLong look(String value) throws IOException {
        Look now = attributes();
        long seen = System.nanoTime();
        if (now.inode() == null || now.equals(old)) {
            return OptionalLong.empty();
        }
        // The value may come with the next file; one that appears between the two looks is seen the next time.
        old = now;
        return contains(value) ? OptionalLong.of(seen) : OptionalLong.empty();
    }

    /** Whether the value stands in the file now. */
    boolean contains(String value) throws IOException {
        try {
            return Files.readString(file).contains(value);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Look attributes() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Look(Objects.requireNonNull(attributes.fileKey()), attributes.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return new Look(null, null);
        }
    }
}
