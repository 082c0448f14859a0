package dev.segue.reconcile;

import dev.segue.keys.KeySnapshot;
import dev.segue.plan.Outcome;
import dev.segue.resource.Resource;
import java.util.Optional;

/**
 * A resource to pass.
 *
 * @param keys what it reads, and nothing else, of all its stores
 * @param standing what failed a moment ago and is not to be tried again yet
 * @param patience whether a change may wait for a program that is busy with earlier ones
 */
record Assignment(Resource resource, KeySnapshot keys, Optional<Standing> standing, Patience patience) {
    /** A failure that stands until its time has come or something else is wanted. */
    record Standing(String wantedDigest, Outcome.Failed outcome) {}

    /** Whether to wait. */
    enum Patience {
        LEFT,
        /** It has waited long enough. */
        GONE
    }

    /** To be passed without its keys, with nothing held against it. */
    static Assignment withoutKeys(Resource resource) {
        return new Assignment(resource, KeySnapshot.empty(0), Optional.empty(), Patience.LEFT);
    }
}
