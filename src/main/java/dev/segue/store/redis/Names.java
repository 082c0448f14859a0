package dev.segue.store.redis;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How keys are called in Redis: with {@code /} between the steps as here, or with another separator, and then without a
 * leading one: {@code app:upstream:py1} is {@code /app/upstream/py1}.
 */
record Names(String separator) {
    private static final String SLASH = "/";

    /** The key that Redis calls {@code name}; empty if no key is called so. */
    Optional<String> key(String name) {
        String key = separator.equals(SLASH) ? name : SLASH + name.replace(separator, SLASH);
        return key.startsWith(SLASH)
                        && KeyPath.of(key).value().equals(key)
                        && name(key).equals(name)
                ? Optional.of(key)
                : Optional.empty();
    }

    /** What Redis calls {@code key}. */
    String name(String key) {
        return separator.equals(SLASH) ? key : key.substring(1).replace(SLASH, separator);
    }

    /** What {@code ranges} hold at their tops, and what is above them: a hash there has them as fields. */
    Set<String> above(KeyRanges ranges) {
        Set<String> names = new TreeSet<>();
        for (KeyPath path : ranges.paths()) {
            String key = path.value();
            while (key.length() > 1) {
                names.add(name(key));
                key = KeyPath.of(key + "/..").value();
            }
        }
        return names;
    }

    /** One pattern that every name below {@code ranges} matches, and others may. */
    byte[] patternBelow(KeyRanges ranges) {
        List<String> below = ranges.paths().stream().map(this::namesBelow).toList();
        String common = below.get(0);
        for (String other : below) {
            while (!other.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return ByteText.encode(escaped(common) + "*");
    }

    /** The patterns of the channels on which the server tells of changes of {@code ranges}. */
    byte[][] channels(int database, KeyRanges ranges) {
        String start = "__keyspace@" + database + "__:";
        Set<String> patterns = new LinkedHashSet<>();
        above(ranges).forEach(name -> patterns.add(start + escaped(name)));
        ranges.paths().forEach(path -> patterns.add(start + escaped(namesBelow(path)) + "*"));
        return patterns.stream().map(ByteText::encode).toArray(byte[][]::new);
    }

    /** How all names below {@code path} begin. */
    private String namesBelow(KeyPath path) {
        if (path.isRoot()) {
            return separator.equals(SLASH) ? SLASH : "";
        }
        return name(path.value()) + separator;
    }

    private static String escaped(String name) {
        return name.replaceAll("[\\\\*?\\[\\]^]", "\\\\$0");
    }
}
