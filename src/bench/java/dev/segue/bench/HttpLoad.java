package dev.segue.bench;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Constant load on nginx: four clients as in the demo, two on a kept connection and two on a new one each time, and every
 * 100 ms one more request that the upstream holds. What is not an answer of status 200 has failed; only a kept connection
 * that is closed before the first byte of an answer is not a failure: the request is sent again on a new one.
 */
final class HttpLoad implements Closeable {
    private static final long PAUSE_MILLIS = 4;
    private static final long SLOW_PAUSE_MILLIS = 100;

    private final int port;
    private final Duration limit;
    private final List<Thread> quick = new ArrayList<>();
    private final List<Thread> slow = new ArrayList<>();
    private final Thread slowStarter;
    private final LongAdder sent = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicReference<String> lastError = new AtomicReference<>("");
    private volatile boolean stopping;

    /** Starts the load; an answer may take as long as the limit. */
    HttpLoad(int port, Duration limit) {
        this.port = port;
        this.limit = limit;
        for (int client = 0; client < 4; client++) {
            boolean keep = client % 2 == 0;
            quick.add(daemon(() -> askAgainAndAgain(keep)));
        }
        slowStarter = daemon(this::startSlowOnes);
    }

    /** Sends no more, and waits for the answers that are due. */
    void finish() throws InterruptedException {
        stopping = true;
        slowStarter.join();
        for (Thread thread : quick) {
            thread.join();
        }
        for (Thread thread : slow) {
            thread.join();
        }
    }

    long sent() {
        return sent.sum();
    }

    long held() {
        return held.sum();
    }

    long failed() {
        return failed.sum();
    }

    String lastError() {
        return lastError.get();
    }

    @Override
    public void close() {
        stopping = true;
    }

    private void askAgainAndAgain(boolean keep) {
        HttpConnection connection = null;
        while (!stopping) {
            try {
                connection = ask(connection, "/");
                if (!keep || connection.closing()) {
                    connection.close();
                    connection = null;
                }
            } catch (IOException e) {
                connection = null;
                fail(e);
            }
            if (!pause(PAUSE_MILLIS)) {
                return;
            }
        }
    }

    /** Asks on this connection, or on a new one when it is null or was closed; what is returned can be kept. */
    private HttpConnection ask(HttpConnection kept, String path) throws IOException {
        sent.increment();
        HttpConnection connection = kept == null ? new HttpConnection(port, limit) : kept;
        try {
            HttpConnection.Answer answer;
            try {
                answer = connection.get(path);
            } catch (HttpConnection.ClosedBeforeAnswer e) {
                if (kept == null) {
                    throw e;
                }
                connection.close();
                connection = new HttpConnection(port, limit);
                answer = connection.get(path);
            }
            if (answer.status() != 200) {
                throw new IOException("status " + answer.status());
            }
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private void startSlowOnes() {
        while (!stopping) {
            slow.add(daemon(() -> {
                held.increment();
                try {
                    ask(null, "/slow").close();
                } catch (IOException e) {
                    fail(e);
                }
            }));
            if (!pause(SLOW_PAUSE_MILLIS)) {
                return;
            }
        }
    }

    private void fail(IOException e) {
        failed.increment();
        lastError.set(e.toString());
    }

    private static boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(null, work, "load", 256 * 1024);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
