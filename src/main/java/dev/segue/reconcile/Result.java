package dev.segue.reconcile;

import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.plan.Rung;
import dev.segue.resource.Resource;
import java.util.List;

/**
 * What one pass made of one resource.
 *
 * @param owed what the next pass has to make good, even if nothing else changes
 */
record Result(Resource resource, Outcome outcome, Owed owed) {
    /** Of a pass that did not come to its end: what it got done is unknown, so a reload may be owed. */
    static List<Result> cutShort(List<Reconciler.Assignment> work) {
        Outcome outcome = new Outcome.Failed(Rung.RENDERED, "the pass was cut short", List.of());
        return work.stream()
                .map(each -> new Result(each.resource(), outcome, Owed.RELOAD))
                .toList();
    }
}
