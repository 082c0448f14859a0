package dev.segue.render;

import dev.segue.render.functions.Scope.Basis;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What a template made of its keys: bytes that compare by value, and what people should know about them. */
public final class Rendered {
    private static final int DIGEST_BYTES = 16;

    private final byte[] bytes;
    private final List<String> warnings;
    private final Optional<String> shownDigest;
    private final Basis basis;

    /** Copies what could change. */
    public Rendered(byte[] bytes, List<String> warnings, Optional<String> shownDigest, Basis basis) {
        this.bytes = bytes.clone();
        this.warnings = List.copyOf(warnings);
        this.shownDigest = shownDigest;
        this.basis = basis;
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    /** 32 hexadecimal digits that stand for these bytes: the first half of their SHA-256. */
    public String digest() {
        return digestOf(bytes);
    }

    static String digestOf(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What was left out and why, one line each, without values; the same input gives the same warnings. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * What {@code digest()} gave to the template, which most likely printed it; empty if it was not called. It stands for
     * all else in the bytes, but cannot be {@link #digest} of the bytes that it is part of.
     */
    public Optional<String> shownDigest() {
        return shownDigest;
    }

    /** True if the same keys and templates give the same bytes at any time. */
    public boolean comesOfKeysAlone() {
        return basis == Basis.KEYS;
    }

    /** Same bytes, same warnings, same {@code digest()}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Rendered that
                && Arrays.equals(bytes, that.bytes)
                && warnings.equals(that.warnings)
                && shownDigest.equals(that.shownDigest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Size and digest: rendered text must not reach a log. */
    @Override
    public String toString() {
        return bytes.length + " bytes, " + digest();
    }
}
