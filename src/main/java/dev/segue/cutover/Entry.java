package dev.segue.cutover;

import dev.segue.cutover.Waiter.Target;
import dev.segue.settings.RegisterRequest;
import dev.segue.store.ClaimedKey;
import dev.segue.store.ClaimedKey.Claim;
import dev.segue.store.KeyTransactions;
import dev.segue.store.KeyTransactions.Versioned;
import dev.segue.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A server's key, as far as we know whether the store has it, and where members must have come to once it has not. */
final class Entry {
    private final String key;
    private final String value;
    private final ClaimedKey ours;
    private final KeyTransactions keys;
    private boolean mayBeThere;
    private Optional<Target> gone = Optional.empty();

    Entry(RegisterRequest request, ClaimedKey ours, KeyTransactions keys) {
        this.key = request.key();
        this.value = request.value();
        this.ours = ours;
        this.keys = keys;
    }

    /** True if somebody has put another value. */
    boolean isForeign() throws StoreException {
        return keys.get(key).value().filter(found -> !found.equals(value)).isPresent();
    }

    /** Puts the key, or has it live on. As {@link ClaimedKey#keep}. */
    Claim keep() throws StoreException {
        boolean wasThere = mayBeThere;
        // Also if the answer gets lost.
        mayBeThere = true;
        Claim claim = ours.keep();
        mayBeThere = wasThere || claim == Claim.OURS;
        return claim;
    }

    /** Deletes the key, if it may be there and is still ours. Blocks as {@link ClaimedKey#remove}. */
    void remove() throws StoreException {
        if (!mayBeThere) {
            return;
        }
        OptionalLong revision = ours.remove();
        gone = Optional.of(
                revision.isPresent()
                        ? Target.written(revision.getAsLong(), List.of(new Versioned(key, Optional.empty(), 0)))
                        // It ran out, or somebody else has deleted or written it, nobody knows when.
                        : Target.found(List.of(keys.get(key)), keys));
        mayBeThere = false;
    }

    /** True if we have put it, and not removed it since. */
    boolean mayBeThere() {
        return mayBeThere;
    }

    /** Where the members have to come to after the last {@link #remove}; empty if the key was never there. */
    Optional<Target> gone() {
        return gone;
    }
}
