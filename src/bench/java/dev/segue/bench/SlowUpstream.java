package dev.segue.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The same application on many addresses of the loopback. It answers /slow after a while, without a thread for each request, and
 * all else at once.
 */
final class SlowUpstream implements Closeable {
    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final int port;

    SlowUpstream(int port, int addresses, Duration hold) throws IOException {
        this.port = port;
        for (int i = 0; i < addresses; i++) {
            HttpServer server = HttpServer.create(new InetSocketAddress(host(i), port), 1024);
            server.setExecutor(pool);
            server.createContext("/", SlowUpstream::answer);
            server.createContext(
                    "/slow",
                    exchange -> later.schedule(() -> answer(exchange), hold.toMillis(), TimeUnit.MILLISECONDS));
            server.start();
            servers.add(server);
        }
    }

    /** Where one of them listens. */
    String address(int number) {
        return host(number % servers.size()) + ":" + port;
    }

    private static String host(int number) {
        return "127.0.1." + (number + 1);
    }

    private static void answer(HttpExchange exchange) {
        try (exchange) {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
        } catch (IOException e) {
            // nginx has gone away; whoever asked it counts that.
        }
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        pool.shutdownNow();
        later.shutdownNow();
    }
}
