package dev.segue.store.etcd;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Short words for the tests of this package. */
final class Stores {
    private Stores() {}

    static StoreSettings settings(URI... nodes) {
        return settings(Certificates.SYSTEM, Optional.empty(), nodes);
    }

    static StoreSettings settings(Certificates certificates, Optional<Login> login, URI... nodes) {
        return new StoreSettings(List.of(nodes), Optional.empty(), "http", certificates, login, Duration.ofSeconds(2));
    }

    static EtcdKeyStore open(URI... nodes) {
        return new EtcdKeyStore(settings(nodes));
    }

    static EtcdKeyTransactions transactions(URI... nodes) {
        return new EtcdKeyTransactions(settings(nodes));
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    static KeyRanges ranges(String... paths) {
        return KeyRanges.covering(Stream.of(paths).map(KeyPath::of).toList());
    }

    static List<String> keys(KeySnapshot snapshot) {
        return snapshot.entries().stream().map(KeyEntry::key).toList();
    }

    /** Every key with its value, {@code /app/a=1}: snapshots themselves print without values. */
    static List<String> entries(KeySnapshot snapshot) {
        return snapshot.entries().stream()
                .map(entry -> entry.key() + "=" + entry.value())
                .toList();
    }
}
