package dev.segue.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/**
 * A real ZooKeeper for each test: register it as an instance field with {@code @RegisterExtension}. It is Debian's; without
 * it the tests are skipped. Each write has a session of its own.
 */
public final class ZooKeeperServer extends SingleServer {
    private static final Path SCRIPT = Path.of("/usr/share/zookeeper/bin/zkServer.sh");
    private static final int SESSION_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 500;

    private final int port = FreePorts.next();

    public ZooKeeperServer() {
        super("zookeeper", "data");
    }

    public URI url() {
        return URI.create("zk://127.0.0.1:" + port);
    }

    /** Makes the node {@code path} hold {@code data}, with the nodes above it if they are missing. */
    public void put(String path, byte[] data) {
        with(client -> put(client, path, data, Ids.OPEN_ACL_UNSAFE));
    }

    /** As {@link #put}, readable by {@code user} with {@code password} alone. */
    public void putFor(String user, String password, String path, byte[] data) {
        with(client -> {
            client.addAuthInfo("digest", (user + ":" + password).getBytes(StandardCharsets.UTF_8));
            put(client, path, data, Ids.CREATOR_ALL_ACL);
        });
    }

    /** Removes the node {@code path} and all below it, if it is there. */
    public void delete(String path) {
        with(client -> delete(client, path));
    }

    /** The paths of all nodes without others below, sorted by nothing. */
    public List<String> leaves() {
        List<String> leaves = new ArrayList<>();
        with(client -> collect(client, "/", leaves));
        return leaves;
    }

    /** Several writes over one session. */
    public void with(Writing writing) {
        CountDownLatch connected = new CountDownLatch(1);
        try {
            ZooKeeper client = new ZooKeeper("127.0.0.1:" + port, SESSION_MILLIS, (WatchedEvent event) -> {
                if (event.getState() == KeeperState.SyncConnected) {
                    connected.countDown();
                }
            });
            try {
                connected.await();
                writing.write(client);
            } finally {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (KeeperException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What to do with a connected client. */
    public interface Writing {
        void write(ZooKeeper client) throws KeeperException, InterruptedException;
    }

    public static void put(ZooKeeper client, String path, byte[] data) throws KeeperException, InterruptedException {
        put(client, path, data, Ids.OPEN_ACL_UNSAFE);
    }

    private static void put(ZooKeeper client, String path, byte[] data, List<ACL> rights)
            throws KeeperException, InterruptedException {
        int slash = path.lastIndexOf('/');
        if (slash > 0 && client.exists(path.substring(0, slash), false) == null) {
            put(client, path.substring(0, slash), new byte[0], Ids.OPEN_ACL_UNSAFE);
        }
        if (client.exists(path, false) == null) {
            client.create(path, data, rights, CreateMode.PERSISTENT);
        } else {
            client.setData(path, data, -1);
        }
    }

    public static void delete(ZooKeeper client, String path) throws KeeperException, InterruptedException {
        if (client.exists(path, false) == null) {
            return;
        }
        for (String child : client.getChildren(path, false)) {
            delete(client, path + "/" + child);
        }
        client.delete(path, -1);
    }

    private static void collect(ZooKeeper client, String path, List<String> leaves)
            throws KeeperException, InterruptedException {
        List<String> children = client.getChildren(path, false);
        if (children.isEmpty()) {
            leaves.add(path);
        }
        for (String child : children) {
            if (!child.equals("zookeeper")) {
                collect(client, (path.equals("/") ? "" : path) + "/" + child, leaves);
            }
        }
    }

    @Override
    List<String> command(Path folder) throws IOException {
        assumeTrue(Files.isExecutable(SCRIPT), "needs Debian's package zookeeper");
        Path settings = Files.writeString(folder.resolve("zoo.cfg"), """
                tickTime=1000
                dataDir=%s
                clientPort=%d
                clientPortAddress=127.0.0.1
                admin.enableServer=false
                forceSync=no
                4lw.commands.whitelist=srvr
                """.formatted(folder.resolve("data"), port));
        return List.of(SCRIPT.toString(), "start-foreground", settings.toString());
    }

    @Override
    boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            // It accepts before it serves, and then leaves the question unanswered.
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .startsWith("Zookeeper version");
        } catch (IOException e) {
            return false;
        }
    }
}
