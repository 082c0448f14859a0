package dev.segue.reconcile;

import dev.segue.plan.KeptFile;
import java.util.Optional;

/** What a target should hold. */
final class Wanted {
    private final byte[] bytes;
    private final Optional<String> shownDigest;

    /** @param shownDigest what the template's {@code digest()} printed into it, if it did */
    Wanted(byte[] bytes, Optional<String> shownDigest) {
        this.bytes = bytes.clone();
        this.shownDigest = shownDigest;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** {@link KeptFile#digestOf} the bytes; reckoned anew each time, because most passes need none. */
    String digest() {
        return KeptFile.digestOf(bytes);
    }

    Optional<String> shownDigest() {
        return shownDigest;
    }
}
