package dev.segue.keys;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The entries of some key paths as they stood together at one revision of the store, sorted by key.
 *
 * <p>Immutable. Narrowing a snapshot copies no value, and to one path not even the list, so one snapshot
 * serves all resources of a pass.
 */
public final class KeySnapshot {
    private static final Comparator<KeyEntry> BY_KEY = Comparator.comparing(KeyEntry::key);
    private static final int DIGEST_BYTES = 16;

    private final long revision;
    private final List<KeyEntry> source;
    private final int from;
    private final List<KeyEntry> entries;
    private final Optional<Set<String>> written;

    private KeySnapshot(long revision, List<KeyEntry> sorted, Optional<Set<String>> written) {
        this(revision, sorted, 0, sorted.size(), written);
    }

    /** The part of {@code source}, sorted and never changed, from index {@code from} to before {@code to}. */
    private KeySnapshot(long revision, List<KeyEntry> source, int from, int to, Optional<Set<String>> written) {
        this.revision = revision;
        this.source = source;
        this.from = from;
        this.entries = from == 0 && to == source.size() ? source : source.subList(from, to);
        this.written = written;
    }

    private KeySnapshot part(int first, int end) {
        return new KeySnapshot(revision, source, from + first, from + end, written);
    }

    /** The snapshot of {@code entries}, in any order, at {@code revision}; of two entries with one key the last counts. */
    public static KeySnapshot of(long revision, Collection<KeyEntry> entries) {
        // What a store answers is sorted most often, and so is what is left when a prefix is taken away.
        List<KeyEntry> copy = List.copyOf(entries);
        List<KeyEntry> sorted = isSorted(copy) ? copy : empty(revision).with(revision, copy, List.of()).entries;
        return new KeySnapshot(revision, sorted, Optional.empty());
    }

    /** No keys at all at {@code revision}. */
    public static KeySnapshot empty(long revision) {
        return new KeySnapshot(revision, List.of(), Optional.empty());
    }

    /** The store's revision at which all entries were read; where a store has none, a number that stands for them. */
    public long revision() {
        return revision;
    }

    /** All entries, sorted by key; not modifiable. */
    public List<KeyEntry> entries() {
        return entries;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The value of exactly this key. */
    public Optional<String> value(String key) {
        int i = lowerBound(key);
        boolean found = i < entries.size() && entries.get(i).key().equals(key);
        return found ? Optional.of(entries.get(i).value()) : Optional.empty();
    }

    /** All entries whose keys begin with exactly this text (which may end within a step), sorted by key; no copy. */
    public List<KeyEntry> startingWith(String text) {
        int first = lowerBound(text);
        int low = first;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).key().startsWith(text)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return entries.subList(first, low);
    }

    /** Only what {@code ranges} hold, at the same revision. */
    public KeySnapshot narrow(KeyRanges ranges) {
        List<KeySnapshot> parts = new ArrayList<>();
        for (KeyPath path : ranges.paths()) {
            if (path.isRoot()) {
                return this;
            }
            int exact = lowerBound(path.value());
            boolean found = exact < entries.size() && entries.get(exact).key().equals(path.value());
            parts.add(part(exact, found ? exact + 1 : exact));
            parts.add(part(lowerBound(path.value() + '/'), lowerBound(path.value() + (char) ('/' + 1))));
        }
        parts.removeIf(KeySnapshot::isEmpty);
        return parts.size() == 1 ? parts.get(0) : merged(parts);
    }

    /** These entries and those of another store, which has none of the same keys, at this one's revision. */
    public KeySnapshot and(KeySnapshot other) {
        return merged(List.of(this, other));
    }

    private KeySnapshot merged(List<KeySnapshot> parts) {
        return new KeySnapshot(
                revision,
                parts.stream()
                        .flatMap(part -> part.entries.stream())
                        .sorted(BY_KEY)
                        .toList(),
                written);
    }

    private static boolean isSorted(List<KeyEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (BY_KEY.compare(entries.get(i - 1), entries.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The same entries under the names they have as seen from {@code prefix}. */
    public KeySnapshot strip(KeyPath prefix) {
        if (prefix.isRoot()) {
            return this;
        }
        return of(
                revision,
                entries.stream()
                        .map(entry -> new KeyEntry(prefix.strip(entry.key()), entry.value()))
                        .toList());
    }

    /** This snapshot after {@code puts} and then {@code deletes} took place, at {@code newRevision}. */
    public KeySnapshot with(long newRevision, Collection<KeyEntry> puts, Collection<String> deletes) {
        if (puts.isEmpty() && deletes.isEmpty()) {
            return new KeySnapshot(newRevision, source, from, from + entries.size(), Optional.of(Set.of()));
        }
        Map<String, Optional<KeyEntry>> changes = new TreeMap<>();
        puts.forEach(entry -> changes.put(entry.key(), Optional.of(entry)));
        deletes.forEach(key -> changes.put(key, Optional.empty()));
        List<KeyEntry> merged = new ArrayList<>(entries.size() + puts.size());
        int unchanged = 0;
        for (Map.Entry<String, Optional<KeyEntry>> change : changes.entrySet()) {
            int at = lowerBound(change.getKey());
            merged.addAll(entries.subList(unchanged, at));
            change.getValue().ifPresent(merged::add);
            boolean replaced = at < entries.size() && entries.get(at).key().equals(change.getKey());
            unchanged = replaced ? at + 1 : at;
        }
        merged.addAll(entries.subList(unchanged, entries.size()));
        return new KeySnapshot(
                newRevision, Collections.unmodifiableList(merged), Optional.of(Set.copyOf(changes.keySet())));
    }

    /**
     * False if no key of {@code ranges} was put or deleted, be it that nothing changed by that, since the snapshot that this
     * one was made from by {@link #with}; true also where that is not known.
     */
    public boolean mayHaveBeenWritten(KeyRanges ranges) {
        return written.map(keys -> keys.stream().anyMatch(ranges::holds)).orElse(true);
    }

    /** True if both hold the same keys and values, whatever their revisions; at once if neither has changed since. */
    @SuppressWarnings("ReferenceEquality") // Parts of one list need not be compared.
    public boolean sameEntries(KeySnapshot other) {
        boolean samePart = source == other.source && from == other.from && entries.size() == other.entries.size();
        return samePart || entries.equals(other.entries);
    }

    /**
     * 32 hexadecimal digits that stand for these keys and values and for no others, whatever the revision: the first
     * half of a SHA-256 over each key and value, each behind its length.
     */
    public String digest() {
        MessageDigest sha256 = sha256();
        for (KeyEntry entry : entries) {
            digestText(sha256, entry.key());
            digestText(sha256, entry.value());
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, DIGEST_BYTES);
    }

    private static void digestText(MessageDigest digest, String text) {
        byte[] bytes = ByteText.encode(text);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private int lowerBound(String key) {
        int i = Collections.binarySearch(entries, new KeyEntry(key, ""), BY_KEY);
        return i < 0 ? -i - 1 : i;
    }

    @Override
    public String toString() {
        return entries.size() + " keys at revision " + revision;
    }
}
