package dev.segue.reconcile;

import dev.segue.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which resources are passed one after another and reloaded once: those with one reload command, or one transaction.
 *
 * <p>Immutable. A lane is named by one of its resources.
 */
final class Lanes {
    private static final String WITHOUT_COMMANDS = "";

    private final Map<String, String> laneOf = new HashMap<>();

    Lanes(Collection<Resource> resources) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (Resource resource : resources) {
            Set<String> together = new TreeSet<>(Set.of(resource.name()));
            for (String bond : bonds(resource)) {
                together.addAll(groups.getOrDefault(bond, Set.of()));
            }
            // Whoever shared a bond with one of these shares a lane with all of them.
            groups.replaceAll((bond, names) -> names.stream().anyMatch(together::contains) ? together : names);
            bonds(resource).forEach(bond -> groups.put(bond, together));
        }
        groups.values().forEach(names -> {
            String first = names.iterator().next();
            names.forEach(name -> laneOf.put(name, first));
        });
    }

    /** The lane's name; a resource that is not known has a lane of its own. */
    String of(Resource resource) {
        return laneOf.getOrDefault(resource.name(), resource.name());
    }

    /** A reload command that names its own target bonds with nobody; a check alone may take long, so it is alone too. */
    private static List<String> bonds(Resource resource) {
        List<String> bonds = new ArrayList<>();
        resource.transaction().ifPresent(name -> bonds.add("transaction " + name));
        resource.reload().ifPresent(reload -> bonds.add("reload " + reload.line(resource.dest(), resource.dest())));
        if (bonds.isEmpty()) {
            boolean alone =
                    resource.check().isPresent() || !resource.verification().isNone();
            bonds.add(alone ? "resource " + resource.name() : WITHOUT_COMMANDS);
        }
        return bonds;
    }
}
