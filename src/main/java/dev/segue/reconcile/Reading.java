package dev.segue.reconcile;

import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import java.util.List;
import java.util.Optional;

/** What is wanted of one store, and what it was last found to hold of that; used by the loop's thread alone. */
final class Reading {
    private static final KeyRanges NOTHING = new KeyRanges(List.of());

    private KeyRanges wanted = NOTHING;
    private KeyRanges read = NOTHING;
    private Optional<KeySnapshot> snapshot = Optional.empty();

    /** From now on this is all that is wanted. */
    void want(KeyRanges ranges) {
        wanted = ranges;
    }

    KeyRanges wanted() {
        return wanted;
    }

    /** True if nothing was read yet, or not all that is wanted now. */
    boolean isBehind() {
        return snapshot.isEmpty() || !read.equals(wanted);
    }

    boolean wasRead() {
        return snapshot.isPresent();
    }

    /** The store was read; returns false if it is as it was. */
    boolean take(KeyRanges ranges, KeySnapshot keys) {
        read = ranges;
        if (snapshot.isPresent() && keys == snapshot.get()) {
            return false;
        }
        snapshot = Optional.of(keys);
        return true;
    }

    /** True if {@code ranges} were read: keys that were not read are not keys that are not there. */
    boolean has(KeyRanges ranges) {
        return snapshot.isPresent() && (read.equals(wanted) || read.include(ranges));
    }

    /** What {@code ranges}, which were read, hold. */
    KeySnapshot of(KeyRanges ranges) {
        return snapshot.orElseThrow().narrow(ranges);
    }
}
