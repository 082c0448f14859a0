package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that the benchmark started, with its children. */
final class Program {
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final String name;
    private final Path log;

    Program(Process process, String name, Path log) {
        this.process = process;
        this.name = name;
        this.log = log;
    }

    long pid() {
        return process.pid();
    }

    /** What it and its children use. */
    ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    /** Fails with the last lines of its output when it does not run any more. */
    void mustRun() throws BenchException {
        if (!process.isAlive()) {
            throw new BenchException(name + " has ended with " + process.exitValue() + lastLines());
        }
    }

    /** Waits for its end, which must be a good one; the time when it was seen. */
    long awaitExit(int seconds) throws BenchException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new BenchException(name + " has not ended within " + seconds + " s" + lastLines());
        }
        long seen = System.nanoTime();
        if (process.exitValue() != 0) {
            throw new BenchException(name + " has ended with " + process.exitValue() + lastLines());
        }
        return seen;
    }

    /** The end of its output, to be put behind a message. */
    String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty()
                    ? ""
                    : ": " + String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** TERM, and KILL after a while; then the same for its children that are left. */
    void stop() {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(process.toHandle());
        process.descendants().forEach(all::add);
        for (ProcessHandle handle : all) {
            stop(handle);
        }
    }

    private static void stop(ProcessHandle handle) {
        handle.destroy();
        try {
            handle.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            handle.destroyForcibly();
        }
    }
}
