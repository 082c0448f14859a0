package dev.segue.journal;

import dev.segue.plan.KeptFile;
import dev.segue.plan.Owed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLogger;

/** A journal in a process of its own, to be killed. */
final class JournalProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private JournalProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The arguments: what to do, the state directory, the target. */
    public static void main(String... arguments) throws IOException {
        Path target = Path.of(arguments[2]);
        try (Journal journal = Journal.in(Path.of(arguments[1]))) {
            switch (arguments[0]) {
                case "record" -> {
                    journal.record(target, numbered(1));
                    System.out.println(journal.claim(target));
                }
                case "hold" -> {
                    System.out.println(journal.claim(target));
                    int end = System.in.read();
                    System.out.println(end);
                }
                case "churn" -> {
                    for (long n = 1; ; n++) {
                        journal.record(target, numbered(n));
                        if (n == 1) {
                            System.out.println("churning");
                        }
                    }
                }
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    /** An entry that shows whether it is whole: the previous file follows from the revision. */
    static JournalEntry numbered(long n) {
        byte[] previous = (n + "\n").repeat(5_000).getBytes(StandardCharsets.UTF_8);
        return new JournalEntry(
                "conf.d/" + n + ".toml",
                n % 3 == 0 ? Owed.NOTHING : Owed.RELOAD,
                KeptFile.digestOf(previous),
                n,
                Optional.of(KeptFile.of(previous, 0640, 1, 2)),
                Optional.empty());
    }

    static JournalProcess start(String what, Path stateDirectory, Path target) throws IOException {
        return new JournalProcess(new ProcessBuilder(
                        java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes() + ":" + jar(LoggerFactory.class) + ":" + jar(SimpleLogger.class),
                        JournalProcess.class.getName(),
                        what,
                        stateDirectory.toString(),
                        target.toString())
                .redirectErrorStream(true)
                .start());
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static String classes() {
        return Path.of("target", "classes").toAbsolutePath() + ":"
                + Path.of("target", "test-classes").toAbsolutePath();
    }

    /** Copies of the log's jars in {@code folder}: others cannot read those that the build uses. */
    static String copiedJars(Path folder) throws IOException {
        Path api = Files.copy(jar(LoggerFactory.class), folder.resolve("slf4j-api.jar"));
        Path simple = Files.copy(jar(SimpleLogger.class), folder.resolve("slf4j-simple.jar"));
        return api + ":" + simple;
    }

    private static Path jar(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    String nextLine() throws IOException {
        return String.valueOf(output.readLine());
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
