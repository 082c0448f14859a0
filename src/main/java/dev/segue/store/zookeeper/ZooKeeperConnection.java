package dev.segue.store.zookeeper;

import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.StoreException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.api.Pathable;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * One session with an ensemble, for as long as its connection lasts. For one thread, but {@link #close} may come from any.
 * Each request blocks for the store's request time limit at most.
 */
final class ZooKeeperConnection implements AutoCloseable {
    /** As long as a server may be silent before the client says that the connection is lost. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    private static final int REQUESTS_AT_ONCE = 500;
    private static final int CLOSE_MILLIS = 500;

    private final CuratorFramework curator;
    private final Duration limit;
    private final Optional<Login> login;

    /** Ends, with a failure, when the connection does. */
    private final CompletableFuture<Object> gone = new CompletableFuture<>();

    private ZooKeeperConnection(CuratorFramework curator, StoreSettings settings) {
        this.curator = curator;
        this.limit = settings.requestTimeout();
        this.login = settings.login();
    }

    /**
     * Connects to whichever server answers.
     *
     * @param lost run once when the connection is lost without our doing
     */
    static ZooKeeperConnection open(StoreSettings settings, Runnable lost) throws ZooKeeperFailure {
        requireAnyServer(settings);
        int millis = Math.toIntExact(settings.requestTimeout().toMillis());
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(settings.nodes().stream()
                        .map(node -> node.getHost() + ":" + node.getPort())
                        .collect(Collectors.joining(",")))
                .sessionTimeoutMs(Math.toIntExact(SESSION.toMillis()))
                .connectionTimeoutMs(millis)
                .retryPolicy(new RetryNTimes(0, 0))
                .ensembleTracker(false)
                .maxCloseWaitMs(CLOSE_MILLIS)
                .waitForShutdownTimeoutMs(0)
                .threadFactory(ZooKeeperConnection::daemon)
                .zkClientConfig(withoutKerberos());
        settings.login()
                .ifPresent(login -> builder.authorization(
                        "digest", (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8)));
        ZooKeeperConnection connection = new ZooKeeperConnection(builder.build(), settings);
        connection.start(lost);
        return connection;
    }

    /** The client itself would try for ever, and keep to itself why. */
    private static void requireAnyServer(StoreSettings settings) throws ZooKeeperFailure {
        List<String> failures = new ArrayList<>();
        for (URI node : settings.nodes()) {
            String host = node.getHost().replaceAll("[\\[\\]]", "");
            try (Socket socket = new Socket()) {
                InetSocketAddress address = new InetSocketAddress(host, node.getPort());
                if (!address.isUnresolved()) {
                    socket.connect(
                            address, Math.toIntExact(settings.requestTimeout().toMillis()));
                    return;
                }
                failures.add(node.getAuthority() + ": host name \"" + host + "\" can't be resolved");
            } catch (IOException e) {
                failures.add(node.getAuthority() + ": " + e.getMessage());
            }
        }
        throw new ZooKeeperFailure(Kind.UNREACHABLE, "not reachable: " + String.join("; ", failures), null);
    }

    private static ZKClientConfig withoutKerberos() {
        ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        return config;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "zookeeper");
        thread.setDaemon(true);
        return thread;
    }

    private void start(Runnable lost) throws ZooKeeperFailure {
        curator.getConnectionStateListenable().addListener((client, state) -> {
            if (!state.isConnected()
                    && gone.completeExceptionally(
                            new ZooKeeperFailure(Kind.UNREACHABLE, "the connection was lost", null))) {
                lost.run();
            }
        });
        curator.start();
        boolean connected = false;
        try {
            connected = curator.blockUntilConnected(Math.toIntExact(limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!connected) {
            close();
            throw new ZooKeeperFailure(Kind.UNREACHABLE, "no session within " + limit.toMillis() + " ms", null);
        }
    }

    boolean isLost() {
        return gone.isDone();
    }

    /** Has {@code changed} run, on the client's event thread, with each event of {@code path} and all nodes below. */
    void watch(String path, Consumer<WatchedEvent> changed) throws ZooKeeperFailure {
        await(
                path,
                callback -> curator.watchers()
                        .add()
                        .withMode(AddWatchMode.PERSISTENT_RECURSIVE)
                        .inBackground(callback)
                        .usingWatcher((Watcher) changed::accept)
                        .forPath(path));
    }

    /** Returns when the server has all that was there before, and we have been told of it. */
    void sync() throws ZooKeeperFailure {
        await("/", callback -> curator.sync().inBackground(callback).forPath("/"));
    }

    /** What {@code paths} hold, in their order; no event for one that is not there. */
    List<Optional<CuratorEvent>> data(List<String> paths) throws ZooKeeperFailure {
        return all(paths, callback -> curator.getData().inBackground(callback));
    }

    /** The names of the nodes right below {@code paths}, in their order; none for one that is not there. */
    List<Optional<CuratorEvent>> children(List<String> paths) throws ZooKeeperFailure {
        return all(paths, callback -> curator.getChildren().inBackground(callback));
    }

    private List<Optional<CuratorEvent>> all(List<String> paths, Function<BackgroundCallback, Pathable<?>> request)
            throws ZooKeeperFailure {
        List<Optional<CuratorEvent>> answers = new ArrayList<>();
        for (int start = 0; start < paths.size(); start += REQUESTS_AT_ONCE) {
            List<String> some = paths.subList(start, Math.min(paths.size(), start + REQUESTS_AT_ONCE));
            List<CompletableFuture<CuratorEvent>> asked = new ArrayList<>();
            for (String path : some) {
                asked.add(ask(callback -> request.apply(callback).forPath(path)));
            }
            for (int i = 0; i < some.size(); i++) {
                answers.add(answer(some.get(i), asked.get(i)));
            }
        }
        return answers;
    }

    private void await(String path, Request request) throws ZooKeeperFailure {
        answer(path, ask(request));
    }

    private static CompletableFuture<CuratorEvent> ask(Request request) {
        CompletableFuture<CuratorEvent> answer = new CompletableFuture<>();
        try {
            request.send((client, event) -> answer.complete(event));
        } catch (Exception e) {
            // So Curator declares them; it is closed, or a bug.
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private Optional<CuratorEvent> answer(String path, CompletableFuture<CuratorEvent> asked) throws ZooKeeperFailure {
        try {
            CompletableFuture.anyOf(asked, gone).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            CuratorEvent event = asked.join();
            Code code = Code.get(event.getResultCode());
            if (code == Code.OK) {
                return Optional.of(event);
            }
            if (code == Code.NONODE) {
                return Optional.empty();
            }
            throw refusal(path, code);
        } catch (TimeoutException e) {
            throw new ZooKeeperFailure(Kind.UNREACHABLE, "no answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ZooKeeperFailure failure) {
                throw failure;
            }
            throw new ZooKeeperFailure(Kind.UNREACHABLE, "not reachable: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ZooKeeperFailure(Kind.UNREACHABLE, "interrupted", e);
        }
    }

    private ZooKeeperFailure refusal(String path, Code code) {
        KeeperException cause = KeeperException.create(code, path);
        String user = login.map(name -> "user \"" + name.user() + "\": ").orElse("");
        return switch (code) {
            case NOAUTH, AUTHFAILED, SESSIONCLOSEDREQUIRESASLAUTH ->
                new ZooKeeperFailure(
                        Kind.REFUSED, user + "not permitted to read " + path + ", or wrong password", cause);
            case UNIMPLEMENTED ->
                new ZooKeeperFailure(
                        Kind.REFUSED, "the server can't watch a whole tree (ZooKeeper 3.6 and newer can)", cause);
            default -> new ZooKeeperFailure(Kind.UNREACHABLE, String.valueOf(cause.getMessage()), cause);
        };
    }

    @Override
    public void close() {
        gone.completeExceptionally(new ZooKeeperFailure(Kind.UNREACHABLE, "closed", null));
        // It waits for a server that may hang, and may be called by the client's own thread.
        daemon(curator::close).start();
    }

    /** What Curator shall send, with {@code callback} for the answer. */
    private interface Request {
        void send(BackgroundCallback callback) throws Exception;
    }
}
