package dev.segue.probe;

import dev.segue.testing.FreePorts;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that treats each connection as a test wishes, one thread for each. */
final class RawServer implements Closeable {
    private final ServerSocket listener;
    private final Manners manners;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket listener, Manners manners) {
        this.listener = listener;
        this.manners = manners;
    }

    /** What becomes of a connection; it is closed afterwards. */
    interface Manners {
        void treat(Socket connection) throws IOException, InterruptedException;
    }

    static RawServer start(Manners manners) throws IOException {
        RawServer server =
                new RawServer(new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress()), manners);
        start(server::accept);
        return server;
    }

    /** Answers each request with {@code text} as it is, then closes. */
    static RawServer answering(String text) throws IOException {
        return start(connection -> {
            readRequest(connection);
            connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        });
    }

    /** Takes all that is sent and never says a word. */
    static RawServer mute() throws IOException {
        return start(connection -> connection.getInputStream().readAllBytes());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    int connectionCount() {
        return connections.size();
    }

    /** Up to the empty line. */
    static String readRequest(Socket connection) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = connection.getInputStream().read();
            if (next < 0) {
                return request.toString();
            }
            request.append((char) next);
        }
        return request.toString();
    }

    private void accept() {
        while (true) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                start(() -> treat(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void treat(Socket connection) {
        try (connection) {
            manners.treat(connection);
        } catch (IOException e) {
            // The client is gone, which is its right.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
