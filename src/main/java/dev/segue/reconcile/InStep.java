package dev.segue.reconcile;

import dev.segue.files.TargetAttributes;
import dev.segue.keys.KeySnapshot;
import dev.segue.resource.FileState;
import dev.segue.resource.Resource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which targets were found in step, and by which signs: as long as each sign is the same a look needs no render and reads
 * no file. Thread-safe.
 */
final class InStep {
    private final Map<Path, Signs> known = new ConcurrentHashMap<>();
    private final AtomicLong templates = new AtomicLong();

    /**
     * All that the text of a target and its place on disk come of.
     *
     * @param templates what {@link #templates} gave before they were read
     * @param attributes mode and owner as the resource wants them
     */
    record Signs(Resource resource, long templates, KeySnapshot keys, FileState target, TargetAttributes attributes) {
        private boolean areThoseOf(Signs earlier) {
            return templates == earlier.templates
                    && target.equals(earlier.target)
                    && resource.equals(earlier.resource)
                    && attributes.equals(earlier.attributes)
                    && keys.sameEntries(earlier.keys);
        }
    }

    /** A number that is another one after each change of the templates. */
    long templates() {
        return templates.get();
    }

    /** A template changed: nothing is known to be in step any more, not even by passes under way. */
    void templatesChanged() {
        templates.incrementAndGet();
        known.clear();
    }

    /** The target was read and held what it should. */
    void found(Signs signs) {
        known.put(signs.resource().dest(), signs);
    }

    boolean isKnown(Signs now) {
        return Optional.ofNullable(known.get(now.resource().dest()))
                .filter(now::areThoseOf)
                .isPresent();
    }

    /** No resource keeps this target any more. */
    void forget(Path dest) {
        known.remove(dest);
    }
}
