package dev.segue.reconcile;

import dev.segue.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Resources that share a reload command: passed one after another, reloaded once.
 *
 * @param name the reload command; without one, the resource's name if it has a check command that may take long, else
 *     nothing
 */
record Lane(String name, List<Resource> resources) {
    Lane {
        resources = List.copyOf(resources);
    }

    /** The lanes of {@code resources}, in the order of their first resource. */
    static List<Lane> of(Collection<Resource> resources) {
        Map<String, List<Resource>> byName = new LinkedHashMap<>();
        for (Resource resource : resources) {
            byName.computeIfAbsent(nameFor(resource), name -> new ArrayList<>()).add(resource);
        }
        return byName.entrySet().stream()
                .map(lane -> new Lane(lane.getKey(), lane.getValue()))
                .toList();
    }

    /** The lane of one resource; one whose reload command names its own target has a lane of its own. */
    static String nameFor(Resource resource) {
        if (resource.reload().isPresent()) {
            return resource.reload().get().line(resource.dest(), resource.dest());
        }
        return resource.check().isPresent() ? resource.name() : "";
    }
}
