package dev.segue.store;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import java.util.Collection;
import java.util.List;

/**
 * What a store that has no revisions held when it was read last: for as long as that stays the same, so does the snapshot.
 *
 * <p>Its revision is a number made of the keys and values themselves: the same on every machine and after a restart, and
 * another one for other keys; which of two is newer it does not tell. For one thread.
 */
public final class LastRead {
    /** As many as JSON's readers and Prometheus keep exactly: 48 bits. */
    private static final int REVISION_DIGITS = 12;

    private static final int HEXADECIMAL = 16;

    private KeyRanges ranges = new KeyRanges(List.of());
    private KeySnapshot snapshot = KeySnapshot.empty(0);

    /** The snapshot of {@code entries}, which is all that {@code asked} hold now. */
    public KeySnapshot now(KeyRanges asked, Collection<KeyEntry> entries) {
        return now(asked, KeySnapshot.of(0, entries));
    }

    /** As above, whatever the revision of {@code read}. */
    public KeySnapshot now(KeyRanges asked, KeySnapshot read) {
        if (!asked.equals(ranges) || !read.sameEntries(snapshot)) {
            ranges = asked;
            snapshot = read.with(revision(read), List.of(), List.of());
        }
        return snapshot;
    }

    /** The snapshot that was given last. */
    public KeySnapshot snapshot() {
        return snapshot;
    }

    private static long revision(KeySnapshot read) {
        return Long.parseLong(read.digest().substring(0, REVISION_DIGITS), HEXADECIMAL);
    }
}
