package dev.segue.resource;

import dev.segue.settings.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a whole {@code conf.d} asks for.
 *
 * @param resources those that are right, sorted by name; no two with one target
 * @param refused what is wrong with each of the other files and unreadable folders, by name ({@code conf.d/nginx.toml})
 * @param notes what is worth telling the authors though nothing is wrong
 */
public record ResourceSet(List<Resource> resources, SortedMap<String, List<Problem>> refused, List<Problem> notes) {

    public ResourceSet {
        resources =
                resources.stream().sorted(Comparator.comparing(Resource::name)).toList();
        refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
        notes = List.copyOf(notes);
    }

    /** All problems of all refused files, in the order of their names. */
    public List<Problem> problems() {
        return refused.values().stream().flatMap(List::stream).toList();
    }

    /**
     * This set, and for each refused file the resource that {@code earlier} had of it, unless its target belongs to
     * another resource by now: a bad edit keeps the last good definition.
     */
    public ResourceSet keepingFrom(ResourceSet earlier) {
        Set<Path> taken = resources.stream().map(Resource::dest).collect(Collectors.toSet());
        List<Resource> all = new ArrayList<>(resources);
        earlier.resources().stream()
                .filter(resource -> isRefused(resource.name()) && !taken.contains(resource.dest()))
                .forEach(all::add);
        return new ResourceSet(all, refused, notes);
    }

    private boolean isRefused(String name) {
        return refused.keySet().stream().anyMatch(bad -> name.equals(bad) || name.startsWith(bad + "/"));
    }
}
