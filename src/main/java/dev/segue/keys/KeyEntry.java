package dev.segue.keys;

/**
 * One key of the store with its value.
 *
 * @param key the full key, as {@link ByteText} reads its bytes
 * @param value the value, as {@link ByteText} reads its bytes
 */
public record KeyEntry(String key, String value) {
    /** The key alone: a value must not reach a log through string concatenation. */
    @Override
    public String toString() {
        return key;
    }
}
