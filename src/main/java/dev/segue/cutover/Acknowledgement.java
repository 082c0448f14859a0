package dev.segue.cutover;

import dev.segue.keys.KeyRanges;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one member says of itself: how far each of its resources has come.
 *
 * @param version of the Segue that says it
 * @param resources by name
 */
record Acknowledgement(String version, List<Resource> resources) {
    Acknowledgement {
        resources = List.copyOf(resources);
    }

    /** True if the other one says the same, be it of other revisions of the store. */
    boolean isButForRevisions(Acknowledgement other) {
        return withoutRevisions().equals(other.withoutRevisions());
    }

    private Acknowledgement withoutRevisions() {
        return new Acknowledgement(
                version, resources.stream().map(Resource::withoutRevisions).toList());
    }

    /**
     * One resource as its last pass left it.
     *
     * @param name its file in the member's confdir
     * @param dest its target
     * @param ranges the keys that it reads
     * @param state {@code applied}, or what it is instead: {@code failed}, {@code held}, {@code waiting}, {@code owed}
     * @param revision the store's revision that last wrote one of its keys, or a later one with the same keys
     * @param applied the store's revision of what the program serves; empty if that is not known
     * @param settlement how much of what was before is left
     * @param since when it came into this state
     * @param reason why it is not applied, or why that has not settled, in words; empty if it has
     */
    record Resource(
            String name,
            String dest,
            KeyRanges ranges,
            String state,
            long revision,
            OptionalLong applied,
            Settlement settlement,
            Instant since,
            Optional<String> reason) {

        /** What {@code state} is when the program serves what the store says. */
        static final String APPLIED = "applied";

        boolean isApplied() {
            return state.equals(APPLIED);
        }

        private Resource withoutRevisions() {
            return new Resource(name, dest, ranges, state, 0, OptionalLong.empty(), settlement, since, reason);
        }

        boolean hasFailed() {
            return state.equals("failed");
        }
    }

    /** What is left of the time before a program's last reload. */
    enum Settlement {
        /** Workers of before may still take new connections. */
        OLD_ACCEPT,
        /** They take no new ones, but still serve those that they have. */
        SETTLED,
        /** There are none. */
        DRAINED;

        boolean isAtLeast(Settlement other) {
            return compareTo(other) >= 0;
        }
    }
}
