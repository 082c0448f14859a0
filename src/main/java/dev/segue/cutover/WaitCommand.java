package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.cutover.Waiter.AtFailure;
import dev.segue.cutover.Waiter.Result;
import dev.segue.cutover.Waiter.Target;
import dev.segue.settings.ExitCode;
import dev.segue.settings.WaitRequest;
import dev.segue.settings.WaitRequest.Goal;
import dev.segue.settings.WaitRequest.Until;
import dev.segue.store.KeyTransactions;
import dev.segue.store.StoreException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** {@code segue wait}: returns when all members that live have applied something. */
public final class WaitCommand {
    private final WaitRequest request;
    private final Stores stores;
    private final PrintStream out;
    private final Waiter waiter;

    /** @param terminal whether somebody looks at {@code out} */
    public WaitCommand(WaitRequest request, Stores stores, PrintStream out, boolean terminal, LongSupplier ticker) {
        this.request = request;
        this.stores = stores;
        this.out = out;
        this.waiter = new Waiter(
                new GroupWatch(stores.keys(), Optional.of(request.group())),
                stores.transactions(),
                new Progress(out, terminal)::show,
                ticker);
    }

    /**
     * Blocks for the time that the request gives, at most.
     *
     * @return {@link ExitCode#OK} if all have applied it
     * @throws StoreException if the store cannot be read
     */
    public ExitCode run() throws StoreException, InterruptedException {
        Settlement until = request.until() == Until.DRAINED ? Settlement.DRAINED : Settlement.SETTLED;
        Crowd crowd = new Crowd(Set.of(), request.members().orElse(1));
        Result result = waiter.await(target(), until, crowd, AtFailure.WAIT_ON, request.timeout());
        return switch (result.end()) {
            case ALL_THERE -> {
                out.println(Words.members(result.verdicts().size()) + " of " + request.group() + " "
                        + (result.verdicts().size() == 1 ? "has" : "have") + " applied it");
                yield ExitCode.OK;
            }
            case LATE, FAILED -> {
                new Progress(out, false).laggards(result.verdicts());
                out.println(
                        Words.notThere(result, crowd, request.group()) + " within " + Words.time(request.timeout()));
                yield ExitCode.NOT_APPLIED;
            }
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }

    /** Ends {@link #run}. From any thread. */
    public void cancel() {
        waiter.cancel();
    }

    private Target target() throws StoreException {
        if (request.goal() instanceof Goal.Revision revision) {
            return Target.everything(revision.revision());
        }
        KeyTransactions keys = stores.transactions();
        return Target.found(List.of(keys.get(((Goal.Key) request.goal()).key())), keys);
    }
}
