package dev.segue.reconcile;

import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.plan.Rung;
import dev.segue.resource.Resource;
import java.util.List;
import java.util.Optional;

/**
 * What one pass made of one resource.
 *
 * @param revision the store's revision that the pass saw
 * @param owed what the next pass has to make good, even if nothing else changes
 * @param wantedDigest of a failure, stands for what the target should hold; empty if that could not be rendered
 * @param effort whether anything was tried
 * @param reloads how often its program was told to reload, for it or with others
 * @param reloadFailures how many of these failed
 * @param rollBacks how often its previous file came back
 */
record Result(
        Resource resource,
        long revision,
        Outcome outcome,
        Owed owed,
        Optional<String> wantedDigest,
        Effort effort,
        int reloads,
        int reloadFailures,
        int rollBacks) {

    /** How much was done. */
    enum Effort {
        FULL,
        /** What failed a moment ago was left alone. */
        NONE
    }

    /** Of a resource whose keys cannot be read, because {@code why}. */
    static Result unread(Resource resource, String why) {
        return withoutKeys(resource, new Outcome.Failed(Rung.RENDERED, why, List.of()));
    }

    /** Of a resource that has all it needs, but {@code cause} of its transaction is {@link #unread}. */
    static Result heldBack(Resource resource, Resource cause) {
        String why = whyHeldBack(resource, cause) + "; " + resource.dest() + " left as it was";
        return withoutKeys(resource, new Outcome.Held(why));
    }

    /** All of its transaction or none. */
    static String whyHeldBack(Resource resource, Resource cause) {
        return "its transaction \"" + resource.transaction().orElse("") + "\" waits for " + cause.name();
    }

    private static Result withoutKeys(Resource resource, Outcome outcome) {
        return new Result(resource, 0, outcome, Owed.NOTHING, Optional.empty(), Effort.FULL, 0, 0, 0);
    }

    /** Of a pass that did not come to its end; what it left owed is in the journal. */
    static List<Result> cutShort(List<Assignment> work) {
        Outcome outcome = new Outcome.Failed(Rung.RENDERED, "the pass was cut short", List.of());
        return work.stream()
                .map(each -> new Result(
                        each.resource(),
                        each.keys().revision(),
                        outcome,
                        Owed.NOTHING,
                        Optional.empty(),
                        Effort.FULL,
                        0,
                        0,
                        0))
                .toList();
    }
}
