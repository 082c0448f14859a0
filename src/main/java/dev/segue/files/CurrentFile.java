package dev.segue.files;

import java.util.Arrays;
import java.util.Optional;

/** A target as it was found: absent, or its bytes, mode and owner; prints without its content. */
public final class CurrentFile {
    static final CurrentFile ABSENT = new CurrentFile(Optional.empty(), TargetAttributes.OF_NEW_FILE);

    private final Optional<byte[]> content;
    private final TargetAttributes attributes;

    private CurrentFile(Optional<byte[]> content, TargetAttributes attributes) {
        this.content = content;
        this.attributes = attributes;
    }

    static CurrentFile present(byte[] content, TargetAttributes attributes) {
        return new CurrentFile(Optional.of(content), attributes);
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
        return content.isPresent() && wanted.satisfiedBy(attributes);
    }

    /** A copy of its bytes; empty if it is absent. */
    public Optional<byte[]> bytes() {
        return content.map(byte[]::clone);
    }

    @Override
    public String toString() {
        return content.map(bytes -> bytes.length + " bytes").orElse("absent");
    }
}
