package dev.segue.render;

import dev.segue.resource.FileState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** One state of a template on disk: equal to another only if the file is surely unchanged between the two. */
record TemplateFile(Path path, FileState state) {
    /** The state that {@code path} is in at {@code now}. */
    static TemplateFile at(Path path, Instant now) throws IOException {
        return new TemplateFile(path, FileState.of(path, now));
    }
}
