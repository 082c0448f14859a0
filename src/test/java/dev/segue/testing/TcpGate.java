package dev.segue.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server on the loopback and can fail as networks do: break, refuse, go silent.
 *
 * <p>Methods may be called from any thread. {@link #close} ends all its threads.
 */
public final class TcpGate implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final int port = FreePorts.next();
    private final int target;
    private final List<Closeable> open = new ArrayList<>();
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    private int connections;
    /** Connections up to this number are silent. */
    private int silentUpTo;

    private @Nullable ServerSocket server;
    private @Nullable Thread acceptor;

    private TcpGate(int target) {
        this.target = target;
    }

    /** An open gate to a port of the loopback. */
    public static TcpGate to(int target) {
        TcpGate gate = new TcpGate(target);
        gate.open();
        return gate;
    }

    public int port() {
        return port;
    }

    /** Lets connections in again, after {@link #cut}. */
    public synchronized void open() {
        try {
            ServerSocket listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            server = listening;
            acceptor = start("gate-" + port, () -> accept(listening));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks every connection and refuses new ones; on return the port is free. */
    public void cut() {
        Thread ending = shut();
        try {
            // As long as it sits in accept() the kernel goes on listening.
            if (ending != null) {
                ending.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Thread shut() {
        closeQuietly(server);
        server = null;
        open.forEach(TcpGate::closeQuietly);
        open.clear();
        return acceptor;
    }

    /** Passes nothing on any more, in either direction, and keeps all connections open: a dead cable. */
    public synchronized void silence() {
        silentUpTo = Integer.MAX_VALUE;
    }

    /** As {@link #silence}, but new connections are well: a firewall on the way that forgot the old ones. */
    public synchronized void silenceOpenOnes() {
        silentUpTo = connections;
    }

    /** Ends {@link #silence}: passes on what was held back, and whatever comes. */
    public synchronized void heal() {
        silentUpTo = 0;
        notifyAll();
    }

    /** Runs {@code deed}, once, when the server has sent {@code bytes} more; what it sends then waits until it is done. */
    public void afterBytes(long bytes, Runnable deed) {
        trap.set(new Trap(bytes, deed));
    }

    @Override
    public void close() {
        cut();
        heal();
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                int number = register(listening, client, upstream);
                start("gate-up", () -> pass(number, client, upstream, Direction.TO_SERVER));
                start("gate-down", () -> pass(number, upstream, client, Direction.TO_CLIENT));
            }
        } catch (IOException e) {
            closeQuietly(listening);
        }
    }

    private synchronized int register(ServerSocket from, Socket client, Socket upstream) {
        if (!from.equals(server)) {
            closeQuietly(client);
            closeQuietly(upstream);
        }
        open.add(client);
        open.add(upstream);
        connections++;
        return connections;
    }

    private enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private void pass(int connection, Socket from, Socket to, Direction direction) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (direction == Direction.TO_CLIENT) {
                    springTrap(count);
                }
                awaitSound(connection);
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            closeQuietly(from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeQuietly(to);
    }

    private void springTrap(int count) {
        Trap set = trap.get();
        if (set == null) {
            return;
        }
        Trap left = new Trap(set.bytes() - count, set.deed());
        boolean sprung = left.bytes() <= 0;
        if (trap.compareAndSet(set, sprung ? null : left) && sprung) {
            set.deed().run();
        }
    }

    private synchronized void awaitSound(int connection) throws InterruptedException {
        while (connection <= silentUpTo) {
            wait();
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void closeQuietly(@Nullable Closeable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Trap(long bytes, Runnable deed) {}
}
