package dev.segue.cutover;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.settings.Membership;
import java.util.List;
import java.util.Optional;

/** Where in the store the members of groups keep their acknowledgements. */
final class GroupKeys {
    private static final String ROOT = "/segue";

    private GroupKeys() {}

    /** The key of one member. */
    static String of(Membership membership) {
        return ROOT + "/" + membership.group() + "/" + membership.member();
    }

    /** The keys of all members, of one group or of all. */
    static KeyRanges of(Optional<String> group) {
        return new KeyRanges(
                List.of(KeyPath.of(group.map(name -> ROOT + "/" + name).orElse(ROOT))));
    }

    /** Whose key this is; empty for one that is no member's. */
    static Optional<Membership> member(String key) {
        String[] steps = key.split("/", -1);
        return key.startsWith(ROOT + "/") && steps.length == 4
                ? Optional.of(new Membership(steps[2], steps[3]))
                : Optional.empty();
    }
}
