package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.cutover.Waiter.AtFailure;
import dev.segue.cutover.Waiter.Result;
import dev.segue.cutover.Waiter.Target;
import dev.segue.keys.PrintableText;
import dev.segue.settings.ExitCode;
import dev.segue.settings.RegisterRequest;
import dev.segue.settings.RegisterRequest.Leave;
import dev.segue.settings.WaitRequest.Until;
import dev.segue.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a server's key out of the store, and waits until no member of the group uses the server any more.
 *
 * <p>One thread runs it, once; any may cancel.
 */
final class Departure {
    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final String name;
    private final Leave leave;
    private final Duration life;
    private final Entry entry;
    private final LongSupplier ticker;
    private final GroupWatch watch;
    private final Waiter waiter;
    private Optional<Crowd> crowd = Optional.empty();
    private boolean storeIsLost;

    Departure(RegisterRequest request, Stores stores, Entry entry, LongSupplier ticker) {
        this.name = PrintableText.escape(request.key());
        this.leave = request.leave();
        this.life = request.life();
        this.entry = entry;
        this.ticker = ticker;
        this.watch = new GroupWatch(stores.keys(), leave.group());
        this.waiter = new Waiter(watch, stores.transactions(), verdicts -> {}, ticker);
    }

    /**
     * Blocks for as long as the request gives, and for the time limit of some requests to the store beyond it.
     *
     * @return {@link ExitCode#OK} if nobody uses the server any more, or nobody is to be waited for; {@link
     *     ExitCode#STORE_UNREACHABLE} or {@link ExitCode#NOT_APPLIED} if the time was over before that; {@link
     *     ExitCode#INTERRUPTED} if it was cancelled
     */
    ExitCode run() throws InterruptedException {
        long start = ticker.getAsLong();
        while (true) {
            try {
                return tryToLeave(start);
            } catch (StoreException e) {
                Duration left = left(start);
                if (waiter.isCancelled() || left.isZero()) {
                    return leaveUnseen(e);
                }
                tell(e);
                watch.await(left.compareTo(BETWEEN_TRIES) < 0 ? left : BETWEEN_TRIES);
            }
        }
    }

    /** Has {@link #run} try once to take the key out, if it did not yet, and wait for nobody. From any thread. */
    void cancel() {
        waiter.cancel();
    }

    private ExitCode tryToLeave(long start) throws StoreException, InterruptedException {
        entry.remove();
        if (entry.gone().isEmpty()) {
            LOG.info("{}: was not put into the store, so nobody uses it", name);
            return ExitCode.OK;
        }
        if (waiter.isCancelled()) {
            LOG.info("{}: out of the store", name);
            return ExitCode.INTERRUPTED;
        }
        if (leave.group().isEmpty()) {
            LOG.info("{}: out of the store; nobody is waited for (--no-drain without --group)", name);
            return ExitCode.OK;
        }
        return seeOut(entry.gone().get(), leave.group().get(), start);
    }

    private ExitCode seeOut(Target target, String group, long start) throws StoreException, InterruptedException {
        Crowd all = crowd(group);
        Settlement until = leave.until() == Until.DRAINED ? Settlement.DRAINED : Settlement.SETTLED;
        Result result = waiter.await(target, until, all, AtFailure.WAIT_ON, left(start));
        return switch (result.end()) {
            case ALL_THERE -> {
                tell(all, until, Words.time(Duration.ofNanos(ticker.getAsLong() - start)));
                yield ExitCode.OK;
            }
            case LATE, FAILED -> {
                LOG.warn(
                        "{}: not safe to stop, may still be in use: {}",
                        name,
                        Words.problem(result, all, group, leave.longest()));
                yield ExitCode.NOT_APPLIED;
            }
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }

    /** All who lived when the key was taken out. */
    private Crowd crowd(String group) throws StoreException {
        if (crowd.isEmpty()) {
            Crowd all = watch.everybody();
            crowd = Optional.of(all);
            if (all.named().isEmpty()) {
                LOG.warn("{}: out of the store; nobody acknowledges in group {}, so nobody is waited for", name, group);
            } else {
                LOG.info(
                        "{}: out of the store; waiting until {} of {} use it no more, at most {}",
                        name,
                        Words.members(all.atLeast()),
                        group,
                        Words.time(leave.longest()));
            }
        }
        return crowd.get();
    }

    private void tell(Crowd all, Settlement until, String time) {
        if (all.named().isEmpty()) {
            return;
        }
        if (until == Settlement.DRAINED) {
            LOG.info("{}: safe to stop, after {}", name, time);
        } else {
            LOG.info(
                    "{}: settled after {}: no new connection meets it, but requests that it has may still run (--no-drain)",
                    name,
                    time);
        }
    }

    private void tell(StoreException e) {
        if (storeIsLost) {
            LOG.debug("{}: {}", name, e.getMessage());
            return;
        }
        storeIsLost = true;
        LOG.warn(
                "{}: {}: {}; trying again for {} at most",
                name,
                entry.mayBeThere() ? "cannot be taken out yet" : "who uses it cannot be asked yet",
                e.getMessage(),
                Words.time(leave.longest()));
    }

    private ExitCode leaveUnseen(StoreException e) {
        if (entry.mayBeThere()) {
            LOG.warn(
                    "{}: not taken out, runs out of the store within {} and may be in use until then: {}",
                    name,
                    Words.time(life),
                    e.getMessage());
        } else {
            LOG.warn("{}: out of the store, but it is not known who still uses it: {}", name, e.getMessage());
        }
        return waiter.isCancelled() ? ExitCode.INTERRUPTED : ExitCode.STORE_UNREACHABLE;
    }

    private Duration left(long start) {
        Duration left = leave.longest().minusNanos(ticker.getAsLong() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
