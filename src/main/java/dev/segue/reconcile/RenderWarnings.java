package dev.segue.reconcile;

import dev.segue.resource.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what a template had to leave out, and once that all is taken again. Thread-safe. */
final class RenderWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(RenderWarnings.class);

    private final Map<String, Set<String>> told = new ConcurrentHashMap<>();

    void tell(Resource resource, List<String> warnings) {
        Set<String> now = Set.copyOf(warnings);
        Set<String> before = told.getOrDefault(resource.name(), Set.of());
        told.put(resource.name(), now);
        Set<String> fresh = new HashSet<>(now);
        fresh.removeAll(before);
        fresh.stream().sorted().forEach(warning -> LOG.warn("{}: {}", resource.name(), warning));
        if (now.isEmpty() && !before.isEmpty()) {
            LOG.info("{}: nothing is left out any more", resource.name());
        }
    }
}
