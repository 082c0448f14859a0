package dev.segue.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.testing.Follower;
import dev.segue.testing.FreePorts;
import dev.segue.testing.ZooKeeperServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which nodes are keys, what their rights do, and that what changed is all that has to be read. */
@Tag("server")
@Timeout(120)
class ZooKeeperKeyStoreTest {
    private static final Login SEGUE = new Login("segue", "open sesame");

    @RegisterExtension
    final ZooKeeperServer zookeeper = new ZooKeeperServer();

    @Test
    void read_folders_areKeysOnlyWithDataOfTheirOwn() throws Exception {
        zookeeper.put("/app/folder/a", bytes("1"));
        zookeeper.put("/app/both", bytes("2"));
        zookeeper.put("/app/both/b", bytes("3"));
        zookeeper.put("/app/empty", bytes(""));

        assertThat(read("/app")).containsExactly("/app/both=2", "/app/both/b=3", "/app/empty=", "/app/folder/a=1");
        assertThat(read("/")).hasSize(4);
    }

    @Test
    void read_folderLosesAndGetsItsOnlyNode_isAKeyMeanwhile() throws Exception {
        zookeeper.put("/app/folder/a", bytes("1"));
        try (ZooKeeperKeyStore store = ZooKeepers.open(zookeeper.url())) {
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/folder/a=1");

            zookeeper.delete("/app/folder/a");
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/folder=");

            zookeeper.put("/app/folder/b", bytes("2"));
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/folder/b=2");
        }
    }

    @Test
    void read_afterAnyChanges_equalsAFirstRead() throws Exception {
        List<String> paths = List.of("/app", "/app/a", "/app/a/b", "/app/a/b/c", "/app/d", "/web/x", "/web");
        Random random = new Random(42);
        KeyRanges ranges = ranges("/app", "/web/x");
        try (ZooKeeperKeyStore store = ZooKeepers.open(zookeeper.url())) {
            for (int round = 0; round < 40; round++) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    String path = paths.get(random.nextInt(paths.size()));
                    if (random.nextInt(3) == 0) {
                        zookeeper.delete(path);
                    } else {
                        zookeeper.put(path, bytes(random.nextBoolean() ? "" : "v" + random.nextInt()));
                    }
                }
                try (ZooKeeperKeyStore fresh = ZooKeepers.open(zookeeper.url())) {
                    assertThat(entries(store.read(ranges))).isEqualTo(entries(fresh.read(ranges)));
                }
            }
        }
    }

    @Test
    void read_nodesOfOneUser_areForThatOneAlone() throws Exception {
        zookeeper.put("/app/open", bytes("1"));
        zookeeper.putFor(SEGUE.user(), SEGUE.password(), "/app/secret", bytes("2"));

        try (ZooKeeperKeyStore store = ZooKeepers.open(Optional.of(SEGUE), zookeeper.url())) {
            Follower follower = new Follower();
            store.follow(follower);
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/open=1", "/app/secret=2");
            follower.reset();
            zookeeper.putFor(SEGUE.user(), SEGUE.password(), "/app/secret", bytes("3"));
            follower.awaitCall();
            assertThat(store.read(ranges("/app")).value("/app/secret")).contains("3");
        }
        try (ZooKeeperKeyStore stranger = ZooKeepers.open(zookeeper.url())) {
            assertThatThrownBy(() -> stranger.read(ranges("/app")))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessage(
                            "zookeeper " + zookeeper.url() + ": not permitted to read /app/secret, or wrong password");
        }
    }

    @Test
    void read_pathThatNoNodeCanHave_isEmpty() throws Exception {
        zookeeper.put("/app/a", bytes("1"));

        assertThat(read("/a\u0001b", "/app")).containsExactly("/app/a=1");
    }

    @Test
    void read_firstNodeDead_asksTheNext() throws Exception {
        zookeeper.put("/app/a", bytes("1"));
        try (ZooKeeperKeyStore store =
                ZooKeepers.open(URI.create("zk://127.0.0.1:" + FreePorts.next()), zookeeper.url())) {
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/a=1");
        }
    }

    @Test
    void read_nobodyThere_namesEachNode() {
        URI dead = URI.create("zk://127.0.0.1:" + FreePorts.next());
        URI unknown = URI.create("zk://no-such-host.invalid:2181");
        try (ZooKeeperKeyStore store = ZooKeepers.open(dead, unknown)) {
            assertThatThrownBy(() -> store.read(ranges("/app")))
                    .hasMessage("zookeeper " + dead + ", zk://no-such-host.invalid:2181: not reachable: "
                            + dead.getAuthority() + ": Connection refused; no-such-host.invalid:2181: host name"
                            + " \"no-such-host.invalid\" can't be resolved");
        }
    }

    private List<String> read(String... paths) throws StoreException {
        try (ZooKeeperKeyStore store = ZooKeepers.open(zookeeper.url())) {
            return entries(store.read(ranges(paths)));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static KeyRanges ranges(String... paths) {
        return KeyRanges.covering(Stream.of(paths).map(KeyPath::of).toList());
    }

    private static List<String> entries(KeySnapshot snapshot) {
        return snapshot.entries().stream()
                .map(entry -> entry.key() + "=" + entry.value())
                .toList();
    }
}
