package dev.segue.cutover;

import dev.segue.cutover.RiseAndFall.Standing;
import dev.segue.settings.RegisterRequest.Probing;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one server again and again whether it is well, on a thread of its own, until it is closed. */
final class Prober implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private final Probing probing;
    private final Probe probe;
    private final Runnable changed;
    private final RiseAndFall riseAndFall;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "prober");
    private volatile Finding finding = new Finding(Standing.UNKNOWN, "");

    /** How the server stands, and what is wrong with it if it is not well. */
    record Finding(Standing standing, String problem) {}

    private Prober(Probing probing, Probe probe, Runnable changed) {
        this.probing = probing;
        this.probe = probe;
        this.changed = changed;
        this.riseAndFall = new RiseAndFall(probing.rise(), probing.fall());
    }

    /** @param changed run on another thread when the server stands otherwise than before; must not block */
    static Prober start(Probing probing, Probe probe, Runnable changed) {
        Prober prober = new Prober(probing, probe, changed);
        prober.thread.setDaemon(true);
        prober.thread.start();
        return prober;
    }

    /** As the last answers had it. From any thread. */
    Finding finding() {
        return finding;
    }

    private void run() {
        try {
            do {
                Optional<String> problem = problem();
                problem.ifPresent(words -> LOG.debug("{}", words));
                Finding before = finding;
                Standing standing = riseAndFall.after(problem.isEmpty());
                if (standing != before.standing()) {
                    finding = new Finding(standing, problem.orElse(""));
                    changed.run();
                }
            } while (!closed.await(probing.interval().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            return;
        }
    }

    private Optional<String> problem() {
        try {
            return probe.problem(probing.urls());
        } catch (RuntimeException e) {
            LOG.error("asking the server failed by a bug", e);
            return Optional.of("cannot be asked because of a bug in Segue");
        }
    }

    /** Returns at once; a question that is under way is left behind. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
