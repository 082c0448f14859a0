package dev.segue.testing;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A store in memory that can be lost and found: for tests of what stands above the store. */
public final class MemoryKeyStore implements KeyStore {
    private final AtomicReference<KeySnapshot> content = new AtomicReference<>(KeySnapshot.empty(1));
    private final AtomicReference<Runnable> changed = new AtomicReference<>(() -> {});
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean lost;

    public void put(String key, String value) {
        content.updateAndGet(now -> now.with(now.revision() + 1, List.of(new KeyEntry(key, value)), List.of()));
        changed.get().run();
    }

    public void delete(String key) {
        content.updateAndGet(now -> now.with(now.revision() + 1, List.of(), List.of(key)));
        changed.get().run();
    }

    /** From now on every read fails. */
    public void lose() {
        lost = true;
        changed.get().run();
    }

    public void find() {
        lost = false;
    }

    /** How many reads came so far, failed ones too. */
    public long reads() {
        return reads.get();
    }

    @Override
    public KeySnapshot read(KeyRanges ranges) throws StoreException {
        reads.incrementAndGet();
        if (lost) {
            throw new StoreException(
                    StoreException.Kind.UNREACHABLE, "memory: not reachable: lost by the test", new Exception());
        }
        return content.get().narrow(ranges);
    }

    @Override
    public void follow(Runnable whenChanged) {
        changed.set(whenChanged);
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
