package dev.segue.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Which part of the store somebody wants: each path's own key and every key below it.
 *
 * @param paths sorted, none below another
 */
public record KeyRanges(List<KeyPath> paths) {
    public KeyRanges {
        paths = List.copyOf(paths);
    }

    /** The fewest paths that hold exactly what {@code wanted} hold. */
    public static KeyRanges covering(Collection<KeyPath> wanted) {
        List<KeyPath> paths = new ArrayList<>();
        for (KeyPath path : new TreeSet<>(wanted)) {
            if (paths.stream().noneMatch(kept -> kept.holds(path.value()))) {
                paths.add(path);
            }
        }
        return new KeyRanges(paths);
    }

    public boolean holds(String key) {
        return paths.stream().anyMatch(path -> path.holds(key));
    }

    /** True if these hold every key that {@code others} hold. */
    public boolean include(KeyRanges others) {
        return others.paths().stream().allMatch(path -> holds(path.value()));
    }

    public boolean isEmpty() {
        return paths.isEmpty();
    }

    @Override
    public String toString() {
        return String.join(", ", paths.stream().map(KeyPath::value).toList());
    }
}
