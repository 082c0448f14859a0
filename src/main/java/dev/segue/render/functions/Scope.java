package dev.segue.render.functions;

import dev.segue.keys.KeySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the functions of one render work on, and what they want people to know. Used by one thread. */
public final class Scope {
    private static final int MOST_WARNINGS = 20;

    private final KeySnapshot keys;
    private final Outside outside;
    private final Deadline deadline;
    private final Set<String> warnings = new LinkedHashSet<>();
    private Optional<String> digest = Optional.empty();

    public Scope(KeySnapshot keys, Outside outside, Deadline deadline) {
        this.keys = keys;
        this.outside = outside;
        this.deadline = deadline;
    }

    KeySnapshot keys() {
        return keys;
    }

    Outside outside() {
        return outside;
    }

    Deadline deadline() {
        return deadline;
    }

    /** The digest of the keys, worked out at most once. */
    String digest() {
        String known = digest.orElseGet(keys::digest);
        digest = Optional.of(known);
        return known;
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    /** What was warned of, each thing once; after 20 of them only how many more there are. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        if (all.size() <= MOST_WARNINGS) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, MOST_WARNINGS));
        some.add("and " + (all.size() - MOST_WARNINGS) + " more like these");
        return some;
    }
}
