package dev.segue.resource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One state of a file on disk, seen without opening it: equal to another only if the file is surely unchanged between the
 * two, in content, place, mode and owner.
 *
 * <p>The kernel stamps changes with a clock that ticks every few milliseconds. A file that was looked at right after a
 * change could change again under the same stamp, so a state that young equals no other.
 */
public final class FileState {
    private static final Duration SETTLED = Duration.ofMillis(50);

    private final Map<String, Object> stamp;
    private final boolean settled;

    private FileState(Map<String, Object> stamp, boolean settled) {
        this.stamp = stamp;
        this.settled = settled;
    }

    /** The state that {@code file} is in at {@code now}; one system call. */
    public static FileState of(Path file, Instant now, LinkOption... options) throws IOException {
        Map<String, Object> stamp =
                Files.readAttributes(file, "unix:dev,ino,mode,uid,gid,size,lastModifiedTime,ctime", options);
        Instant changed = stamp.get("ctime") instanceof FileTime time ? time.toInstant() : Instant.MAX;
        return new FileState(stamp, changed.isBefore(now.minus(SETTLED)));
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof FileState that && settled && that.settled && stamp.equals(that.stamp));
    }

    @Override
    public int hashCode() {
        return stamp.hashCode();
    }
}
