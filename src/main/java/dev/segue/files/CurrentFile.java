package dev.segue.files;

import dev.segue.plan.KeptFile;
import dev.segue.resource.FileState;
import java.util.Arrays;
import java.util.Optional;

/** A target as it was found: absent, or its bytes, mode and owner; prints without its content. */
public final class CurrentFile {
    static final CurrentFile ABSENT = new CurrentFile(Optional.empty(), Optional.empty(), Optional.empty());

    private final Optional<byte[]> content;
    private final Optional<FileStat> stat;
    private final Optional<FileState> state;

    private CurrentFile(Optional<byte[]> content, Optional<FileStat> stat, Optional<FileState> state) {
        this.content = content;
        this.stat = stat;
        this.state = state;
    }

    /** @param state the one that it was in before it was read */
    static CurrentFile present(byte[] content, FileStat stat, FileState state) {
        return new CurrentFile(Optional.of(content), Optional.of(stat), Optional.of(state));
    }

    /** While {@link TargetFiles#state} gives an equal one, it is as it was found; empty if it is absent. */
    public Optional<FileState> state() {
        return state;
    }

    public boolean exists() {
        return content.isPresent();
    }

    /** True if it is there with exactly these bytes. */
    public boolean holds(byte[] bytes) {
        return content.isPresent() && Arrays.equals(content.get(), bytes);
    }

    /** True if it is there and has all that {@code wanted} asks for. */
    public boolean has(TargetAttributes wanted) {
        return stat.isPresent() && wanted.satisfiedBy(stat.get().attributes());
    }

    /** A copy of its bytes; empty if it is absent. */
    public Optional<byte[]> bytes() {
        return content.map(byte[]::clone);
    }

    /** {@link KeptFile#digest} of it. */
    public String digest() {
        return content.map(KeptFile::digestOf).orElse(KeptFile.DIGEST_OF_ABSENT);
    }

    /** All of it, for {@link TargetFiles#putBack}. */
    public KeptFile keep() {
        return content.flatMap(bytes -> stat.map(known -> known.keep(bytes))).orElse(KeptFile.ABSENT);
    }

    @Override
    public String toString() {
        return content.map(bytes -> bytes.length + " bytes").orElse("absent");
    }
}
