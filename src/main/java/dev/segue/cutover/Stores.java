package dev.segue.cutover;

import dev.segue.store.KeyStore;
import dev.segue.store.KeyTransactions;

/**
 * The two ways into one store that a cutover takes.
 *
 * @param keys reads and follows what members say
 * @param transactions reads and writes single keys
 */
public record Stores(KeyStore keys, KeyTransactions transactions) implements AutoCloseable {
    @Override
    public void close() {
        transactions.close();
        keys.close();
    }
}
