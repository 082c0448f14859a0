package dev.segue.reconcile;

import dev.segue.plan.Outcome;
import dev.segue.resource.Resource;
import java.util.Optional;

/**
 * A resource to pass.
 *
 * @param standing what failed a moment ago and is not to be tried again yet
 * @param patience whether a change may wait for a program that is busy with earlier ones
 */
record Assignment(Resource resource, Optional<Standing> standing, Patience patience) {
    /** A failure that stands until its time has come or something else is wanted. */
    record Standing(String wantedDigest, Outcome.Failed outcome) {}

    /** Whether to wait. */
    enum Patience {
        LEFT,
        /** It has waited long enough. */
        GONE
    }

    /** To be passed with nothing held against it. */
    static Assignment fresh(Resource resource) {
        return new Assignment(resource, Optional.empty(), Patience.LEFT);
    }
}
