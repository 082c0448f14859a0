package dev.segue.store.file;

import dev.segue.keyfile.KeyFile;
import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyPath;
import dev.segue.settings.ProblemsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the keys of files, each of which it parses anew only when its bytes have changed. For one thread. */
final class KeyFiles {
    /** So that a folder that was never meant, such as a whole disk, ends as an error and not as a full memory. */
    private static final long MOST_BYTES = 16L << 20;

    private final long mostBytes;
    private Map<Path, Parsed> parsed = Map.of();

    KeyFiles() {
        this(MOST_BYTES);
    }

    KeyFiles(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * All keys of {@code files}, sorted; of a key in several the last counts.
     *
     * @throws IOException if one can't be read, or all are together more than they may be
     * @throws ProblemsException if one is not what it should be
     */
    Collection<KeyEntry> read(Collection<FoundFile> files) throws IOException, ProblemsException {
        Map<Path, Parsed> now = new HashMap<>();
        Map<String, KeyEntry> entries = new TreeMap<>();
        long left = mostBytes;
        int keysLeft = KeyFile.MOST_KEYS;
        for (FoundFile file : files) {
            byte[] content = content(file.path(), left);
            left -= content.length;
            Parsed keys = parsed(file, content);
            now.put(file.path(), keys);
            keysLeft -= keys.entries().size();
            if (keysLeft < 0) {
                throw new IOException("all files together have more than " + KeyFile.MOST_KEYS + " keys");
            }
            keys.entries().forEach(entry -> entries.put(entry.key(), entry));
        }
        parsed = now;
        return entries.values();
    }

    private byte[] content(Path file, long limit) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes((int) limit + 1);
            if (content.length > limit) {
                throw new IOException("all files together are larger than " + (mostBytes >> 20) + " MiB");
            }
            return content;
        }
    }

    private Parsed parsed(FoundFile file, byte[] content) throws ProblemsException {
        byte[] digest = digest(content);
        Parsed before = parsed.get(file.path());
        if (before != null && Arrays.equals(before.digest(), digest)) {
            return before;
        }
        return new Parsed(digest, file.isOneKey() ? List.of(oneKey(file, content)) : keys(file, content));
    }

    private static List<KeyEntry> keys(FoundFile file, byte[] content) throws ProblemsException {
        return KeyFile.parse(file.path().toString(), content);
    }

    private static KeyEntry oneKey(FoundFile file, byte[] content) {
        return new KeyEntry(KeyPath.of(file.name()).value(), ByteText.decode(content));
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by its content, and never shown.
    private record Parsed(byte[] digest, List<KeyEntry> entries) {}
}
