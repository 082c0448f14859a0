package dev.segue.store.etcd;

import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps a leased key in a process of its own, to be killed; it runs on the built jar, and so shows that the jar can. */
final class LeaseProcess implements AutoCloseable {
    private static final int FIRST_JAVA_TO_WARN = 24;

    private final Process process;

    private LeaseProcess(Process process) {
        this.process = process;
    }

    /** The arguments: the store, the key, its value, its life in seconds. */
    public static void main(String... arguments) throws IOException {
        StoreSettings settings = new StoreSettings(
                List.of(URI.create(arguments[0])),
                Optional.empty(),
                "http",
                Certificates.SYSTEM,
                Optional.empty(),
                Duration.ofSeconds(3));
        try (EtcdLeasedKey key =
                new EtcdLeasedKey(settings, arguments[1], Duration.ofSeconds(Long.parseLong(arguments[3])))) {
            key.set(arguments[2]);
            while (System.in.read() >= 0) {
                // Until the other side closes it.
            }
        }
    }

    static LeaseProcess start(URI store, String key, String value, Duration life) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= FIRST_JAVA_TO_WARN) {
            command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("segue.jar", "target/segue.jar") + ":target/test-classes",
                LeaseProcess.class.getName(),
                store.toString(),
                key,
                value,
                Long.toString(life.toSeconds())));
        return new LeaseProcess(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Has it close the key and end; returns its exit code. */
    int end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return process.waitFor();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
