package dev.segue.store.zookeeper;

import dev.segue.settings.Backend;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Short words for the tests of this package. */
final class ZooKeepers {
    private ZooKeepers() {}

    static ZooKeeperKeyStore open(URI... nodes) {
        return open(Optional.empty(), nodes);
    }

    static ZooKeeperKeyStore open(Optional<Login> login, URI... nodes) {
        return new ZooKeeperKeyStore(new StoreSettings(
                new Backend.ZooKeeper(),
                List.of(nodes),
                Optional.empty(),
                "zk",
                Certificates.SYSTEM,
                login,
                Duration.ofSeconds(3)));
    }
}
