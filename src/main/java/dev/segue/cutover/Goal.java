package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Resource;
import java.util.Set;

/**
 * What the members shall have applied.
 *
 * @param revision of the store that they shall have come to
 * @param keys the keys that are meant; empty for all
 * @param tooEarly revisions at which {@code keys} were not yet what is meant, though no earlier than {@code revision}
 */
record Goal(long revision, Set<String> keys, Set<Long> tooEarly) {
    Goal {
        keys = Set.copyOf(keys);
        tooEarly = Set.copyOf(tooEarly);
    }

    /** True if {@code resource} has to have come there. */
    boolean concerns(Resource resource) {
        return keys.isEmpty() || keys.stream().anyMatch(resource.ranges()::holds);
    }

    /** True if {@code resource}, applied or not, saw the keys as they are meant. */
    boolean isSeenBy(Resource resource) {
        return resource.revision() >= revision && !tooEarly.contains(resource.revision());
    }
}
