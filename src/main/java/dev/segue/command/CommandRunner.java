package dev.segue.command;

import dev.segue.command.CommandResult.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Runs the shell commands of resource files, each within its time and with its output kept within bounds. */
public final class CommandRunner {
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** How long a child that stays behind may keep us from the output that is still in the pipe. */
    private static final Duration REST_OF_OUTPUT = Duration.ofMillis(200);

    private final Optional<Path> setsid;
    private final LongSupplier nanoTicker;
    private volatile boolean hurried;

    /**
     * @param setsid the program {@code setsid}, if there is one
     * @param nanoTicker counts nanoseconds as {@link System#nanoTime} does
     */
    CommandRunner(Optional<Path> setsid, LongSupplier nanoTicker) {
        this.setsid = setsid;
        this.nanoTicker = nanoTicker;
    }

    /** A runner that puts each command into a process group of its own if this machine has {@code setsid}. */
    public static CommandRunner create(LongSupplier nanoTicker) {
        return new CommandRunner(Launch.setsid(), nanoTicker);
    }

    /**
     * Runs {@code line} with {@code /bin/sh -c}, standard input empty, in the environment of this process less the
     * store's password.
     *
     * <p>Blocks until the shell has ended; what it leaves in the background is not waited for. If it runs longer than
     * {@code limit} (zero for no limit), or if the calling thread is interrupted, it and all that it started get TERM and,
     * after two seconds, KILL: so it blocks two seconds longer than {@code limit} at most, or, where the system cannot
     * end a process, four. An interrupted thread stays interrupted. Any number of threads may run commands at a time.
     */
    public CommandResult run(String line, Duration limit) {
        long start = nanoTicker.getAsLong();
        if (Thread.currentThread().isInterrupted()) {
            return new CommandResult(new Ending.Cancelled(), CommandOutput.EMPTY, Duration.ZERO);
        }
        Process process;
        try {
            process = start(line);
        } catch (IOException e) {
            return new CommandResult(new Ending.NotStarted(Launch.why(e)), CommandOutput.EMPTY, since(start));
        }
        OutputCapture capture = new OutputCapture(process.getInputStream());
        capture.start("output of " + process.pid());
        Ending ending = await(process, capture, limit);
        return new CommandResult(ending, capture.soFar(), since(start));
    }

    /** From now on a command that has to end is killed at once, also one that was asked to before. From any thread. */
    public void hurry() {
        hurried = true;
    }

    private Process start(String line) throws IOException {
        return Launch.prepare(setsid, List.of("/bin/sh", "-c", line))
                .redirectInput(Launch.FROM_NOTHING)
                .redirectErrorStream(true)
                .start();
    }

    private Ending await(Process process, OutputCapture capture, Duration limit) {
        Ending ending;
        try {
            if (hasEnded(process, limit)) {
                ending = new Ending.Exited(process.exitValue());
            } else {
                end(process);
                ending = new Ending.TimedOut(limit);
            }
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            ending = new Ending.Cancelled();
        }
        capture.awaitEnd(REST_OF_OUTPUT);
        return ending;
    }

    private static boolean hasEnded(Process process, Duration limit) throws InterruptedException {
        if (limit.isZero()) {
            process.waitFor();
            return true;
        }
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void end(Process process) {
        ProcessFamily family = ProcessFamily.of(process.toHandle());
        family.terminate();
        family.awaitEnd(GRACE, () -> hurried);
        // Before the group: once a member is dead, what it started in a group of its own is nobody's child.
        family.kill();
        if (setsid.isPresent()) {
            Signal.KILL.sendToGroup(process.pid());
        }
        family.awaitEnd(GRACE, () -> false);
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanoTicker.getAsLong() - start);
    }
}
