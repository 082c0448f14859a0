package dev.segue.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a target's symbolic links lead. */
final class SymbolicLinks {
    /** As many as Linux follows. */
    private static final int LONGEST_CHAIN = 40;

    private SymbolicLinks() {}

    /**
     * The place that a program which opens {@code dest} for writing reaches: never a link itself, maybe not there yet.
     *
     * @throws FileException if the links lead round in a circle or cannot be read
     */
    static Path follow(Path dest) throws FileException {
        Path place = dest;
        try {
            for (int links = 0; links <= LONGEST_CHAIN; links++) {
                if (!Files.isSymbolicLink(place)) {
                    return place;
                }
                // A link is relative to the folder that it really lies in.
                place = Folders.of(place).toRealPath().resolve(Files.readSymbolicLink(place));
            }
        } catch (IOException e) {
            throw new FileException(dest, "symbolic link cannot be followed", e);
        }
        throw new FileException(dest, "symbolic link cannot be followed", "too many levels of symbolic links");
    }
}
