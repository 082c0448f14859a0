package dev.segue.store.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.settings.Backend;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.store.StoreException;
import dev.segue.testing.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that takes connections and says nothing, as one that was stopped does. */
@Timeout(60)
class RedisSocketsTest {
    private static final Duration LONGER_THAN_THIS_TEST = Duration.ofMinutes(10);
    private static final KeyRanges EVERYTHING = KeyRanges.covering(List.of(KeyPath.ROOT));

    @ParameterizedTest
    @ValueSource(strings = {"redis", "rediss"})
    void close_whileTheServerIsSilent_endsTheRead(String scheme) throws Exception {
        try (ServerSocket silent = new ServerSocket(FreePorts.next(), 1, InetAddress.getLoopbackAddress())) {
            RedisKeyStore store = store(URI.create(scheme + "://127.0.0.1:" + silent.getLocalPort()));
            FutureTask<?> read = new FutureTask<>(() -> store.read(EVERYTHING));
            Thread reader = new Thread(read);
            reader.setDaemon(true);
            reader.start();
            try (Socket taken = silent.accept()) {
                // It is asked something, and so an answer is waited for.
                taken.getInputStream().read();
                store.close();

                assertThatThrownBy(() -> read.get(5, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(StoreException.class)
                        .hasMessageEndingWith(": closed");
            }
            reader.join();
        }
    }

    private static RedisKeyStore store(URI node) {
        Backend.Redis backend = new Backend.Redis("/");
        return new RedisKeyStore(
                new StoreSettings(
                        backend,
                        List.of(node),
                        Optional.empty(),
                        "redis",
                        Certificates.SYSTEM,
                        Optional.empty(),
                        LONGER_THAN_THIS_TEST),
                backend);
    }
}
