package dev.segue.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** People using the site: one with a kept connection, one with a new connection for each request, until closed. */
public final class SteadyLoad implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final URI uri;
    private final long pauseNanos;
    private final AtomicLong sent = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> people;
    private volatile boolean done;

    private SteadyLoad(int port, String path, Duration pause) {
        this.pauseNanos = pause.toNanos();
        this.uri = URI.create("http://127.0.0.1:" + port + path);
        this.people = Stream.of("keep-alive", "close")
                .map(connection -> new Thread(() -> browse(connection), "load-" + connection))
                .toList();
    }

    /** One request after another. */
    public static SteadyLoad on(int port) {
        return on(port, Duration.ZERO);
    }

    /** With {@code pause} between one answer and the next request. */
    public static SteadyLoad on(int port, Duration pause) {
        return on(port, "/", pause);
    }

    /** As {@link #on(int, Duration)}, for {@code path}. */
    public static SteadyLoad on(int port, String path, Duration pause) {
        SteadyLoad load = new SteadyLoad(port, path, pause);
        load.people.forEach(Thread::start);
        return load;
    }

    public long sent() {
        return sent.get();
    }

    /** What went wrong, a line each; empty when every request was answered with 200. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    private void browse(String connection) {
        while (!done) {
            try {
                int status = ask(connection);
                if (status != 200) {
                    failures.add(connection + ": status " + status);
                }
            } catch (IOException e) {
                failures.add(connection + ": " + e);
            }
            sent.incrementAndGet();
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private int ask(String connection) throws IOException {
        HttpURLConnection request = (HttpURLConnection) uri.toURL().openConnection();
        request.setRequestProperty("Connection", connection);
        request.setReadTimeout(PATIENCE_MILLIS);
        int status = request.getResponseCode();
        try (InputStream body = status < 400 ? request.getInputStream() : request.getErrorStream()) {
            body.readAllBytes();
        }
        return status;
    }

    @Override
    public void close() {
        done = true;
        for (Thread person : people) {
            try {
                person.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
