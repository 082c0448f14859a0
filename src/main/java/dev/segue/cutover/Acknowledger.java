package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.plan.Outcome;
import dev.segue.resource.Resource;
import dev.segue.settings.Backend;
import dev.segue.settings.Membership;
import dev.segue.status.Picture;
import dev.segue.status.ResourceStatus;
import dev.segue.store.LeasedKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store told of how far each resource has come: whenever that changes, and never else.
 *
 * <p>That a resource is applied is said once no worker of before takes new connections, or once {@link Patience} for that is
 * gone; until then what was said of it before stands. Works on a thread of its own.
 */
public final class Acknowledger implements AutoCloseable {
    /** Workers of nginx change places within some 20 ms; but requests that they finish may take an hour. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final int LOOKS_IN_A_TIME = 10;

    /** Word that keys were written again, with nothing changed by that, is no oftener sent than so. */
    private static final Duration BETWEEN_MERE_REVISIONS = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    private static final Duration AFTER_A_BUG = Duration.ofSeconds(1);

    private final String own;
    private final String version;
    private final Supplier<Picture> pictures;
    private final Supplier<List<Resource>> definitions;
    private final Settling settling;
    private final LeasedKey key;
    private final LongSupplier ticker;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "acknowledge");
    private final Map<String, Acknowledgement.Resource> said = new HashMap<>();
    private final Patience patience = new Patience();
    private final Map<String, Long> undrainedSince = new HashMap<>();
    private Optional<Acknowledgement> last = Optional.empty();
    private long lastNanos;
    private boolean readsItself;

    private Acknowledger(
            String own,
            String version,
            Supplier<Picture> pictures,
            Supplier<List<Resource>> definitions,
            Settling settling,
            LeasedKey key,
            LongSupplier ticker) {
        this.own = own;
        this.version = version;
        this.pictures = pictures;
        this.definitions = definitions;
        this.settling = settling;
        this.key = key;
        this.ticker = ticker;
    }

    /**
     * Runs until it is closed, which closes {@code key} too.
     *
     * @param membership of which {@code key} is
     * @param version of this Segue
     * @param pictures how everything stands now; from any thread
     * @param definitions the resources that there are now; from any thread
     * @param key where to say it
     * @param ticker nanoseconds of a clock that never goes back
     */
    public static Acknowledger start(
            Membership membership,
            String version,
            Supplier<Picture> pictures,
            Supplier<List<Resource>> definitions,
            Settling settling,
            LeasedKey key,
            LongSupplier ticker) {
        Acknowledger acknowledger =
                new Acknowledger(keyOf(membership), version, pictures, definitions, settling, key, ticker);
        acknowledger.thread.setDaemon(true);
        acknowledger.thread.start();
        return acknowledger;
    }

    /** Where in the store a member says it. */
    public static String keyOf(Membership membership) {
        return GroupKeys.of(membership);
    }

    /** Something may have changed. From any thread; never blocks. */
    public void look() {
        news.release();
    }

    private void run() {
        try {
            while (true) {
                Optional<Duration> again = safeTell();
                if (again.isPresent()) {
                    news.tryAcquire(again.get().toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    news.acquire();
                }
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            return;
        }
    }

    private Optional<Duration> safeTell() {
        try {
            return isHeardByItself() ? Optional.empty() : tell();
        } catch (RuntimeException e) {
            LOG.error("acknowledging: a bug in Segue", e);
            return Optional.of(AFTER_A_BUG);
        }
    }

    private boolean reads(Resource resource) {
        return resource.ranges().holds(own)
                || resource.elsewhere().entrySet().stream()
                        .anyMatch(other -> other.getKey().backend() instanceof Backend.Etcd
                                && other.getValue().holds(own));
    }

    /** What is said would be news to who says it, and so on without end. */
    private boolean isHeardByItself() {
        Optional<Resource> reader =
                definitions.get().stream().filter(this::reads).findFirst();
        if (reader.isPresent() && !readsItself) {
            LOG.error(
                    "{} reads {}, where this Segue says what is applied, and would be woken by each word of its own: it says"
                            + " nothing until no resource reads that",
                    reader.get().name(),
                    own);
        }
        readsItself = reader.isPresent();
        return readsItself;
    }

    /** Returns when to look again if nothing is heard. */
    private Optional<Duration> tell() {
        Map<String, Resource> resources = new HashMap<>();
        definitions.get().forEach(resource -> resources.put(resource.name(), resource));
        List<Acknowledgement.Resource> all = new ArrayList<>();
        Optional<Duration> again = Optional.empty();
        for (ResourceStatus status : pictures.get().resources()) {
            Resource resource = resources.get(status.name());
            // What is read of other stores has revisions that mean nothing to who waits for one of ours.
            boolean elsewhere = status.ranges().isEmpty();
            if (resource == null || elsewhere || status.outcome() instanceof Outcome.Pending) {
                continue;
            }
            Settling.Look left = settling.of(resource, status.counts().reloads());
            Optional<Duration> pause = pause(status.name(), left.settlement());
            if (pause.isPresent() && (again.isEmpty() || pause.get().compareTo(again.get()) < 0)) {
                again = pause;
            }
            Optional.ofNullable(isToBeSaid(status, left) ? of(status, left) : said.get(status.name()))
                    .ifPresent(all::add);
        }
        said.clear();
        all.forEach(resource -> said.put(resource.name(), resource));
        patience.retain(resources.keySet());
        undrainedSince.keySet().retainAll(resources.keySet());
        Acknowledgement now = new Acknowledgement(version, all);
        if (last.equals(Optional.of(now))) {
            return again;
        }
        Duration early = tooEarlyFor(now);
        if (early.isZero()) {
            last = Optional.of(now);
            lastNanos = ticker.getAsLong();
            key.set(AcknowledgementJson.text(now));
            return again;
        }
        return again.filter(pause -> pause.compareTo(early) < 0).or(() -> Optional.of(early));
    }

    /** Those who put what is there anyway, as a sign of life, do so again and again. */
    private Duration tooEarlyFor(Acknowledgement now) {
        if (last.isEmpty() || !last.get().isButForRevisions(now)) {
            return Duration.ZERO;
        }
        Duration rest = BETWEEN_MERE_REVISIONS.minusNanos(ticker.getAsLong() - lastNanos);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Until the next look at what is left of before: the longer it is there, the longer. */
    private Optional<Duration> pause(String name, Settlement settlement) {
        if (settlement == Settlement.DRAINED) {
            undrainedSince.remove(name);
            return Optional.empty();
        }
        long now = ticker.getAsLong();
        Duration since = Duration.ofNanos(now - undrainedSince.computeIfAbsent(name, it -> now));
        Duration pause = since.dividedBy(LOOKS_IN_A_TIME);
        if (pause.compareTo(SHORTEST_PAUSE) < 0) {
            return Optional.of(SHORTEST_PAUSE);
        }
        return Optional.of(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    private boolean isToBeSaid(ResourceStatus status, Settling.Look left) {
        if (!status.isApplied()) {
            patience.forget(status.name());
            return true;
        }
        return !patience.isLeftFor(status.name(), left, ticker.getAsLong());
    }

    private Acknowledgement.Resource of(ResourceStatus status, Settling.Look left) {
        return new Acknowledgement.Resource(
                status.name(),
                status.dest().toString(),
                status.ranges(),
                state(status),
                status.keysRevision(),
                applied(status),
                left.settlement(),
                status.isApplied() ? status.appliedAt().orElse(status.since()) : status.since(),
                status.isApplied() ? left.why() : status.reason());
    }

    /** A look that changes nothing is told to nobody, so it is not told at which revision it was either. */
    private OptionalLong applied(ResourceStatus status) {
        if (status.isApplied()) {
            return OptionalLong.of(status.keysRevision());
        }
        Acknowledgement.Resource before = said.get(status.name());
        return before == null ? OptionalLong.empty() : before.applied();
    }

    private static String state(ResourceStatus status) {
        if (status.isApplied()) {
            return Acknowledgement.Resource.APPLIED;
        }
        return status.owedSince().isPresent() && status.outcome().isGood() ? "owed" : status.state();
    }

    /** Blocks for as long as a {@code settle_cmd} under way takes to be ended: four seconds at most. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            // Else a settle_cmd under way would outlive us.
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        key.close();
    }
}
