package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.cutover.Waiter.AtFailure;
import dev.segue.cutover.Waiter.End;
import dev.segue.cutover.Waiter.Result;
import dev.segue.cutover.Waiter.Target;
import dev.segue.settings.ExitCode;
import dev.segue.settings.SwitchRequest;
import dev.segue.settings.SwitchRequest.Effect;
import dev.segue.store.KeyTransactions.Versioned;
import dev.segue.store.KeyTransactions.Write;
import dev.segue.store.StoreException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * {@code segue switch}: brings new servers in, sees that all members use them, takes old ones out, and sees that nobody
 * uses those any more.
 *
 * <p>What fails before the old ones are taken out is undone. Run again, it finds done what is done and goes on from there.
 */
public final class SwitchCommand {
    private static final Duration BETWEEN_LOOKS_WHILE_SOAKING = Duration.ofSeconds(1);

    private final SwitchRequest request;
    private final Stores stores;
    private final PrintStream out;
    private final Probe probe;
    private final LongSupplier ticker;
    private final Progress progress;
    private final GroupWatch watch;
    private final Waiter waiter;
    private final Waiter waiterOfUndo;

    /** @param terminal whether somebody looks at {@code out} */
    public SwitchCommand(
            SwitchRequest request, Stores stores, Probe probe, PrintStream out, boolean terminal, LongSupplier ticker) {
        this.request = request;
        this.stores = stores;
        this.probe = probe;
        this.out = out;
        this.ticker = ticker;
        this.progress = new Progress(out, terminal);
        this.watch = new GroupWatch(stores.keys(), Optional.of(request.group()));
        this.waiter = new Waiter(watch, stores.transactions(), progress::show, ticker);
        this.waiterOfUndo = new Waiter(watch, stores.transactions(), progress::show, ticker);
    }

    /** It goes no further; the message says why and what became of what was done. */
    private static final class EndException extends Exception {
        private static final long serialVersionUID = 1L;

        EndException(String message) {
            super(message);
        }
    }

    /**
     * Blocks for the times that the request gives, one after another.
     *
     * @return {@link ExitCode#OK} exactly if the old servers may be stopped
     * @throws StoreException if the store cannot be read before anything was changed
     */
    public ExitCode run() throws StoreException, InterruptedException {
        try {
            Crowd crowd = crowd();
            KeyChange puts = change(request.puts().entrySet().stream()
                    .map(put -> new Write(put.getKey(), Optional.of(put.getValue()))));
            refuseLeased(puts);
            KeyChange deletes = change(request.deletes().stream().map(key -> new Write(key, Optional.empty())));
            if (request.effect() == Effect.TOLD_ONLY) {
                return tell(crowd, puts, deletes);
            }
            probe();
            long start = ticker.getAsLong();
            Undo undo = new Undo(stores.transactions(), waiterOfUndo, crowd, request.timeout(), progress, ticker);
            Stage in = bringIn(puts, crowd, undo);
            Stage out = takeOut(deletes, puts, in, undo);
            try {
                return seeOut(out.target(), crowd, start);
            } catch (StoreException e) {
                return unsafe(String.valueOf(e.getMessage()), ExitCode.STORE_UNREACHABLE);
            }
        } catch (EndException e) {
            progress.step(String.valueOf(e.getMessage()));
            return waiter.isCancelled() ? ExitCode.INTERRUPTED : ExitCode.NOT_APPLIED;
        }
    }

    /** Ends {@link #run} once all is undone and nobody uses any more what was put. From any thread. */
    public void cancel() {
        waiter.cancel();
    }

    /** As {@link #cancel}, and does not wait until nobody uses it. From any thread. */
    public void hurry() {
        waiter.cancel();
        waiterOfUndo.cancel();
    }

    /** How far the keys are: as they are now, and what the members have to come to. */
    private record Stage(List<Versioned> keys, Target target) {}

    private Crowd crowd() throws StoreException, EndException {
        Crowd all = watch.everybody();
        if (all.named().isEmpty()) {
            throw new EndException("nobody acknowledges in group " + request.group()
                    + ", so nobody could say that it is safe (start each Segue with --acknowledge " + request.group()
                    + "); nothing was changed");
        }
        int wanted = request.members().orElse(1);
        if (all.named().size() < wanted) {
            throw new EndException(
                    "only " + Words.members(all.named().size()) + " of " + wanted + " in group " + request.group()
                            + " (" + String.join(", ", new TreeSet<>(all.named())) + "); nothing was changed");
        }
        return all;
    }

    private KeyChange change(Stream<Write> wanted) throws StoreException {
        return KeyChange.of(wanted.toList(), stores.transactions());
    }

    /** A put would end what keeps the key, and an undo could not bring that back: the key would outlive its server. */
    private void refuseLeased(KeyChange puts) throws StoreException, EndException {
        for (Write write : puts.writes()) {
            if (stores.transactions().isLeased(write.key())) {
                throw new EndException(write.key() + " is under a lease, so a server keeps it, as segue register does"
                        + " (stop that first); nothing was changed");
            }
        }
    }

    private ExitCode tell(Crowd crowd, KeyChange puts, KeyChange deletes) {
        out.println(Words.members(crowd.atLeast()) + " of " + request.group() + ": "
                + String.join(", ", new TreeSet<>(crowd.named())));
        request.probes().forEach(url -> out.println("would ask whether " + url + " is well"));
        puts.writes().forEach(write -> out.println("would " + write));
        deletes.writes().forEach(write -> out.println("would " + write));
        if (puts.isDone() && deletes.isDone()) {
            out.println("would write nothing: all keys are as they shall be");
        }
        return ExitCode.OK;
    }

