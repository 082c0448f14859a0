package dev.segue.store;

/**
 * One key of ours in the store that lives no longer than we do: it is gone at {@link #close}, and some seconds after a
 * process that could not close it.
 *
 * <p>Thread-safe. Whatever happens to the store, the key comes back with its last value once the store is reached again;
 * that it cannot be kept, and that it is kept again, is logged once each.
 */
public interface LeasedKey extends AutoCloseable {
    /**
     * From now on the key shall hold {@code value}; returns at once, and is written in a moment, as often as it takes. Of
     * values that follow faster than the store takes them only the last is sure to be written. After {@link #close} it does
     * nothing.
     */
    void set(String value);

    /** Deletes the key if the store answers in time, and else lets it run out. Returns within a second. */
    @Override
    void close();
}
