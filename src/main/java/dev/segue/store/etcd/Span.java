package dev.segue.store.etcd;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import io.etcd.jetcd.ByteSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of neighbouring keys as etcd asks for it.
 *
 * <p>A path is two of them, its own key and {@code [path/, path0)}: '0' follows '/' among the bytes, so the second holds
 * all that lies below the path. One stretch over both would fetch {@code /app-x} for {@code /app}, and would need the
 * right to read it.
 *
 * @param end the first key behind it; empty for {@code key} alone
 */
record Span(KeyPath path, ByteSequence key, Optional<ByteSequence> end) {
    private static final ByteSequence EVERYTHING = ByteSequence.from(new byte[] {0});

    /** All spans of {@code ranges}, in order; they do not overlap. */
    static List<Span> of(KeyRanges ranges) {
        List<Span> spans = new ArrayList<>();
        for (KeyPath path : ranges.paths()) {
            if (path.isRoot()) {
                spans.add(new Span(path, EVERYTHING, Optional.of(EVERYTHING)));
            } else {
                spans.add(new Span(path, EtcdText.bytes(path.value()), Optional.empty()));
                spans.add(new Span(
                        path, EtcdText.bytes(path.value() + '/'), Optional.of(EtcdText.bytes(path.value() + '0'))));
            }
        }
        return spans;
    }

    /**
     * One span over all of {@code path}, and over its neighbours whose names go on with a character before {@code /}, such
     * as {@code /app-x} for {@code /app}: for a watch, which costs nothing while they do not change.
     */
    static Span around(KeyPath path) {
        return path.isRoot()
                ? of(new KeyRanges(List.of(path))).get(0)
                : new Span(path, EtcdText.bytes(path.value()), Optional.of(EtcdText.bytes(path.value() + '0')));
    }

    /** Its first key, by itself. */
    Span keyAlone() {
        return new Span(path, key, Optional.empty());
    }

    /** The rest of this span behind {@code last}. */
    Span after(ByteSequence last) {
        return new Span(path, last.concat(EVERYTHING), end);
    }
}
