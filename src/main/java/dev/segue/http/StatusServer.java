package dev.segue.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.settings.Build;
import dev.segue.status.Health;
import dev.segue.status.StatusBoard;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the board to monitoring, and nothing else.
 *
 * <p>A client has {@value #REQUEST_SECONDS} s to send its request and as long to take the answer. As many as
 * {@value #THREADS} are answered at once; the connections of more than that are closed.
 */
public final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    private static final int THREADS = 16;
    private static final int CONNECTIONS = 64;
    private static final int REQUEST_SECONDS = 5;
    private static final int IDLE_SECONDS = 10;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Pages pages;

    private StatusServer(HttpServer server, ExecutorService threads, Pages pages) {
        this.server = server;
        this.threads = threads;
        this.pages = pages;
    }

    /**
     * Listens from now on.
     *
     * @param address port 0 takes any that is free
     * @throws IOException if nobody can listen there: the port is taken, or the address not ours
     */
    public static StatusServer start(InetSocketAddress address, StatusBoard board, Health.Limits limits, Build build)
            throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("no such host: " + address.getHostString());
        }
        bound();
        ExecutorService threads = threads();
        HttpServer server = HttpServer.create(address, CONNECTIONS);
        StatusServer started = new StatusServer(server, threads, new Pages(board, limits, build));
        server.setExecutor(threads);
        server.createContext("/", started::answer);
        server.start();
        return started;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Requests under way are cut off. Returns within a second. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** The server knows no other way to be told; what somebody set by a flag of the JVM stands. */
    private static void bound() {
        bound("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        bound("sun.net.httpserver.maxRspTime", REQUEST_SECONDS);
        bound("sun.net.httpserver.idleInterval", IDLE_SECONDS);
        // Java 17 does not know this one, and has no bound but its threads.
        bound("jdk.httpserver.maxConnections", CONNECTIONS);
    }

    private static void bound(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    /** None while nobody asks. A connection that finds no thread is closed, so that nobody's wait holds up another's. */
    private static ExecutorService threads() {
        return new ThreadPoolExecutor(0, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), request -> {
            Thread thread = new Thread(request, "http");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answerTo(exchange));
        }
    }

    private Answer answerTo(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.text(Answer.METHOD_NOT_ALLOWED, List.of("Only GET and HEAD: nothing can be changed here"));
        }
        try {
            String accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                    .orElse("");
            return pages.page(exchange.getRequestURI().getPath(), accept);
        } catch (RuntimeException e) {
            LOG.error("{}: a bug in Segue", exchange.getRequestURI().getPath(), e);
            return Answer.text(Answer.BUG, List.of("a bug in Segue (the log has its trace)"));
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
