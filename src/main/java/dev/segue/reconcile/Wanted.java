package dev.segue.reconcile;

import dev.segue.plan.KeptFile;
import java.util.Optional;

/** What a target should hold; used by the thread of one pass alone. */
final class Wanted {
    private final byte[] bytes;
    private final Optional<String> shownDigest;
    private Optional<String> digest = Optional.empty();

    /** @param shownDigest what the template's {@code digest()} printed into it, if it did */
    Wanted(byte[] bytes, Optional<String> shownDigest) {
        this.bytes = bytes.clone();
        this.shownDigest = shownDigest;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** {@link KeptFile#digestOf} the bytes; reckoned when it is first asked for, because most passes need none. */
    String digest() {
        String known = digest.orElseGet(() -> KeptFile.digestOf(bytes));
        digest = Optional.of(known);
        return known;
    }

    Optional<String> shownDigest() {
        return shownDigest;
    }
}
