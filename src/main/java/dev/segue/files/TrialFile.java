package dev.segue.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a target would hold, in a private folder far from it, so that it can be checked while nothing may be touched. */
public final class TrialFile implements AutoCloseable {
    private final Path folder;
    private final Path path;

    private TrialFile(Path folder, Path path) {
        this.folder = folder;
        this.path = path;
    }

    static TrialFile create(Path dest, byte[] bytes) throws FileException {
        try {
            // The JDK makes temporary folders with mode 0700.
            Path folder = Files.createTempDirectory("segue-trial");
            TrialFile trial = new TrialFile(folder, folder.resolve(dest.getFileName()));
            Files.write(trial.path, bytes);
            return trial;
        } catch (IOException e) {
            throw new FileException(dest, "cannot be written aside for its check", e);
        }
    }

    /** Where it lies, for the check command. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // It lies in the system's folder for such things, which cleans up after everybody.
            return;
        }
    }
}
