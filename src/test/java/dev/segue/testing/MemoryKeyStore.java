package dev.segue.testing;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A store in memory that can be lost and found: for tests of what stands above the store. */
public final class MemoryKeyStore implements KeyStore {
    private volatile KeySnapshot content = KeySnapshot.empty(1);
    private volatile Runnable changed = () -> {};
    private volatile Runnable beforeRead = () -> {};
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean lost;

    public void put(String key, String value) {
        change(List.of(new KeyEntry(key, value)), List.of());
    }

    public void delete(String key) {
        change(List.of(), List.of(key));
    }

    private synchronized void change(List<KeyEntry> puts, List<String> deletes) {
        content = content.with(content.revision() + 1, puts, deletes);
        changed.run();
    }

    /** From now on every read fails. */
    public void lose() {
        lost = true;
        changed.run();
    }

    public void find() {
        lost = false;
    }

    /** {@code first} runs within the next read, once. */
    public void whenReadNext(Runnable first) {
        beforeRead = first;
    }

    /** How many reads came so far, failed ones too. */
    public long reads() {
        return reads.get();
    }

    @Override
    public KeySnapshot read(KeyRanges ranges) throws StoreException {
        reads.incrementAndGet();
        Runnable first = beforeRead;
        beforeRead = () -> {};
        first.run();
        if (lost) {
            throw new StoreException(
                    StoreException.Kind.UNREACHABLE, "memory: not reachable: lost by the test", new Exception());
        }
        return content.narrow(ranges);
    }

    @Override
    public void follow(Runnable whenChanged) {
        changed = whenChanged;
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public void close() {
        lose();
    }
}
