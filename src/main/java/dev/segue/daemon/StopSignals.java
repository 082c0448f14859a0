package dev.segue.daemon;

import dev.segue.settings.ExitCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TERM and INT: the first one asks a run to end, the next one not to wait for anything while it does.
 *
 * <p>They are taken over before there is anything to stop. One that comes that early interrupts the thread that prepares
 * the run, and the run never begins.
 */
final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    /** What is left to a run that was told to hurry. */
    static final long LAST_GRACE_MILLIS = 1000;

    /** How a run ends; each is called on a thread of the JVM's, at the same time as the other if need be. */
    interface Answer {
        /** In order. */
        void stop();

        /** At once; may come again. */
        void hurry();
    }

    private final Thread main = Thread.currentThread();
    private @Nullable Answer answer;
    private @Nullable String first;
    private boolean again;

    /** Not yet told of any signal; belongs to the thread that calls it. */
    StopSignals() {}

    /** From now on these signals end nothing by themselves. To be called on the thread that the run will be on. */
    static StopSignals takeOver() {
        StopSignals signals = new StopSignals();
        Signals.answer(signals::came, "TERM", "INT");
        return signals;
    }

    /** Has {@code run} answer to the signals, also to those that came before. On the thread that took them over. */
    synchronized void answerWith(Answer run) {
        answer = run;
        if (first != null) {
            // It was meant for what came before the run.
            Thread.interrupted();
            Thread late = new Thread(again ? run::hurry : run::stop, "late signal");
            late.setDaemon(true);
            late.start();
        }
    }

    /** True once one of them came. From any thread. */
    synchronized boolean came() {
        return first != null;
    }

    /** True once the run was told to hurry. From any thread. */
    synchronized boolean cameAgain() {
        return again;
    }

    /** 128 and the number of the first that came, as a shell has it for a run that a signal cut short. */
    synchronized Optional<ExitCode> exitCode() {
        return Optional.ofNullable(first).map(name -> name.equals("INT") ? ExitCode.INTERRUPTED : ExitCode.TERMINATED);
    }

    /** Takes note of a signal and has the run answer; on a thread of its own for each. */
    void came(String name) {
        String word = name.equals("INT") ? "interrupt" : "terminated";
        Answer run;
        boolean hurry;
        boolean firstHurry;
        synchronized (this) {
            hurry = first != null;
            firstHurry = hurry && !again;
            if (!hurry) {
                first = name;
                LOG.info("Captured {}. Exiting...", word);
            } else if (firstHurry) {
                again = true;
                LOG.info("Captured {} again. Not waiting any longer", word);
            }
            run = answer;
            if (run == null) {
                main.interrupt();
            }
        }
        if (firstHurry) {
            // Whatever the run still waits for by then, it is left behind.
            CompletableFuture.delayedExecutor(LAST_GRACE_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(main::interrupt);
        }
        if (run != null) {
            if (hurry) {
                run.hurry();
            } else {
                run.stop();
            }
        }
    }
}