    private void probe() throws EndException {
        Optional<String> problem = unwell();
        if (problem.isPresent()) {
            throw new EndException(problem.get() + "; nothing was changed");
        }
    }

    /** The first server that is not well, and why. */
    private Optional<String> unwell() {
        return probe.problem(request.probes());
    }

    private Stage bringIn(KeyChange puts, Crowd crowd, Undo undo)
            throws StoreException, EndException, InterruptedException {
        if (waiter.isCancelled()) {
            throw new EndException("interrupted; nothing was changed");
        }
        Stage stage = puts.isDone()
                ? new Stage(puts.found(), Target.found(puts.found(), stores.transactions()))
                : put(puts, undo);
        if (stage.keys().isEmpty()) {
            return stage;
        }
        Optional<String> problem;
        try {
            problem = await(stage.target(), crowd);
            if (problem.isEmpty()) {
                problem = soak(stage.target(), crowd);
            }
        } catch (StoreException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
        if (problem.isPresent()) {
            throw new EndException(problem.get() + "; " + undo.of(puts, stage.keys()));
        }
        return stage;
    }

    private Stage put(KeyChange puts, Undo undo) throws StoreException, EndException, InterruptedException {
        progress.step(puts.toString());
        OptionalLong revision;
        try {
            revision = stores.transactions().commit(KeyChange.guards(puts.found()), puts.writes());
        } catch (StoreException e) {
            throw new EndException(e.getMessage() + "; " + undo.ifMade(puts));
        }
        if (revision.isEmpty()) {
            throw new EndException("somebody else changed " + changed(puts.found()) + "; nothing was changed");
        }
        return new Stage(
                puts.madeAt(revision.getAsLong()),
                Target.written(revision.getAsLong(), puts.writtenAt(revision.getAsLong())));
    }

    /** Which of {@code expected} somebody has written; a store that is lost now keeps nobody from an undo. */
    private String changed(List<Versioned> expected) {
        try {
            return KeyChange.changed(expected.stream(), stores.transactions());
        } catch (StoreException e) {
            return "one of the keys";
        }
    }

    /** Returns what stands in the way of the members; empty if all are there. */
    private Optional<String> await(Target target, Crowd crowd) throws StoreException, InterruptedException {
        Result result = waiter.await(target, Settlement.SETTLED, crowd, AtFailure.STOP, request.timeout());
        return result.end() == End.ALL_THERE
                ? Optional.empty()
                : Optional.of(problem(result, crowd, request.timeout()));
    }

    private Optional<String> soak(Target target, Crowd crowd) throws StoreException, InterruptedException {
        long end = ticker.getAsLong() + request.soak().toNanos();
        if (!request.soak().isZero()) {
            progress.step("all use it; watching for " + Words.time(request.soak()));
        }
        while (end - ticker.getAsLong() > 0) {
            watch.await(Duration.ofNanos(Math.min(end - ticker.getAsLong(), BETWEEN_LOOKS_WHILE_SOAKING.toNanos())));
            Optional<String> problem = await(target, crowd);
            if (problem.isPresent()) {
                return problem;
            }
            problem = unwell();
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Stage takeOut(KeyChange deletes, KeyChange puts, Stage in, Undo undo)
            throws StoreException, EndException, InterruptedException {
        List<Versioned> all =
                Stream.concat(in.keys().stream(), deletes.found().stream()).toList();
        if (deletes.isDone()) {
            return new Stage(all, puts.isDone() ? Target.found(all, stores.transactions()) : in.target());
        }
        if (waiter.isCancelled()) {
            throw new EndException("interrupted; " + undo.of(puts, in.keys()));
        }
        progress.step(deletes.toString());
        OptionalLong revision;
        try {
            revision = stores.transactions().commit(KeyChange.guards(all), deletes.writes());
        } catch (StoreException e) {
            throw new EndException(e.getMessage() + "; it is not known whether the store did \"" + deletes
                    + "\": run the same command again, which goes on from there");
        }
        if (revision.isEmpty()) {
            throw new EndException("somebody else changed " + changed(all) + "; " + undo.of(puts, in.keys()));
        }
        return new Stage(all, Target.written(revision.getAsLong(), deletes.writtenAt(revision.getAsLong())));
    }

    private ExitCode seeOut(Target target, Crowd crowd, long start) throws StoreException, InterruptedException {
        Result settled = waiter.await(target, Settlement.SETTLED, crowd, AtFailure.WAIT_ON, request.timeout());
        if (settled.end() != End.ALL_THERE) {
            return unsafe(settled, crowd, request.timeout());
        }
        if (request.drainTimeout().isEmpty()) {
            progress.step("settled: no new connection meets the old servers, but requests that they have may still run"
                    + " (--no-drain)");
            return ExitCode.OK;
        }
        Duration longest = request.drainTimeout().get();
        Result drained = waiter.await(target, Settlement.DRAINED, crowd, AtFailure.WAIT_ON, longest);
        if (drained.end() != End.ALL_THERE) {
            return unsafe(drained, crowd, longest);
        }
        progress.step("safe to stop, after " + Words.time(Duration.ofNanos(ticker.getAsLong() - start)));
        return ExitCode.OK;
    }

    private ExitCode unsafe(Result result, Crowd crowd, Duration limit) {
        return unsafe(
                problem(result, crowd, limit),
                result.end() == End.CANCELLED ? ExitCode.INTERRUPTED : ExitCode.NOT_APPLIED);
    }

    private ExitCode unsafe(String why, ExitCode code) {
        progress.step(
                "not safe to stop the old servers: " + why + "; run the same command again, which goes on from here");
        return code;
    }

    private String problem(Result result, Crowd crowd, Duration limit) {
        return result.end() == End.CANCELLED ? "interrupted" : Words.problem(result, crowd, request.group(), limit);
    }
}
