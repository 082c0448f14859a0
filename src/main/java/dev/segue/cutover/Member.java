package dev.segue.cutover;

import dev.segue.cutover.AcknowledgementJson.UnreadableException;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.Membership;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One living member of a group, as the store has it.
 *
 * @param acknowledgement what it says; empty if that cannot be read
 * @param problem why it cannot be read; empty if it can
 */
record Member(Optional<Acknowledgement> acknowledgement, Optional<String> problem) {
    private static final Comparator<Membership> ORDER =
            Comparator.comparing(Membership::group).thenComparing(Membership::member);

    /** All members whose keys {@code keys} hold. */
    static SortedMap<Membership, Member> all(KeySnapshot keys) {
        SortedMap<Membership, Member> members = new TreeMap<>(ORDER);
        for (KeyEntry entry : keys.entries()) {
            GroupKeys.member(entry.key()).ifPresent(name -> members.put(name, of(entry.value())));
        }
        return members;
    }

    private static Member of(String text) {
        try {
            return new Member(Optional.of(AcknowledgementJson.parse(text)), Optional.empty());
        } catch (UnreadableException e) {
            return new Member(Optional.empty(), Optional.of("what it says cannot be read: " + e.getMessage()));
        }
    }
}
