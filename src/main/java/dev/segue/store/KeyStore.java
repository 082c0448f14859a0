package dev.segue.store;

import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;

/**
 * A store of keys that can be read at one revision and followed.
 *
 * <p>A store remembers what it read last, so that reading again costs what has changed since, and next to nothing when
 * nothing has. One thread at a time may call it; {@link #close} may come from any thread.
 */
public interface KeyStore extends AutoCloseable {
    /**
     * All that {@code ranges} hold, at one revision, as it stands now.
     *
     * <p>Blocks for as long as the store's request time limit, once for each request that a large answer takes.
     *
     * @throws StoreException if the store could not be reached, refused, or did not answer in time
     */
    KeySnapshot read(KeyRanges ranges) throws StoreException;

    /**
     * What {@code ranges} held, at one revision, right after the last change that the follower was told of, or later: from
     * what came with the news where that is complete, else as {@link #read}. For looks whose reason is the news itself;
     * what a store failed to tell of only a read can find.
     *
     * @throws StoreException as {@link #read}
     */
    default KeySnapshot catchUp(KeyRanges ranges) throws StoreException {
        return read(ranges);
    }

    /**
     * From the next successful {@link #read} on, has {@code changed} run after each change of the ranges read last, and
     * whenever a change may have been missed (the connection broke, came back, went silent). It may run too often, from
     * any thread, and must not block; it never runs too seldom.
     */
    void follow(Runnable changed);

    /** Where the store is, for people: {@code http://127.0.0.1:2379}; never a credential. */
    String description();

    /** Ends all connections; a read under way fails. Returns within a second. */
    @Override
    void close();
}
