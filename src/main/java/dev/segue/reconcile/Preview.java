package dev.segue.reconcile;

import dev.segue.diff.UnifiedDiff;
import dev.segue.diff.UnifiedDiff.Colour;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.resource.Resource;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what would change in a target that may not be written; the same change once. Thread-safe. */
public final class Preview {
    private static final Logger LOG = LoggerFactory.getLogger(Preview.class);

    private final PrintStream out;
    private final Colour colour;
    private final SecretKeys secretKeys;
    private final Map<String, String> shown = new ConcurrentHashMap<>();

    /** @param secretKeys patterns of keys whose values stay hidden */
    public Preview(PrintStream out, Colour colour, List<String> secretKeys) {
        this.out = out;
        this.colour = colour;
        this.secretKeys = new SecretKeys(secretKeys);
    }

    void show(Resource resource, KeySnapshot keys, Optional<byte[]> current, byte[] wanted) {
        String dest = resource.dest().toString();
        UnifiedDiff diff = UnifiedDiff.between(dest, current, dest, wanted);
        if (!secretKeys.isEmpty()) {
            diff = diff.masking(keys.entries().stream()
                    .filter(entry -> secretKeys.include(entry.key()))
                    .map(KeyEntry::value)
                    .toList());
        }
        String text = diff.text(colour);
        if (text.equals(shown.put(resource.name(), text))) {
            return;
        }
        LOG.warn("Noop mode enabled. {} will not be modified", dest);
        LOG.info("Target config {} out of sync", dest);
        synchronized (out) {
            out.print(text);
            out.flush();
        }
    }

    /** The target is as it should be: the next change is news again. */
    void inSync(Resource resource) {
        shown.remove(resource.name());
    }
}
