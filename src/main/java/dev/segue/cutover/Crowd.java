package dev.segue.cutover;

import java.util.Set;

/**
 * Who must have come to the goal, beside all that live.
 *
 * @param named these must be there
 * @param atLeast so many must be there; at least one
 */
record Crowd(Set<String> named, int atLeast) {
    Crowd {
        named = Set.copyOf(named);
    }
}
