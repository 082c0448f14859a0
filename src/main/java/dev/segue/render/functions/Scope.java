package dev.segue.render.functions;

import dev.segue.keys.KeySnapshot;
import dev.segue.render.values.DigestModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the functions of one render work on, and what they want people to know. Used by one thread. */
public final class Scope {
    private static final int MOST_WARNINGS = 20;

    private final KeySnapshot keys;
    private final KeyTree tree;
    private final Outside outside;
    private final KnownEndpoints endpoints;
    private final Deadline deadline;
    private final Supplier<String> digest;
    private final Set<String> warnings = new LinkedHashSet<>();
    private Optional<DigestModel> shownDigest = Optional.empty();
    private Basis basis = Basis.KEYS;

    /**
     * Of one render.
     *
     * @param digest what {@code digest()} prints, asked for at most once
     */
    public Scope(
            KeySnapshot keys, Outside outside, KnownEndpoints endpoints, Deadline deadline, Supplier<String> digest) {
        this.keys = keys;
        this.tree = new KeyTree(keys);
        this.outside = outside;
        this.endpoints = endpoints;
        endpoints.trim(keys.entries().size());
        this.deadline = deadline;
        this.digest = digest;
    }

    KeySnapshot keys() {
        return keys;
    }

    KeyTree tree() {
        return tree;
    }

    Outside outside() {
        return outside;
    }

    KnownEndpoints endpoints() {
        return endpoints;
    }

    long revision() {
        usesMoreThanKeys();
        return keys.revision();
    }

    void usesMoreThanKeys() {
        basis = Basis.MORE;
    }

    /** What the text was made of, as far as functions made it. */
    public Basis basis() {
        return basis;
    }

    /** What a text was made of, besides its templates. */
    public enum Basis {
        /** The entries that were read; from the same ones comes the same text. */
        KEYS,
        /** The time, the environment, the store's revision or the like as well. */
        MORE
    }

    Deadline deadline() {
        return deadline;
    }

    DigestModel digest() {
        DigestModel shown = shownDigest.orElseGet(() -> new DigestModel(digest.get()));
        shownDigest = Optional.of(shown);
        return shown;
    }

    /** What {@code digest()} gave; empty if nobody called it so far. */
    public Optional<DigestModel> shownDigest() {
        return shownDigest;
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    /** What was warned of, each thing once; after 20 of them only how many more there are. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        if (all.size() <= MOST_WARNINGS) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, MOST_WARNINGS));
        some.add("and " + (all.size() - MOST_WARNINGS) + " more like these");
        return some;
    }
}
