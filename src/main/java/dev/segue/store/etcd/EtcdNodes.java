package dev.segue.store.etcd;

import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.etcd.EtcdFailure.Reason;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one store, and the one connection that is open: to the node whose turn it is.
 *
 * <p>Owns the event loop below all connections. One thread connects; {@link #close} may come from any thread.
 */
final class EtcdNodes implements AutoCloseable {
    private static final long LOOP_END_MILLIS = 500;

    static {
        NettyTuning.apply();
    }

    private final StoreSettings settings;
    private final List<URI> nodes;
    private final Runnable onLost;
    private int turn;
    private @Nullable EventLoopGroup eventLoop;
    private @Nullable EtcdConnection connection;
    private boolean closed;

    /** As yet no connection and no thread; {@code onLost} runs whenever a connection breaks that had answered. */
    EtcdNodes(StoreSettings settings, Runnable onLost) {
        this.settings = settings;
        this.nodes = settings.nodes();
        this.onLost = onLost;
    }

    int size() {
        return nodes.size();
    }

    /** The node whose turn it is. */
    synchronized URI node() {
        return nodes.get(turn);
    }

    /** The next connection goes to the next node. */
    synchronized void passOn() {
        turn = (turn + 1) % nodes.size();
    }

    /** The open connection, if there is one that has not broken. */
    synchronized Optional<EtcdConnection> connection() {
        return Optional.ofNullable(connection).filter(open -> !open.lost());
    }

    /** Makes a connection ahead of the first request, unless there has been one. */
    synchronized void connectFirst(Optional<Login> login) throws EtcdFailure {
        if (eventLoop == null && !closed) {
            connect(login).open();
        }
    }

    /** A new connection to the node whose turn it is; the one before it is closed. */
    synchronized EtcdConnection connect(Optional<Login> login) throws EtcdFailure {
        disconnect();
        if (closed) {
            throw new EtcdFailure(Reason.CLOSED, "closed", null);
        }
        if (eventLoop == null) {
            eventLoop = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("etcd-connection", true), NioIoHandler.newFactory());
        }
        EtcdConnection opened = new EtcdConnection(node(), settings, login, eventLoop, onLost);
        connection = opened;
        return opened;
    }

    /** Closes the open connection, if any. */
    synchronized void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** Closes everything for good; returns within a second. */
    @Override
    public void close() {
        EventLoopGroup loop = closeConnection();
        if (loop != null) {
            // Without this the JVM waits 300 ms at its end for the thread in select().
            loop.shutdownGracefully(0, LOOP_END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(LOOP_END_MILLIS);
        }
    }

    private synchronized @Nullable EventLoopGroup closeConnection() {
        closed = true;
        disconnect();
        EventLoopGroup loop = eventLoop;
        eventLoop = null;
        return loop;
    }
}
