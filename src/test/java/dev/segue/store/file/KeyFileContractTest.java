package dev.segue.store.file;

import dev.segue.settings.Backend;
import dev.segue.store.FollowingContract;
import dev.segue.store.KeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of store does, with one file of keys that is replaced by a rename. */
@Timeout(180)
class KeyFileContractTest extends FollowingContract {
    @TempDir
    Path folder;

    @BeforeEach
    void holdNothing() throws IOException {
        hold(Map.of());
    }

    @Override
    protected KeyStore open() {
        return new FileKeyStore(new Backend.KeyFiles(List.of(folder.resolve("keys.yaml")), "*"));
    }

    @Override
    protected void hold(Map<String, byte[]> entries) throws IOException {
        String text = entries.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": !!binary \""
                        + Base64.getEncoder().encodeToString(entry.getValue()) + "\"\n")
                .collect(Collectors.joining());
        Path fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, folder.resolve("keys.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }
}
