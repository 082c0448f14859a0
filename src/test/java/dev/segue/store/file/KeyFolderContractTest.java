package dev.segue.store.file;

import dev.segue.settings.Backend;
import dev.segue.store.FollowingContract;
import dev.segue.store.KeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every kind of store does, with a folder in which each file is a key. As Kubernetes does it, the folder that is read
 * is a link, and what is wanted next is made beside it.
 */
@Timeout(180)
class KeyFolderContractTest extends FollowingContract {
    @TempDir
    Path folder;

    private int versions;

    @BeforeEach
    void holdNothing() throws IOException {
        hold(Map.of());
    }

    @Override
    protected KeyStore open() {
        return new FileKeyStore(new Backend.KeyFiles(List.of(folder.resolve("data")), "*"));
    }

    @Override
    protected void hold(Map<String, byte[]> entries) throws IOException {
        Path version = Files.createDirectory(folder.resolve("version" + versions++));
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            Path file = version.resolve(entry.getKey().substring(1));
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        Path link = Files.createSymbolicLink(folder.resolve("fresh"), version.getFileName());
        Files.move(link, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
