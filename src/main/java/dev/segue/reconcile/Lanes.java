package dev.segue.reconcile;

import dev.segue.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which resources are passed one after another and reloaded once: those with one reload command, or one transaction.
 *
 * <p>Immutable. A lane is named by what its resources share, so that it keeps its name when one comes or goes.
 */
final class Lanes {
    private static final String WITHOUT_COMMANDS = "";

    private final Map<String, String> laneOf = new HashMap<>();
    private final Map<String, String> laneOfBond = new HashMap<>();

    Lanes(Collection<Resource> resources) {
        Map<String, Set<String>> groups = new HashMap<>();
        for (Resource resource : resources) {
            Set<String> together = new TreeSet<>(bonds(resource));
            for (String bond : bonds(resource)) {
                together.addAll(groups.getOrDefault(bond, Set.of()));
            }
            together.forEach(bond -> groups.put(bond, together));
        }
        groups.forEach(
                (bond, together) -> laneOfBond.put(bond, together.iterator().next()));
        resources.forEach(resource ->
                laneOf.put(resource.name(), busyWith(resource).findFirst().orElseThrow()));
    }

    /** The lane's name; a resource that is not known has a lane of its own. */
    String of(Resource resource) {
        return laneOf.getOrDefault(resource.name(), resource.name());
    }

    /** The lanes that a pass of {@code resource}, perhaps by an earlier definition or removed, keeps busy. */
    Stream<String> busyWith(Resource resource) {
        return bonds(resource).stream().map(laneOfBond::get).filter(Objects::nonNull);
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
