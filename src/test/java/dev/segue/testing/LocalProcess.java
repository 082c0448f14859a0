package dev.segue.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A server as a child process, with a temporary folder of its own; ended by its pid at the latest when the JVM ends. */
final class LocalProcess implements AutoCloseable {
    private static final long END_LIMIT_SECONDS = 20;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final List<String> command;
    private final BooleanSupplier answers;
    private final Thread lastResort = new Thread(this::leaveNothing);
    private @Nullable Process process;

    /**
     * Of a server that is not started yet.
     *
     * @param answers true once it serves
     */
    LocalProcess(Path folder, List<String> command, BooleanSupplier answers) {
        this.folder = folder;
        this.command = List.copyOf(command);
        this.answers = answers;
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Starts it and waits until it answers. */
    void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
            Awaitility.await(command.get(0))
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(answers::getAsBoolean);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(log(), e);
        }
    }

    /** Ends it in order. */
    void stop() {
        end(Process::destroy);
    }

    /** Ends it as a crash would. */
    void kill() {
        end(Process::destroyForcibly);
    }

    private void end(Consumer<Process> how) {
        Process running = running();
        how.accept(running);
        try {
            if (!running.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(command.get(0) + " " + running.pid() + " did not end:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends {@code STOP}, {@code CONT} or another signal. */
    void signal(String name) {
        try {
            int code = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(running().pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " exited " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        leaveNothing();
    }

    private void leaveNothing() {
        if (process != null) {
            kill();
        }
        TempFolders.delete(folder);
    }

    /** What it writes. */
    Path logFile() {
        return folder.resolve("server.log");
    }

    /** Its last words, for a test that fails. */
    String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(command.get(0) + " was not started: is the field annotated?");
        }
        return process;
    }
}
