package dev.segue.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One state of a template on disk: equal to another only if the file is surely unchanged between the two.
 *
 * <p>The kernel stamps changes with a clock that ticks every few milliseconds. A file that was looked at right after a
 * change could change again under the same stamp, so a state that young equals no other, and the file is read again.
 */
final class TemplateFile {
    private static final Duration SETTLED = Duration.ofMillis(50);

    private final Path path;
    private final Map<String, Object> stamp;
    private final boolean settled;

    private TemplateFile(Path path, Map<String, Object> stamp, boolean settled) {
        this.path = path;
        this.stamp = stamp;
        this.settled = settled;
    }

    /** The state that {@code path} is in at {@code now}. */
    static TemplateFile at(Path path, Instant now) throws IOException {
        Map<String, Object> stamp = Files.readAttributes(path, "unix:ino,size,lastModifiedTime,ctime");
        Instant changed = stamp.get("ctime") instanceof FileTime time ? time.toInstant() : Instant.MAX;
        return new TemplateFile(path, stamp, changed.isBefore(now.minus(SETTLED)));
    }

    Path path() {
        return path;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof TemplateFile that
                        && settled
                        && that.settled
                        && path.equals(that.path)
                        && stamp.equals(that.stamp));
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
