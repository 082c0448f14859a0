package dev.segue.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/** nginx answers the value to one who has just connected; asked every millisecond, for a question costs nginx something too. */
final class ServeArrival implements Arrival {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = 1_000_000;

    private final int port;
    private long asked = System.nanoTime();

    ServeArrival(int port) {
        this.port = port;
    }

    @Override
    public void arm() {
        // What it answered before does not matter: each value is put once.
    }

    @Override
    public OptionalLong look(String value) throws IOException {
        if (System.nanoTime() - asked < PAUSE_NANOS) {
            return OptionalLong.empty();
        }
        asked = System.nanoTime();
        HttpConnection connection = new HttpConnection(port, LIMIT);
        try {
            boolean served = connection.get("/").body().equals(value);
            return served ? OptionalLong.of(System.nanoTime()) : OptionalLong.empty();
        } catch (HttpConnection.ClosedBeforeAnswer e) {
            // An old worker may close what it has not read yet.
            return OptionalLong.empty();
        } finally {
            connection.reset();
        }
    }
}
