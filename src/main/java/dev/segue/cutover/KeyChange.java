package dev.segue.cutover;

import dev.segue.store.KeyTransactions;
import dev.segue.store.KeyTransactions.Guard;
import dev.segue.store.KeyTransactions.Versioned;
import dev.segue.store.KeyTransactions.Write;
import dev.segue.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Some keys that shall hold something else, or nothing: as they were found, and what is left to be written.
 *
 * @param found all of them
 * @param writes for those that do not hold yet what they shall
 */
record KeyChange(List<Versioned> found, List<Write> writes) {
    KeyChange {
        found = List.copyOf(found);
        writes = List.copyOf(writes);
    }

    /** @throws StoreException if the keys cannot be read */
    static KeyChange of(List<Write> wanted, KeyTransactions keys) throws StoreException {
        List<Versioned> found = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        for (Write write : wanted) {
            Versioned now = keys.get(write.key());
            found.add(now);
            if (!now.value().equals(write.value())) {
                writes.add(write);
            }
        }
        return new KeyChange(found, writes);
    }

    /** True if all keys hold what they shall. */
    boolean isDone() {
        return writes.isEmpty();
    }

    /** All keys as they are once the writes were made at {@code revision}. */
    List<Versioned> madeAt(long revision) {
        return found.stream()
                .map(key -> writeOf(key).map(write -> written(write, revision)).orElse(key))
                .toList();
    }

    /** Those that were written at {@code revision}. */
    List<Versioned> writtenAt(long revision) {
        return writes.stream().map(write -> written(write, revision)).toList();
    }

    private static Versioned written(Write write, long revision) {
        return new Versioned(write.key(), write.value(), write.value().isPresent() ? revision : 0);
    }

    /** What makes the keys that were written as they were found. */
    List<Write> back() {
        return found.stream()
                .filter(key -> writeOf(key).isPresent())
                .map(key -> new Write(key.key(), key.value()))
                .toList();
    }

    /** What {@code key} shall hold. */
    Optional<String> wanted(Versioned key) {
        return writeOf(key).map(Write::value).orElseGet(key::value);
    }

    private Optional<Write> writeOf(Versioned key) {
        return writes.stream().filter(write -> write.key().equals(key.key())).findFirst();
    }

    /** Hold while nobody has written any of {@code keys} since. */
    static List<Guard> guards(List<Versioned> keys) {
        return keys.stream().map(key -> new Guard(key.key(), key.modRevision())).toList();
    }

    /** Which of {@code expected} somebody has written since, in words. */
    static String changed(Stream<Versioned> expected, KeyTransactions keys) throws StoreException {
        List<String> changed = new ArrayList<>();
        for (Versioned key : expected.toList()) {
            if (keys.get(key.key()).modRevision() != key.modRevision()) {
                changed.add(key.key());
            }
        }
        return changed.isEmpty() ? "the keys in between" : String.join(", ", changed);
    }

    /** {@code put /app/py1, delete /app/py2}: without values. */
    static String words(List<Write> writes) {
        return String.join(", ", writes.stream().map(Write::toString).toList());
    }

    @Override
    public String toString() {
        return words(writes);
    }
}
