package dev.segue.reconcile;

import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.StoreSettings;
import dev.segue.store.KeyStore;
import dev.segue.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores that resource files name beside the run's own: each is opened when the first resource reads it, and closed when
 * none does any more. {@link #follow} and {@link #close} are for any thread, all else is for the loop's.
 */
public final class Elsewhere implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Elsewhere.class);

    private final Function<StoreSettings, KeyStore> opener;
    private final Map<StoreSettings, Other> others = new LinkedHashMap<>();
    private Optional<Runnable> follower = Optional.empty();
    private boolean closed;

    /** @param opener opens a store, as {@link KeyStore} has it */
    public Elsewhere(Function<StoreSettings, KeyStore> opener) {
        this.opener = opener;
    }

    /** One of them. */
    static final class Other {
        private final StoreSettings settings;
        private final String name;
        private final Source source;
        private final AtomicBoolean news = new AtomicBoolean();
        private boolean lookWanted;
        private boolean underWay;

        private Other(StoreSettings settings, String name, KeyStore store) {
            this.settings = settings;
            this.name = name;
            this.source = new Source(store, name);
        }

        StoreSettings settings() {
            return settings;
        }

        Source source() {
            return source;
        }

        /** Where it is, for people, and no other of them has the same. */
        String name() {
            return name;
        }

        /** It shall be read anew. */
        void look() {
            lookWanted = true;
        }

        /** When it is to be read again after a failure; {@link Long#MAX_VALUE} for not before something happens. */
        long retryNanos() {
            return underWay ? Long.MAX_VALUE : source.retryNanos();
        }

        /** True if it should be read now. */
        boolean isDue(Reading reading, long nowNanos) {
            if (underWay) {
                return false;
            }
            return source.isLost() ? nowNanos >= source.retryNanos() : lookWanted || news.get() || reading.isBehind();
        }

        /** A read of {@code ranges} begins, which {@link Read#now} carries out on any thread. */
        Read begin(KeyRanges ranges) {
            boolean told = news.getAndSet(false);
            boolean whole = lookWanted || source.isLost() || !told;
            lookWanted = false;
            underWay = true;
            return new Read(this, ranges, whole);
        }

        void ended() {
            underWay = false;
        }
    }

    /** One read of one of them. */
    record Read(Other of, KeyRanges ranges, boolean whole) {
        /** Blocks as {@link KeyStore#read} does. */
        Answer now() {
            try {
                KeyStore store = of.source.store();
                return new Answer(
                        this, Optional.of(whole ? store.read(ranges) : store.catchUp(ranges)), Optional.empty());
            } catch (StoreException e) {
                return new Answer(this, Optional.empty(), Optional.of(e));
            } catch (RuntimeException | Error e) {
                // Whatever ends the read, its store must not count as asked for ever.
                LOG.error("a bug in Segue", e);
                StoreException failure = new StoreException(
                        StoreException.Kind.UNREACHABLE, of.name() + ": a bug in Segue (the log has its trace)", e);
                return new Answer(this, Optional.empty(), Optional.of(failure));
            }
        }
    }

    /**
     * How a read ended.
     *
     * @param keys empty if it failed
     */
    record Answer(Read read, Optional<KeySnapshot> keys, Optional<StoreException> failure) {}

    /** From now on these are read, and no others. */
    synchronized void want(Set<StoreSettings> wanted) {
        Map<StoreSettings, Other> gone = new LinkedHashMap<>(others);
        gone.keySet().removeAll(wanted);
        gone.values().forEach(other -> other.source.store().close());
        others.keySet().retainAll(wanted);
        for (StoreSettings settings : wanted) {
            if (!closed && !others.containsKey(settings)) {
                others.put(settings, opened(settings));
            }
        }
    }

    private Other opened(StoreSettings settings) {
        KeyStore store = opener.apply(settings);
        Other other = new Other(settings, nameOf(store), store);
        LOG.info("Using {} as backend too", other.name());
        follower.ifPresent(changed -> follow(other, changed));
        return other;
    }

    /** Two may be at one place, as different users say, and what is said of one must not be taken for the other's. */
    private String nameOf(KeyStore store) {
        String name = store.description();
        List<String> taken = others.values().stream().map(Other::name).toList();
        for (int number = 2; taken.contains(name); number++) {
            name = store.description() + " (" + number + ")";
        }
        return name;
    }

    synchronized List<Other> all() {
        return List.copyOf(others.values());
    }

    /** False once no resource reads it any more. */
    synchronized boolean has(Other other) {
        return others.get(other.settings) == other;
    }

    /** From now on has {@code changed} run whenever keys of any of them may have changed, as {@link KeyStore#follow} has it. */
    public synchronized void follow(Runnable changed) {
        follower = Optional.of(changed);
        others.values().forEach(other -> follow(other, changed));
    }

    private static void follow(Other other, Runnable changed) {
        other.source.store().follow(() -> {
            other.news.set(true);
            changed.run();
        });
    }

    /** Closes them all, and opens none any more; reads under way fail. */
    @Override
    public synchronized void close() {
        closed = true;
        others.values().forEach(other -> other.source.store().close());
    }
}
