package dev.segue.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command's output to its end on a thread of its own and keeps the first and the last 32 KiB.
 *
 * <p>Reading never stops before the end: a child that outlives its command can go on writing, for nobody.
 */
final class OutputCapture {
    private static final int KEPT_EACH_END_BYTES = 32 * 1024;

    private final InputStream stream;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] tail = new byte[KEPT_EACH_END_BYTES];
    private long tailWritten;

    OutputCapture(InputStream stream) {
        this.stream = stream;
    }

    /** Begins to read; {@code name} is the thread's. */
    void start(String name) {
        Thread reader = new Thread(this::readAll, name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for the end of the output, at most {@code limit}; an interruption does not cut it short. */
    void awaitEnd(Duration limit) {
        ended.copy()
                .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** What has been read so far. */
    synchronized CommandOutput soFar() {
        long leftOut = Math.max(0, tailWritten - KEPT_EACH_END_BYTES);
        byte[] end;
        if (leftOut == 0) {
            end = Arrays.copyOf(tail, (int) tailWritten);
        } else {
            int oldest = (int) (tailWritten % KEPT_EACH_END_BYTES);
            end = Arrays.copyOfRange(tail, oldest, oldest + KEPT_EACH_END_BYTES);
            System.arraycopy(tail, 0, end, KEPT_EACH_END_BYTES - oldest, oldest);
        }
        return new CommandOutput(head.toByteArray(), end, leftOut);
    }

    private void readAll() {
        byte[] chunk = new byte[8192];
        // When the process ends, the JDK's reaper takes the same monitor and then reads for as long as there is
        // anything:
        // without end, into memory, if a child that stays behind floods. Held until the end, it lets the reaper find
        // nothing.
        synchronized (stream) {
            try {
                for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
                    keep(chunk, n);
                }
            } catch (IOException e) {
                // A pipe that cannot be read any more has ended.
            } finally {
                ended.complete(null);
            }
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        int toHead = Math.min(length, KEPT_EACH_END_BYTES - head.size());
        head.write(chunk, 0, toHead);
        for (int i = toHead; i < length; i++) {
            tail[(int) (tailWritten++ % KEPT_EACH_END_BYTES)] = chunk[i];
        }
    }
}
