package dev.segue.store;

import java.util.OptionalLong;

/**
 * One key of ours in the store that is put only where nobody else's is, and lives no longer than we keep it.
 *
 * <p>One thread at a time may call it; {@link #close} may come from any thread. Each call blocks for some requests at most,
 * each of which may take a fifth of the key's life (but a second at least), once for each of the store's nodes.
 */
public interface ClaimedKey extends AutoCloseable {
    /** Whose the key is. */
    enum Claim {
        OURS,
        /** Somebody else has put another value, or has written it since it was ours; it is left as it is. */
        FOREIGN
    }

    /**
     * Has the store hold our value for another life; to be called three times in each. A key that holds our value already
     * is taken over: it is what a predecessor left.
     *
     * @throws StoreException if the store could not be reached, refused, or did not answer in time: then it is not known
     *     whether it holds the key
     */
    Claim keep() throws StoreException;

    /**
     * Deletes the key if it is still ours.
     *
     * @return the store's revision that the delete made; empty if the key is not there any more, or not ours
     * @throws StoreException as {@link #keep}; the key then runs out by itself
     */
    OptionalLong remove() throws StoreException;

    /** Ends all connections, and leaves the key to run out; a call under way fails. Returns within a second. */
    @Override
    void close();
}
