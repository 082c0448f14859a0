package dev.segue.resource;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.settings.NearestWord;
import dev.segue.settings.Problem;
import dev.segue.settings.StoreSettings;
import dev.segue.toml.TomlTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which store each key of a resource file comes from: the run's own, in its place the one of the table {@code [backend]}, or
 * one of a table {@code [backend.NAME]}, whose keys begin with {@code NAME:}. Used once, by one thread.
 */
final class KeySources {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9_-]+):(/.*)");

    private final Map<String, Optional<StoreSettings>> named = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private Optional<StoreSettings> plain = Optional.empty();

    /** Reads the table {@code [backend]} of {@code root}, if it is there. */
    KeySources(TomlTable root, StoreTable stores, Consumer<Problem> notes) {
        root.table("backend").ifPresent(backend -> {
            backend.tables().forEach((name, table) -> named.put(name, store(table, stores, notes)));
            if (backend.hasValues()) {
                plain = store(backend, stores, notes);
            } else if (named.isEmpty()) {
                root.problem("backend", "[backend] says of no store where it is");
            }
        });
    }

    private static Optional<StoreSettings> store(TomlTable table, StoreTable stores, Consumer<Problem> notes) {
        Optional<StoreSettings> store = stores.read(table, notes);
        table.refuseOthers();
        return store;
    }

    /** A key and the store that has it; empty for the run's own. */
    private record Source(KeyPath key, Optional<StoreSettings> store) {
        private boolean overlaps(Source other) {
            return key.holds(other.key.value()) || other.key.holds(key.value());
        }
    }

    /**
     * What is read of each store.
     *
     * @param own of the run's own
     */
    record Reads(KeyRanges own, Map<StoreSettings, KeyRanges> elsewhere) {}

    /**
     * Sorts {@code keys} by store.
     *
     * @param template gets the problems with {@code keys}, under that name
     * @param prefix put before each
     */
    Reads sort(List<String> keys, KeyPath prefix, TomlTable template) {
        List<Source> sources = new ArrayList<>();
        for (String text : keys) {
            source(text, prefix, template).ifPresent(source -> {
                sources.stream()
                        .filter(other -> !other.store().equals(source.store()) && other.overlaps(source))
                        .findFirst()
                        .ifPresent(other -> template.problem(
                                "keys",
                                "keys has " + other.key() + " of one store and " + source.key()
                                        + " of another, and a key can come from one alone"));
                sources.add(source);
            });
        }
        Map<StoreSettings, KeyRanges> elsewhere = new LinkedHashMap<>();
        sources.stream()
                .flatMap(source -> source.store().stream())
                .distinct()
                .forEach(store -> elsewhere.put(store, of(sources, Optional.of(store))));
        return new Reads(of(sources, Optional.empty()), elsewhere);
    }

    /** The names of stores that no key names. */
    List<String> unused() {
        return named.keySet().stream().filter(name -> !used.contains(name)).toList();
    }

    private Optional<Source> source(String text, KeyPath prefix, TomlTable template) {
        Matcher parts = NAMED.matcher(text);
        if (!parts.matches()) {
            return Optional.of(new Source(prefix.resolve(text), plain));
        }
        String name = parts.group(1);
        used.add(name);
        if (!named.containsKey(name)) {
            template.problem(
                    "keys",
                    "keys has \"" + text + "\", but there is no table [backend." + name + "]"
                            + NearestWord.hint(name, named.keySet()));
        }
        return named.getOrDefault(name, Optional.empty())
                .map(store -> new Source(prefix.resolve(parts.group(2)), Optional.of(store)));
    }

    private static KeyRanges of(List<Source> sources, Optional<StoreSettings> store) {
        return KeyRanges.covering(sources.stream()
                .filter(source -> source.store().equals(store))
                .map(Source::key)
                .toList());
    }
}
