package dev.segue.reconcile;

import dev.segue.resource.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The resources, perhaps by earlier definitions, of which a pass is under way; used by the loop's thread alone. */
final class UnderWay {
    private final List<Resource> resources = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Path> targets = new HashSet<>();

    /** {@code resource} shares no state with one that is under way. */
    void add(Resource resource) {
        resources.add(resource);
        names.add(resource.name());
        targets.add(resource.dest());
    }

    void remove(Resource resource) {
        resources.remove(resource);
        names.remove(resource.name());
        targets.remove(resource.dest());
    }

    boolean isEmpty() {
        return resources.isEmpty();
    }

    /** True if a pass, perhaps of an earlier definition, must end before one of {@code resource} may start. */
    boolean sharesStateWith(Resource resource) {
        return names.contains(resource.name()) || targets.contains(resource.dest());
    }

    /** The lanes, as they are now, of those under way. */
    Set<String> lanes(Lanes lanes) {
        return resources.stream().flatMap(lanes::busyWith).collect(Collectors.toSet());
    }
}
