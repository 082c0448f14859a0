package dev.segue.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Single keys of a store with their revisions, and changes of several at once.
 *
 * <p>One thread at a time may call it; {@link #close} may come from any thread. Each call blocks for the store's request time
 * limit at most, once for each of its nodes, and once more for a commit. Keys and values are text that carries any bytes,
 * as {@link dev.segue.keys.ByteText} has it.
 */
public interface KeyTransactions extends AutoCloseable {
    /**
     * How {@code key} stands now.
     *
     * @throws StoreException if the store could not be reached, refused, or did not answer in time
     */
    Versioned get(String key) throws StoreException;

    /**
     * How {@code key} stood at {@code revision}; empty if the store no longer knows (it was compacted) or does not know yet.
     *
     * @throws StoreException as {@link #get(String)}
     */
    Optional<Versioned> get(String key, long revision) throws StoreException;

    /**
     * True if {@code key} is there and is gone when a lease ends: somebody keeps it, and a put would take it from the lease.
     *
     * @throws StoreException as {@link #get(String)}
     */
    boolean isLeased(String key) throws StoreException;

    /**
     * The revision that deleted {@code key}, which is not there; empty if that is more than a hundred writes to the store
     * ago, or the store no longer knows. Asks as often as that.
     *
     * @throws StoreException as {@link #get(String)}
     */
    OptionalLong deletedAt(String key) throws StoreException;

    /**
     * Makes all {@code writes} at once if all {@code guards} hold, and else nothing. It is never sent twice.
     *
     * @param writes at least one, each to a key of its own
     * @return the store's revision that the writes made, the same for all, or, where they only deleted what was not there, its
     *     revision now; empty if a guard does not hold
     * @throws StoreException if the store refused, or could not be reached: then nothing was written; or if it broke off or
     *     did not answer in time once the writes were sent: then it is not known whether they were made, and the message
     *     says so
     */
    OptionalLong commit(List<Guard> guards, List<Write> writes) throws StoreException;

    /** Ends all connections; a call under way fails. Returns within a second. */
    @Override
    void close();

    /**
     * A key at some revision; prints without the value.
     *
     * @param value empty if the key is not there
     * @param modRevision the store's revision that last wrote the key; 0 if it is not there
     */
    record Versioned(String key, Optional<String> value, long modRevision) {
        @Override
        public String toString() {
            return key + " at " + modRevision;
        }
    }

    /** Holds while {@code key} was last written at {@code modRevision}; 0: while it is not there. */
    record Guard(String key, long modRevision) {}

    /** Puts {@code value} into {@code key}, or deletes the key; prints without the value. */
    record Write(String key, Optional<String> value) {
        @Override
        public String toString() {
            return (value.isPresent() ? "put " : "delete ") + key;
        }
    }
}
