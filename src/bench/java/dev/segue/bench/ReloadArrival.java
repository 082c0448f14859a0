package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The reload command has run, which makes a file longer, with the value in the target by then. */
final class ReloadArrival implements Arrival {
    private final Path reloads;
    private final FileArrival target;
    private long old;

    ReloadArrival(Path reloads, FileArrival target) {
        this.reloads = reloads;
        this.target = target;
    }

    /** To be given to a shell, whose own command it is. */
    static String command(Path reloads) {
        return "echo >> " + reloads;
    }

    @Override
    public void arm() throws IOException {
        old = size();
    }

    @Override
    public OptionalLong look(String value) throws IOException {
        long now = size();
        long seen = System.nanoTime();
        if (now == old) {
            return OptionalLong.empty();
        }
        old = now;
        return target.contains(value) ? OptionalLong.of(seen) : OptionalLong.empty();
    }

    private long size() throws IOException {
        return Files.exists(reloads) ? Files.size(reloads) : 0;
    }
}
