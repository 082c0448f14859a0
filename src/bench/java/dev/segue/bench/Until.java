package dev.segue.bench;

import java.io.IOException;
import java.time.Duration;

/** Waiting for what must come, when it is not measured. */
final class Until {
    private Until() {}

    /** Something that may be so by now. */
    interface Condition {
        boolean holds() throws IOException, BenchException;
    }

    /** Asks every 5 ms, and fails after the limit or when the program that has to bring it about has ended. */
    static void holds(Duration limit, String what, Program program, Condition condition)
            throws BenchException, InterruptedException, IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            program.mustRun();
            if (System.nanoTime() > end) {
                throw new BenchException(what + ": not within " + limit.toSeconds() + " s" + program.lastLines());
            }
            Thread.sleep(5);
        }
    }
}
