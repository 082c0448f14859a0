package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Resource;
import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Acknowledgements to test with. */
final class Samples {
    static final Instant SINCE = Instant.parse("2026-11-27T06:00:00Z");

    private Samples() {}

    static Resource applied(String name, String path, long revision, Settlement settlement) {
        return new Resource(
                name,
                "/etc/" + name,
                ranges(path),
                "applied",
                revision,
                OptionalLong.of(revision),
                settlement,
                SINCE,
                Optional.empty());
    }

    static Resource unsettled(String name, String path, long revision, String reason) {
        return new Resource(
                name,
                "/etc/" + name,
                ranges(path),
                "applied",
                revision,
                OptionalLong.of(revision),
                Settlement.OLD_ACCEPT,
                SINCE,
                Optional.of(reason));
    }

    static Resource refused(String name, String path, long revision, String state, String reason) {
        return new Resource(
                name,
                "/etc/" + name,
                ranges(path),
                state,
                revision,
                OptionalLong.of(revision - 1),
                Settlement.DRAINED,
                SINCE,
                Optional.of(reason));
    }

    static Member member(Resource... resources) {
        return new Member(Optional.of(new Acknowledgement("1.0", List.of(resources))), Optional.empty());
    }

    private static KeyRanges ranges(String path) {
        return new KeyRanges(List.of(KeyPath.of(path)));
    }
}
