package dev.segue.store.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.IOUtils;

/**
 * Makes the sockets of one store, for one thread. {@link #close} may come from any, and ends the one that was begun last: a
 * server that takes a connection and then is silent would else be waited for.
 */
final class RedisSockets implements AutoCloseable {
    private volatile @Nullable Socket latest;
    private volatile boolean closed;

    /** A connected socket, at which each read blocks for {@code limit} at most, and so does this for each address. */
    Socket connect(HostAndPort server, Duration limit) {
        JedisConnectionException failure = new JedisConnectionException("not reachable");
        try {
            for (InetAddress address : InetAddress.getAllByName(server.getHost())) {
                Socket socket = new Socket();
                latest = socket;
                try {
                    connect(
                            socket,
                            new InetSocketAddress(address, server.getPort()),
                            Math.toIntExact(limit.toMillis()));
                    return socket;
                } catch (IOException e) {
                    IOUtils.closeQuietly(socket);
                    failure.addSuppressed(e);
                }
            }
        } catch (UnknownHostException e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }

    private void connect(Socket socket, InetSocketAddress address, int limitMillis) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        socket.setKeepAlive(true);
        socket.setTcpNoDelay(true);
        // What is on its way when we leave is of no use to anybody.
        socket.setSoLinger(true, 0);
        socket.setSoTimeout(limitMillis);
        socket.connect(address, limitMillis);
    }

    @Override
    public void close() {
        closed = true;
        Socket begun = latest;
        if (begun != null) {
            IOUtils.closeQuietly(begun);
        }
    }
}
