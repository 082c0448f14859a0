package dev.segue.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The program that Segue supervises: {@code segue URL -- nginx -g 'daemon off;'}.
 *
 * <p>It shares Segue's standard input, output and error, and has a process group of its own if this machine has {@code
 * setsid}. Any thread may use it.
 */
public final class ChildProcess {
    /** What each program takes as "finish what you have, then end". */
    private static final Map<String, Signal> GRACEFUL_STOP =
            Map.of("nginx", Signal.QUIT, "haproxy", Signal.USR1, "apache2", Signal.WINCH, "httpd", Signal.WINCH);

    /** An exit code above this says which signal ended the process. */
    private static final int BY_A_SIGNAL = 128;

    private final Process process;
    private final Signal gracefulStop;
    private final CompletableFuture<Integer> exit;

    private ChildProcess(Process process, Signal gracefulStop, Optional<Path> setsid) {
        this.process = process;
        this.gracefulStop = gracefulStop;
        this.exit = process.onExit().thenApplyAsync(ended -> {
            // Killed, it could not end its workers, which hold its ports.
            if (ended.exitValue() > BY_A_SIGNAL && setsid.isPresent()) {
                Signal.TERM.sendToGroup(ended.pid());
            }
            return ended.exitValue();
        });
    }

    /**
     * Starts {@code command}, a program and its arguments, in the environment of this process less the store's password.
     *
     * @throws CommandException if the system started nothing
     */
    public static ChildProcess start(List<String> command) throws CommandException {
        // Why a program cannot be started is for the system to say, not for setsid.
        Optional<Path> setsid = Launch.setsid().filter(it -> Launch.finds(command.get(0)));
        try {
            String program = String.valueOf(Path.of(command.get(0)).getFileName());
            return new ChildProcess(
                    Launch.prepare(setsid, command).inheritIO().start(),
                    GRACEFUL_STOP.getOrDefault(program, Signal.TERM),
                    setsid);
        } catch (IOException e) {
            throw new CommandException(command.get(0) + ": could not be started: " + Launch.why(e), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Done when the child has ended, with its exit code: 128 and the signal's number if a signal ended it. Then what it
     * left behind in its process group was told to end too, by TERM.
     */
    public CompletableFuture<Integer> onExit() {
        return exit.copy();
    }

    /** Sends {@code signal} to the child, not to its children; does nothing once it has ended. Blocks for milliseconds. */
    public void signal(Signal signal) {
        if (process.isAlive()) {
            signal.send(process.pid());
        }
    }

    /** Asks the child to finish what it has and then to end, by the signal that it takes for that. As {@link #signal}. */
    public void askToEnd() {
        signal(gracefulStop);
    }

    /**
     * Asks the child to end with {@code signal}, and ends it and all that it started with KILL when it has not ended after
     * {@code grace}. Returns its exit code when it has ended; an interruption does not cut that short.
     */
    public int stop(Signal signal, Duration grace) {
        signal(signal);
        return endsWithin(grace) ? onExit().join() : kill();
    }

    /** True once the child has ended; blocks for {@code longest} at most, and an interruption does not cut that short. */
    public boolean endsWithin(Duration longest) {
        onExit().completeOnTimeout(0, longest.toMillis(), TimeUnit.MILLISECONDS).join();
        return !process.isAlive();
    }

    /** Ends the child and all that it started with KILL; returns its exit code when it has ended. */
    public int kill() {
        if (process.isAlive()) {
            ProcessFamily.of(process.toHandle()).kill();
        }
        return onExit().join();
    }
}
