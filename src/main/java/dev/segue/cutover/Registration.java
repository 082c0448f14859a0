package dev.segue.cutover;

import dev.segue.cutover.Prober.Finding;
import dev.segue.keys.PrintableText;
import dev.segue.settings.ExitCode;
import dev.segue.settings.RegisterRequest;
import dev.segue.store.ClaimedKey;
import dev.segue.store.ClaimedKey.Claim;
import dev.segue.store.StandingLog;
import dev.segue.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code segue register}: keeps a server's key in the store for as long as the server is well, and in the end sees that
 * nobody uses it any more.
 *
 * <p>Each change of state is logged once. One thread runs it; the server is asked on another.
 */
public final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    /** So that one that is lost is made good before the key runs out, and another after that. */
    private static final int LOOKS_A_LIFE = 3;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration NOTHING_DUE = Duration.ofHours(1);

    private final RegisterRequest request;
    private final Probe probe;
    private final String name;
    private final Entry entry;
    private final Departure departure;
    private final Semaphore news = new Semaphore(0);
    private StandingLog standing;
    private Said said = Said.NOTHING;
    private boolean wasRegistered;
    private volatile boolean leaving;

    private enum Said {
        NOTHING,
        REGISTERED,
        FOREIGN,
        STAYS,
        OUT
    }

    /** @param key of {@code request}, and with its value */
    public Registration(RegisterRequest request, Stores stores, ClaimedKey key, Probe probe, LongSupplier ticker) {
        this.request = request;
        this.probe = probe;
        this.name = PrintableText.escape(request.key());
        this.entry = new Entry(request, key, stores.transactions());
        this.departure = new Departure(request, stores, entry, ticker);
        this.standing = new StandingLog(request.key(), request.life());
    }

    /**
     * Why it makes no sense to begin, in words: somebody else has the key. Empty too if the store does not answer, which is
     * no reason to have no server. Blocks for the time limit of a request, once for each node.
     */
    public Optional<String> refusal() {
        try {
            return entry.isForeign()
                    ? Optional.of(name + ": holds another value than --value, so it is another server's; nothing was"
                            + " changed (the key of a server that was killed runs out by itself; one that is not in use"
                            + " any more is to be deleted)")
                    : Optional.empty();
        } catch (StoreException e) {
            LOG.debug("{}: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Blocks until it is told to leave, and then until that is done.
     *
     * @return {@link ExitCode#OK} if the server may be stopped, else as {@link Departure#run}
     */
    public ExitCode run() throws InterruptedException {
        try (Prober prober = Prober.start(request.probing(), probe, news::release)) {
            while (!leaving) {
                news.tryAcquire(step(prober.finding()).toNanos(), TimeUnit.NANOSECONDS);
            }
        }
        return departure.run();
    }

    /** Ends {@link #run} once nobody uses the server any more. From any thread. */
    public void leave() {
        leaving = true;
        news.release();
    }

    /** As {@link #leave}, but waits for nobody. From any thread. */
    public void leaveAtOnce() {
        departure.cancel();
        leave();
    }

    /** Does what {@code finding} asks for; returns when to come again at the latest. */
    private Duration step(Finding finding) {
        return switch (finding.standing()) {
            case UNKNOWN -> NOTHING_DUE;
            case WELL -> keep();
            case UNWELL -> takeOut(finding.problem());
        };
    }

    private Duration keep() {
        try {
            if (entry.keep() == Claim.OURS) {
                standing.kept();
                tellRegistered();
            } else {
                tellForeign();
            }
            return request.life().dividedBy(LOOKS_A_LIFE);
        } catch (StoreException e) {
            standing.failed(e);
            return BETWEEN_TRIES;
        }
    }

    private Duration takeOut(String problem) {
        boolean wasThere = entry.mayBeThere();
        try {
            entry.remove();
        } catch (StoreException e) {
            tellStays(problem, e);
            return BETWEEN_TRIES;
        }
        // What the store does from now on it does not do to a key of ours.
        standing = new StandingLog(request.key(), request.life());
        tellOut(wasThere, problem);
        return NOTHING_DUE;
    }

    private void tellRegistered() {
        if (said != Said.REGISTERED) {
            LOG.info("{}: registered{}", name, wasRegistered ? " again" : "");
        }
        said = Said.REGISTERED;
        wasRegistered = true;
    }

    private void tellForeign() {
        if (said != Said.FOREIGN) {
            LOG.error(
                    "{}: left as it is, because somebody else has written it; this server is not in use until that key is"
                            + " deleted",
                    name);
        }
        said = Said.FOREIGN;
    }

    private void tellStays(String problem, StoreException e) {
        if (said != Said.STAYS) {
            LOG.warn(
                    "{}: cannot be taken out, though {}; runs out of the store within {}: {}",
                    name,
                    problem,
                    Words.time(request.life()),
                    e.getMessage());
        }
        said = Said.STAYS;
    }

    private void tellOut(boolean wasThere, String problem) {
        if (said != Said.OUT) {
            LOG.warn("{}: {}: {}", name, wasThere ? "taken out of the store" : "not put into the store", problem);
        }
        said = Said.OUT;
    }
}
