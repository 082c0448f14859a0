package dev.segue.probe;

import dev.segue.probe.Answer.Silent;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a server with one GET on a connection of its own. Keeps nothing between two questions. */
public final class HttpProbe {
    /**
     * What {@code url} answers now, redirects included, which are not followed. Blocks at most {@code timeout}, name
     * look-up included, and less if the thread is interrupted, which then stays so.
     *
     * @param url {@code http} or {@code https} with a host; certificates are checked against the JDK's authorities
     * @param timeout positive
     * @return never an exception for what the network or the server does
     */
    public Answer ask(URI url, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout must be positive, not " + timeout);
        }
        Question question = new Question(url);
        FutureTask<Answer> task = new FutureTask<>(question);
        Thread thread = new Thread(task, "probe");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Silent("no answer within " + seconds(timeout));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Silent("cancelled");
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking " + url.getHost() + " failed in an unforeseen way", e.getCause());
        } finally {
            question.drop();
        }
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
