package dev.segue.store.etcd;

import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.KeyStore;
import dev.segue.store.ServedContract;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.RealServer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every kind of store does, with a real etcd. */
@Tag("server")
@Timeout(180)
class EtcdContractTest extends ServedContract {
    @RegisterExtension
    static final EtcdServer guarded = EtcdServer.withLogin(new Login("segue", "open sesame"), 300);

    @RegisterExtension
    final EtcdServer etcd = EtcdServer.plain();

    @Override
    protected KeyStore open() {
        return Stores.open(etcd.url());
    }

    @Override
    protected KeyStore openAt(int port) {
        return Stores.open(Stores.loopback(port));
    }

    @Override
    protected KeyStore openWithWrongLogin() {
        return new EtcdKeyStore(
                Stores.settings(Certificates.SYSTEM, Optional.of(new Login("segue", "guess")), guarded.url()));
    }

    @Override
    protected void hold(Map<String, byte[]> entries) {
        TreeSet<String> gone = new TreeSet<>(etcd.entries("/").keySet());
        gone.removeAll(entries.keySet());
        gone.forEach(etcd::delete);
        entries.forEach(etcd::put);
    }

    @Override
    protected RealServer server() {
        return etcd;
    }
}
