package dev.segue.plan;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A target as it was at some time, complete enough to be put back: absent, or its bytes, mode and owner; prints without them. */
public final class KeptFile {
    /** There was no file. */
    public static final KeptFile ABSENT = new KeptFile(Optional.empty(), 0, 0, 0);

    /** The digest of a file that is not there. */
    public static final String DIGEST_OF_ABSENT = "absent";

    private static final byte[] NO_BYTES = {};

    private final Optional<byte[]> content;
    private final int mode;
    private final int uid;
    private final int gid;

    private KeptFile(Optional<byte[]> content, int mode, int uid, int gid) {
        this.content = content;
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
    }

    /**
     * A file with this content; copies it.
     *
     * @param mode permission bits, 0 to 07777
     */
    public static KeptFile of(byte[] content, int mode, int uid, int gid) {
        return new KeptFile(Optional.of(content.clone()), mode, uid, gid);
    }

    public boolean exists() {
        return content.isPresent();
    }

    /** A copy of its bytes; empty if there was no file. */
    public Optional<byte[]> bytes() {
        return content.map(byte[]::clone);
    }

    /** Permission bits; 0 if there was no file. */
    public int mode() {
        return mode;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    /** True if {@code other} has the same bytes, mode and owner, or is absent as this is. */
    public boolean isSameAs(KeptFile other) {
        boolean sameBytes = content.isPresent() == other.content.isPresent()
                && Arrays.equals(content.orElse(NO_BYTES), other.content.orElse(NO_BYTES));
        return sameBytes && mode == other.mode && uid == other.uid && gid == other.gid;
    }

    /** {@link #digestOf} its bytes, or {@link #DIGEST_OF_ABSENT}. */
    public String digest() {
        return content.map(KeptFile::digestOf).orElse(DIGEST_OF_ABSENT);
    }

    /** SHA-256 as 64 hexadecimal digits. */
    public static String digestOf(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return content.map(bytes -> bytes.length + " bytes, mode " + Integer.toOctalString(mode))
                .orElse("absent");
    }
}
