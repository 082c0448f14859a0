package dev.segue.store.redis;

import dev.segue.settings.Backend;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Short words for the tests of this package. */
final class Redis {
    private Redis() {}

    static RedisKeyStore open(URI... nodes) {
        return open("/", Certificates.SYSTEM, Optional.empty(), nodes);
    }

    static RedisKeyStore open(String separator, Certificates certificates, Optional<Login> login, URI... nodes) {
        Backend.Redis backend = new Backend.Redis(separator);
        return new RedisKeyStore(
                new StoreSettings(
                        backend, List.of(nodes), Optional.empty(), "redis", certificates, login, Duration.ofSeconds(2)),
                backend);
    }
}
