package dev.segue.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The built jar as people run it: a process with its own output, stopped by its pid. */
public final class SegueProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of what Segue's libraries use; bin/segue silences it by the same flags. */
    private static final int FIRST_JAVA_TO_WARN = 24;

    private final Process process;
    private final Path out;
    private final Path err;

    private SegueProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code segue ARGS} with its output in files of {@code folder}, and its state in {@code state} there. */
    public static SegueProcess start(Path folder, String... args) {
        return start(folder, Map.of(), args);
    }

    /** Starts {@code segue ARGS} with {@code environment} added to the test's own. */
    public static SegueProcess start(Path folder, Map<String, String> environment, String... args) {
        return start(folder, environment, command(args));
    }

    /**
     * Starts {@code segue ARGS}, which need no quotes, on a terminal of its own: what it shows there is its output. The test
     * is skipped where there is no {@code script}. Segue replaces the shell that {@code script} starts: some shells would take
     * a typed Ctrl-C too, and end with its code in place of Segue's.
     */
    public static SegueProcess startOnTerminal(Path folder, String... args) {
        Path script = Path.of("/usr/bin/script");
        assumeTrue(Files.isExecutable(script), script + " is not installed");
        String line = "exec " + String.join(" ", command(args));
        return start(folder, Map.of(), List.of(script.toString(), "-q", "-e", "-c", line, "/dev/null"));
    }

    private static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= FIRST_JAVA_TO_WARN) {
            command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        command.addAll(List.of("-jar", System.getProperty("segue.jar", "target/segue.jar")));
        command.addAll(List.of(args));
        return command;
    }

    private static SegueProcess start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "segue", ".out");
            Path err = Files.createTempFile(folder, "segue", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            // What whoever runs the tests tells a Segue of their own.
            builder.environment().keySet().removeIf(name -> name.startsWith("SEGUE_") || name.startsWith("CONFD_"));
            builder.environment().put("SEGUE_STATE_DIR", folder.resolve("state").toString());
            builder.environment().putAll(environment);
            return new SegueProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The processor time that it took so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** All that it wrote to standard output so far. */
    public String out() {
        return text(out);
    }

    /** All that it wrote to standard error, its log, so far. */
    public String log() {
        return text(err);
    }

    /** The log's lines without their times: {@code WARN conf.d/nginx.toml:3: ...}. */
    public List<String> messages() {
        return log().lines()
                .map(line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\dT\\S+ ", ""))
                .toList();
    }

    /** Waits until the log holds {@code text}; the test fails with the whole log if that takes too long. */
    public void awaitLog(String text) {
        await().atMost(PATIENCE).until(() -> log().contains(text) || !process.isAlive());
        assertThat(log()).contains(text);
    }

    /** How many lines of the log hold {@code text}. */
    public long linesWith(String text) {
        return log().lines().filter(line -> line.contains(text)).count();
    }

    /** Sends a signal: {@code TERM}, {@code HUP}, ... */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Types {@code text} on the terminal that it was started on. */
    public void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end by itself. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("segue did not end, log:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Ends it with TERM and waits. */
    public int terminate() {
        signal("TERM");
        return exitCode();
    }

    /** Ends it with as many TERMs as it takes: unlike KILL they end what it supervises too. */
    public void endWithChild() {
        await().atMost(PATIENCE).until(() -> {
            if (process.isAlive()) {
                signal("TERM");
            }
            return !process.isAlive();
        });
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
