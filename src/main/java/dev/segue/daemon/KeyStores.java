package dev.segue.daemon;

import dev.segue.settings.Backend;
import dev.segue.settings.StoreSettings;
import dev.segue.store.KeyStore;
import dev.segue.store.env.EnvironmentKeyStore;
import dev.segue.store.etcd.EtcdKeyStore;
import dev.segue.store.file.FileKeyStore;
import dev.segue.store.redis.RedisKeyStore;
import dev.segue.store.zookeeper.ZooKeeperKeyStore;
import java.nio.file.Path;

/** Opens the store that the settings ask for; no class of the others, or of their libraries, is loaded. */
final class KeyStores {
    private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

    private KeyStores() {}

    /** The store, which begins to connect if that takes long. */
    static KeyStore open(StoreSettings settings) {
        Backend backend = settings.backend();
        if (backend instanceof Backend.KeyFiles files) {
            return new FileKeyStore(files);
        }
        if (backend instanceof Backend.Redis redis) {
            return new RedisKeyStore(settings, redis);
        }
        if (backend instanceof Backend.ZooKeeper) {
            return new ZooKeeperKeyStore(settings);
        }
        if (backend instanceof Backend.Environment) {
            return new EnvironmentKeyStore(ENVIRONMENT);
        }
        EtcdKeyStore etcd = new EtcdKeyStore(settings);
        // The way to the store takes longer than all else at the start.
        etcd.connectAhead();
        return etcd;
    }
}
