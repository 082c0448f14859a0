package dev.segue.store.etcd;

import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.etcd.EtcdFailure.Reason;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One connection to one node, made by {@link #open} or the first request; once lost it stays lost.
 *
 * <p>One thread asks; {@link #close} may come from any thread and fails what is under way.
 */
final class EtcdConnection implements AutoCloseable {
    /** Held here because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger GRPC_LOGGER = Logger.getLogger("io.grpc");

    /** Where jetcd's own channel would go if it were ever used. */
    private static final String UNUSED_TARGET = "dns:///unused";

    /** The one service that has no answer to wait for. */
    private static final String WATCH = "etcdserverpb.Watch";

    private static final String READ = "read all of the keys asked for";

    private static final int MOST_MESSAGE_BYTES = 64 * 1024 * 1024;

    /** gRPC takes no less than 10 s. A silent connection under a watch is found after the sum of both. */
    private static final Duration KEEP_ALIVE_AFTER = Duration.ofSeconds(10);

    private static final Duration KEEP_ALIVE_ANSWER = Duration.ofSeconds(3);

    /** What a request may take beyond its deadline, should gRPC lose it altogether. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    static {
        GRPC_LOGGER.setLevel(Level.SEVERE);
    }

    private final URI node;
    private final StoreSettings settings;
    private final Optional<Login> login;
    private final ManagedChannel channel;
    private final Client client;
    private final Runnable onLost;
    private boolean answered;
    private volatile boolean lost;
    private volatile boolean closed;

    /**
     * A connection to {@code node} that is yet to be made.
     *
     * @param login user and password, if the node is to be given any
     * @param onLost run on another thread when a connection that once answered has broken; must not block
     * @throws EtcdFailure if the files for TLS are not what they should be
     */
    EtcdConnection(URI node, StoreSettings settings, Optional<Login> login, EventLoopGroup eventLoop, Runnable onLost)
            throws EtcdFailure {
        this.node = node;
        this.settings = settings;
        this.login = login;
        this.onLost = onLost;
        this.channel = channel(node, settings, eventLoop);
        this.client = client(login);
    }

    private static ManagedChannel channel(URI node, StoreSettings settings, EventLoopGroup eventLoop)
            throws EtcdFailure {
        String host = node.getHost().replaceAll("^\\[|]$", "");
        // Half the time of a request, so that a second address of the same name gets its turn within it.
        int connectMillis = Math.toIntExact(settings.requestTimeout().toMillis() / 2);
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(host, node.getPort())
                .eventLoopGroup(eventLoop)
                .channelType(NioSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                .maxInboundMessageSize(MOST_MESSAGE_BYTES)
                .keepAliveTime(KEEP_ALIVE_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(KEEP_ALIVE_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .directExecutor()
                .disableRetry()
                .disableServiceConfigLookUp();
        if (node.getScheme().equals("https")) {
            builder.negotiationType(NegotiationType.TLS).sslContext(EtcdTls.context(settings.certificates()));
        } else {
            builder.negotiationType(NegotiationType.PLAINTEXT);
        }
        return builder.build();
    }

    private Client client(Optional<Login> present) {
        ClientBuilder builder = Client.builder()
                .target(UNUSED_TARGET)
                .interceptor(new OurChannel())
                .waitForReady(false)
                .retryMaxAttempts(0);
        present.ifPresent(
                given -> builder.user(EtcdText.bytes(given.user())).password(EtcdText.bytes(given.password())));
        return builder.build();
    }

    URI node() {
        return node;
    }

    /** Begins to connect, for a request that is to come. */
    void open() {
        channel.getState(true);
        client.getKVClient();
    }

    /** True once a request was answered. For the thread that asks. */
    boolean hasAnswered() {
        return answered;
    }

    /** True once the connection has broken, or was closed: nothing more will come of it. */
    boolean lost() {
        return lost || closed;
    }

    /** One read; blocks for at most the request time limit. */
    GetResponse get(ByteSequence key, GetOption option) throws EtcdFailure {
        return ask(READ, client -> client.getKVClient().get(key, option));
    }

    /** Some reads at one revision; blocks for at most the request time limit. */
    TxnResponse txn(Op... operations) throws EtcdFailure {
        return ask(READ, client -> client.getKVClient().txn().Then(operations).commit());
    }

    /**
     * The answer to any one request; blocks for at most the request time limit.
     *
     * @param wish what the request needs a right for, for the message if that is missing: {@code read /app}
     */
    <T> T ask(String wish, Function<Client, CompletableFuture<T>> request) throws EtcdFailure {
        T answer;
        try {
            answer = askOnce(wish, request);
        } catch (EtcdFailure e) {
            if (e.reason() != Reason.LOGIN_EXPIRED) {
                throw e;
            }
            // Whatever it was, etcd has not done it for a login that has expired.
            answer = askOnce(wish, request);
        }
        if (!answered) {
            answered = true;
            channel.notifyWhenStateChanged(ConnectivityState.READY, this::noteLoss);
        }
        return answer;
    }

    /**
     * Starts a watch; {@code listener} runs on gRPC's threads.
     *
     * @throws EtcdFailure if the connection was closed in the meantime
     */
    Watch.Watcher watch(ByteSequence key, WatchOption option, Watch.Listener listener) throws EtcdFailure {
        try {
            return client.getWatchClient().watch(key, option, listener);
        } catch (RuntimeException e) {
            if (closed) {
                throw new EtcdFailure(Reason.CLOSED, "closed", e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        channel.shutdownNow();
    }

    private <T> T askOnce(String wish, Function<Client, CompletableFuture<T>> request) throws EtcdFailure {
        try {
            return request.apply(client)
                    .get(settings.requestTimeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(wish, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            throw failure(wish, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EtcdFailure(Reason.UNREACHABLE, "interrupted", e);
        }
    }

    private EtcdFailure failure(String wish, Throwable thrown) {
        return closed
                ? new EtcdFailure(Reason.CLOSED, "closed", thrown)
                : new Diagnosis(node, settings, login, wish).of(thrown);
    }

    private void noteLoss() {
        lost = true;
        if (!closed) {
            onLost.run();
        }
    }

    /** Carries jetcd's calls over our channel, each request (but no watch) with its time limit. */
    private final class OurChannel implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            boolean isRequest = !WATCH.equals(method.getServiceName());
            long limitMillis = settings.requestTimeout().toMillis();
            return channel.newCall(
                    method, isRequest ? options.withDeadlineAfter(limitMillis, TimeUnit.MILLISECONDS) : options);
        }
    }
}
