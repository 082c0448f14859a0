package dev.segue.store.redis;

import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.KeyStore;
import dev.segue.store.ServedContract;
import dev.segue.testing.RealServer;
import dev.segue.testing.RedisServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every kind of store does, with a real Redis. */
@Tag("server")
@Timeout(180)
class RedisContractTest extends ServedContract {
    @RegisterExtension
    final RedisServer redis = RedisServer.plain();

    @Override
    protected KeyStore open() {
        return Redis.open(redis.url());
    }

    @Override
    protected KeyStore openAt(int port) {
        return Redis.open(URI.create("redis://127.0.0.1:" + port));
    }

    @Override
    protected KeyStore openWithWrongLogin() {
        return Redis.open("/", Certificates.SYSTEM, Optional.of(new Login("segue", "guess")), redis.url());
    }

    /** Key by key: Redis tells nobody when it forgets everything at once. */
    @Override
    protected void hold(Map<String, byte[]> entries) {
        List<byte[][]> commands = new ArrayList<>();
        for (String key : redis.ask("KEYS", "*").split(" ", -1)) {
            if (!entries.containsKey(key) && !key.isEmpty()) {
                commands.add(new byte[][] {bytes("DEL"), bytes(key)});
            }
        }
        entries.forEach((key, value) -> commands.add(new byte[][] {bytes("SET"), bytes(key), value}));
        redis.askBytes(commands);
    }

    @Override
    protected RealServer server() {
        return redis;
    }
}
