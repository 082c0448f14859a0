package dev.segue.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The targets that are ours, each by a lock on its own file, which the system gives up for a process that is killed. */
final class Claims implements AutoCloseable {
    /**
     * What this process has locked. The system's locks belong to the process, and closing any descriptor of a locked file
     * gives up the lock; so a file that is locked here must never be opened a second time.
     */
    private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Map<String, Claim> held = new HashMap<>();

    private record Claim(Path place, RandomAccessFile file) {}

    /** As {@link Journal#claim}, by the file {@code name} in {@code folder}. */
    synchronized Optional<Long> claim(StateFolder folder, String name) {
        if (held.containsKey(name)) {
            return Optional.empty();
        }
        // A channel that an interrupted thread uses is closed, and the lock is gone with it.
        boolean interrupted = Thread.interrupted();
        try {
            Path place = folder.makeFile(name).toRealPath();
            if (!OF_THIS_PROCESS.add(place)) {
                return Optional.of(ProcessHandle.current().pid());
            }
            return lock(name, place);
        } catch (IOException e) {
            // Where nothing can be written nobody can be kept out.
            return Optional.empty();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<Long> lock(String name, Path place) throws IOException {
        @Nullable RandomAccessFile file = null;
        try {
            file = new RandomAccessFile(place.toFile(), "rw");
            FileLock lock = file.getChannel().tryLock();
            if (lock == null) {
                return Optional.of(pidIn(file));
            }
            held.put(name, new Claim(place, file));
            write(ProcessHandle.current().pid() + "\n", file);
            return Optional.empty();
        } catch (OverlappingFileLockException e) {
            return Optional.of(ProcessHandle.current().pid());
        } finally {
            if (!held.containsKey(name)) {
                OF_THIS_PROCESS.remove(place);
                if (file != null) {
                    file.close();
                }
            }
        }
    }

    /** 0 if it is no living process that can be seen from here: it may have written nothing yet, or be in another container. */
    private static long pidIn(RandomAccessFile file) throws IOException {
        String line = file.readLine();
        if (line == null || !line.matches("[1-9]\\d{0,9}")) {
            return 0;
        }
        long pid = Long.parseLong(line);
        boolean seen =
                pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).isPresent();
        return seen ? pid : 0;
    }

    private static void write(String pid, RandomAccessFile file) {
        try {
            file.setLength(0);
            file.write(pid.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The lock counts; the number is for people.
            return;
        }
    }

    /** Gives up {@code name}. Its file stays: who deletes it may delete it under somebody who is just locking it. */
    synchronized void release(String name) {
        Claim claim = held.remove(name);
        if (claim != null) {
            release(claim);
        }
    }

    @Override
    public synchronized void close() {
        held.values().forEach(Claims::release);
        held.clear();
    }

    private static void release(Claim claim) {
        try {
            claim.file().close();
        } catch (IOException e) {
            // Nothing was left to be written.
            return;
        } finally {
            OF_THIS_PROCESS.remove(claim.place());
        }
    }
}
