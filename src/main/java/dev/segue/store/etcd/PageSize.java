package dev.segue.store.etcd;

/** How much is asked for at once; it shrinks when answers prove too large or too slow, and stays small. One thread. */
final class PageSize {
    /** etcd's own default limit of operations in a transaction ({@code --max-txn-ops}). */
    private static final int MOST_OPERATIONS = 128;

    private static final int MOST_KEYS = 10_000;
    private static final int FEWEST_KEYS_FOR_TIME = 500;

    private int operations = MOST_OPERATIONS;
    private int keys = MOST_KEYS;

    /** How many operations one transaction may have. */
    int operations() {
        return operations;
    }

    /** How many keys one operation may answer with. */
    int keys() {
        return keys;
    }

    /** After an answer that was too large for one message; false if it can't get any smaller. */
    boolean shrink() {
        if (keys == 1 && operations == 1) {
            return false;
        }
        keys = Math.max(1, keys / 2);
        operations = Math.max(1, operations / 2);
        return true;
    }

    /** After an answer that did not come in time: perhaps the line is slow, so ask for less, within reason. */
    void shrinkForTime() {
        keys = Math.min(keys, Math.max(FEWEST_KEYS_FOR_TIME, keys / 2));
    }
}
