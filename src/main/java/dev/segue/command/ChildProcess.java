package dev.segue.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The program that Segue supervises: {@code segue URL -- nginx -g 'daemon off;'}.
 *
 * <p>It shares Segue's standard input, output and error, and its process group. Any thread may use it.
 */
public final class ChildProcess {
    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts {@code command}, a program and its arguments, in the environment of this process less the store's password.
     *
     * @throws CommandException if the system started nothing
     */
    public static ChildProcess start(List<String> command) throws CommandException {
        try {
            return new ChildProcess(Launch.prepare(command).inheritIO().start());
        } catch (IOException e) {
            throw new CommandException(command.get(0) + ": could not be started: " + Launch.why(e), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Done when the child has ended, with its exit code: 128 and the signal's number if a signal ended it. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Sends {@code signal} to the child, not to its children; does nothing once it has ended. Blocks for milliseconds. */
    public void signal(Signal signal) {
        if (process.isAlive()) {
            signal.send(process.pid());
        }
    }

    /**
     * Asks the child to end with {@code signal}, and ends it and all that it started with KILL when it has not ended after
     * {@code grace}. Returns its exit code when it has ended; an interruption does not cut that short.
     */
    public int stop(Signal signal, Duration grace) {
        signal(signal);
        onExit().completeOnTimeout(0, grace.toMillis(), TimeUnit.MILLISECONDS).join();
        if (process.isAlive()) {
            ProcessFamily.of(process.toHandle()).kill();
        }
        return onExit().join();
    }
}
