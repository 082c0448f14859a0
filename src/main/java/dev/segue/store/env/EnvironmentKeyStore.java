package dev.segue.store.env;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.store.KeyStore;
import dev.segue.store.LastRead;
import dev.segue.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keys from environment variables, as confd has them: {@code APP_DB_HOST} is {@code /app/db/host}. A variable whose name no
 * key has (with a small letter, or two underscores in a row) is none. Each read is a small file.
 */
public final class EnvironmentKeyStore implements KeyStore {
    private final Path environment;
    private final LastRead last = new LastRead();

    /** @param environment holds {@code NAME=value}, each followed by a zero byte, as Linux's {@code /proc/self/environ} */
    public EnvironmentKeyStore(Path environment) {
        this.environment = environment;
    }

    @Override
    public KeySnapshot read(KeyRanges ranges) throws StoreException {
        try {
            return last.now(
                    ranges,
                    KeySnapshot.of(0, entries(Files.readAllBytes(environment))).narrow(ranges));
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.UNREACHABLE, "env: " + environment + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<KeyEntry> entries(byte[] environment) {
        List<KeyEntry> entries = new ArrayList<>();
        for (String variable : ByteText.decode(environment).split("\0", -1)) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                key(variable.substring(0, equals))
                        .ifPresent(key -> entries.add(new KeyEntry(key, variable.substring(equals + 1))));
            }
        }
        return entries;
    }

    private static Optional<String> key(String variable) {
        String key =
                KeyPath.of(variable.toLowerCase(Locale.ROOT).replace('_', '/')).value();
        return variable(key).equals(variable) ? Optional.of(key) : Optional.empty();
    }

    private static String variable(String key) {
        return key.substring(1).toUpperCase(Locale.ROOT).replace('/', '_');
    }

    /** Does nothing: a process's environment stays as it was at its start. */
    @Override
    public void follow(Runnable changed) {}

    @Override
    public String description() {
        return "env";
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}
