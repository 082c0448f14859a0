package dev.segue.store.file;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.Backend;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import dev.segue.store.KeyStore;
import dev.segue.store.LastRead;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.watch.PathWatcher;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from files.
 *
 * <p>A read takes all files as they are while none of them changes. It blocks on the disk alone, and has no time limit.
 */
public final class FileKeyStore implements KeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileKeyStore.class);

    /** Files that change all the time are taken as they come: whoever writes on tells of it again. */
    private static final int MOST_LOOKS = 10;

    private static final int MOST_PROBLEMS = 5;

    private final Backend.KeyFiles backend;
    private final KeyFiles files = new KeyFiles();
    private final LastRead last = new LastRead();
    private volatile @Nullable PathWatcher watcher;
    private volatile boolean closed;

    /** Of the files and folders that {@code backend} names; none is looked at yet. */
    public FileKeyStore(Backend.KeyFiles backend) {
        this.backend = backend;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StoreException {@code UNREACHABLE} if a file can't be read, {@code REFUSED} with its line if it is not what it
     *     should be
     */
    @Override
    public KeySnapshot read(KeyRanges ranges) throws StoreException {
        if (closed) {
            throw new StoreException(Kind.UNREACHABLE, description() + ": closed", new IOException("closed"));
        }
        try {
            return last.now(ranges, KeySnapshot.of(0, whileNothingChanges()).narrow(ranges));
        } catch (IOException e) {
            throw new StoreException(Kind.UNREACHABLE, "file " + why(e), e);
        } catch (ProblemsException e) {
            throw new StoreException(Kind.REFUSED, "file " + inWords(e.problems()), e);
        }
    }

    private Collection<KeyEntry> whileNothingChanges() throws IOException, ProblemsException {
        for (int look = 1; ; look++) {
            List<FoundFile> found = look();
            try {
                Collection<KeyEntry> entries = files.read(found);
                if (look == MOST_LOOKS || look().equals(found)) {
                    return entries;
                }
            } catch (IOException | ProblemsException e) {
                // Perhaps half of what is being written, or gone since the look.
                if (look == MOST_LOOKS || look().equals(found)) {
                    throw e;
                }
            }
        }
    }

    private List<FoundFile> look() throws IOException {
        List<FoundFile> found = new ArrayList<>();
        for (Path path : backend.paths()) {
            found.addAll(FoundFile.at(path, backend.filter()));
        }
        return found;
    }

    @Override
    public void follow(Runnable changed) {
        try {
            watcher = PathWatcher.start(backend.paths(), changed);
        } catch (IOException e) {
            LOG.warn("{}: can't be watched: {}; changes are found at the next look", description(), e.getMessage());
        }
    }

    /** The paths as they were given: {@code file keys.yaml, /etc/keys}. */
    @Override
    public String description() {
        return "file " + backend.paths().stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        closed = true;
        PathWatcher watching = watcher;
        if (watching != null) {
            watching.close();
        }
    }

    private static String inWords(List<Problem> problems) {
        String first =
                problems.stream().limit(MOST_PROBLEMS).map(Problem::toString).collect(Collectors.joining("; "));
        int more = problems.size() - MOST_PROBLEMS;
        return more > 0 ? first + "; and " + more + " more" : first;
    }

    private String why(IOException e) {
        String file = e instanceof FileSystemException failure && failure.getFile() != null
                ? failure.getFile()
                : backend.paths().get(0).toString();
        if (e instanceof FileSystemLoopException) {
            return file + ": is linked into itself";
        }
        if (e instanceof AccessDeniedException) {
            return file + ": permission denied";
        }
        if (e instanceof NoSuchFileException missing) {
            return file + ": " + (missing.getReason() == null ? "no such file or folder" : missing.getReason());
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : null;
        // The message of such a failure would name the file once more.
        return file + ": " + (reason == null ? e.getMessage() : reason);
    }
}
