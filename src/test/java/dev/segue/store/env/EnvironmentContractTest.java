package dev.segue.store.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.store.KeyStore;
import dev.segue.store.ReadingContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of store does, with an environment as Linux shows it; a real one does not change. */
@Timeout(60)
class EnvironmentContractTest extends ReadingContract {
    @TempDir
    Path folder;

    @BeforeEach
    void holdNothing() throws IOException {
        hold(Map.of());
    }

    @Override
    protected KeyStore open() {
        return new EnvironmentKeyStore(folder.resolve("environ"));
    }

    @Override
    protected void hold(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream environment = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            String name = entry.getKey().substring(1).toUpperCase(Locale.ROOT).replace('/', '_');
            environment.writeBytes(bytes(name + "="));
            environment.writeBytes(entry.getValue());
            environment.write(0);
        }
        Files.write(folder.resolve("environ"), environment.toByteArray());
    }

    /** A zero byte ends a variable. */
    @Override
    protected byte[] anyBytes() {
        return Arrays.copyOfRange(super.anyBytes(), 1, 256);
    }

    @Test
    void read_namesThatNoKeyHas_areLeftOut() throws Exception {
        Files.writeString(folder.resolve("environ"), "A=1\0_=2\0_B=3\0C__D=4\0e=5\0F_=6\0G=a=b\0HOME\0=x\0");

        assertThat(entries(store.read(ranges("/")))).containsExactly("/a=1", "/g=a=b");
    }
}
