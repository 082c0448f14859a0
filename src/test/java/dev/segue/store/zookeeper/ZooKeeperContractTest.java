package dev.segue.store.zookeeper;

import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.KeyStore;
import dev.segue.store.ServedContract;
import dev.segue.testing.RealServer;
import dev.segue.testing.ZooKeeperServer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every kind of store does, with a real ZooKeeper. */
@Tag("server")
@Timeout(180)
class ZooKeeperContractTest extends ServedContract {
    @RegisterExtension
    final ZooKeeperServer zookeeper = new ZooKeeperServer();

    @Override
    protected KeyStore open() {
        return ZooKeepers.open(zookeeper.url());
    }

    @Override
    protected KeyStore openAt(int port) {
        return ZooKeepers.open(URI.create("zk://127.0.0.1:" + port));
    }

    /** ZooKeeper lets anybody log in as anybody; only a node that is not for that one is refused. */
    @Override
    protected KeyStore openWithWrongLogin() {
        zookeeper.putFor("segue", "open sesame", "/app/a", bytes("1"));
        return ZooKeepers.open(Optional.of(new Login("segue", "guess")), zookeeper.url());
    }

    @Override
    protected void hold(Map<String, byte[]> entries) {
        zookeeper.with(client -> {
            for (String path : zookeeper.leaves()) {
                if (!entries.containsKey(path) && !path.equals("/")) {
                    ZooKeeperServer.delete(client, path);
                    dropEmptyFolders(path);
                }
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZooKeeperServer.put(client, entry.getKey(), entry.getValue());
            }
        });
    }

    /** A folder that is left with nothing below would be a key with an empty value. */
    private void dropEmptyFolders(String path) {
        String parent = path.substring(0, path.lastIndexOf('/'));
        while (!parent.isEmpty() && zookeeper.leaves().contains(parent)) {
            zookeeper.delete(parent);
            parent = parent.substring(0, parent.lastIndexOf('/'));
        }
    }

    @Override
    protected RealServer server() {
        return zookeeper;
    }
}
