package dev.segue.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.settings.StoreSettings.Login;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
@Timeout(120)
class EtcdServerTest {
    @RegisterExtension
    final EtcdServer etcd = EtcdServer.plain();

    @RegisterExtension
    static final EtcdServer guarded = EtcdServer.withLogin(new Login("segue", "open sesame"), 2);

    @Test
    void stopAndStart_keepPortAndData() {
        long revision = etcd.put("/a", "1");

        etcd.stop();
        assertThatThrownBy(etcd::revision).isInstanceOf(UncheckedIOException.class);
        etcd.start();

        assertThat(etcd.revision()).isEqualTo(revision);
    }

    @Test
    void saveAndRestore_bringBackDataAndRevision(@TempDir Path folder) {
        etcd.put("/a", "1");
        etcd.put("/neighbour", "1");
        long revision = etcd.put("/a/b", "");
        etcd.save(folder.resolve("saved"));
        etcd.put("/a", "2");

        etcd.kill();
        etcd.restore(folder.resolve("saved"));

        assertThat(etcd.entries("/a")).containsExactly(Map.entry("/a", "1"), Map.entry("/a/b", ""));
        assertThat(etcd.revision()).isEqualTo(revision);
    }

    @Test
    void kill_thenWipe_forgetsEverything() {
        etcd.putTogether(Map.of("/a", "1", "/b", "2"));

        etcd.kill();
        etcd.wipe();

        assertThat(etcd.revision()).isEqualTo(1);
    }

    @Test
    void pauseAndResume_holdItStill() {
        etcd.pause();
        etcd.resume();

        assertThat(etcd.put("/a", "1")).isEqualTo(2);
    }

    @Test
    void putTogether_makesOneRevision() {
        assertThat(etcd.putTogether(Map.of("/a", "1", "/b", "2"))).isEqualTo(2);
        assertThat(etcd.deletePrefix("/")).isEqualTo(3);
    }

    @Test
    void withLogin_writesAsThatUser() {
        assertThat(guarded.put("/a", "1")).isEqualTo(2);
    }
}
