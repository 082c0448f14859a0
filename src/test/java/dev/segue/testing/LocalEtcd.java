package dev.segue.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An etcd as a child process, from the {@code etcd} that lies in the path, with its data in a temporary folder. */
final class LocalEtcd implements EtcdProcess {
    private static final long END_LIMIT_SECONDS = 20;

    private final Path folder;
    private final int clientPort;
    private final List<String> command;
    private final Thread lastResort = new Thread(this::leaveNothing);
    private @Nullable Process process;

    private LocalEtcd(Path folder, int clientPort, List<String> command) {
        this.folder = folder;
        this.clientPort = clientPort;
        this.command = command;
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Where the binary is, if this machine has one. */
    static Optional<Path> binary() {
        return inPath("etcd");
    }

    static Optional<Path> inPath(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static LocalEtcd create(Path binary, EtcdOptions options) {
        try {
            Path folder = Files.createTempDirectory("segue-etcd-");
            List<String> command = new ArrayList<>(List.of(binary.toString(), "--data-dir", folder + "/data"));
            command.addAll(options.arguments("127.0.0.1", options.port()));
            options.certificates()
                    .ifPresent(certificates -> command.addAll(options.tlsArguments(certificates.folder())));
            return new LocalEtcd(folder, options.port(), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        end(Process::destroy);
    }

    @Override
    public void kill() {
        end(Process::destroyForcibly);
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public void wipe() {
        TempFolders.delete(folder.resolve("data"));
    }

    @Override
    public void save(Path file) {
        run("etcdctl", "--endpoints=http://127.0.0.1:" + clientPort, "snapshot", "save", file.toString());
    }

    /** By etcdutl, which does this since etcd 3.5, or by the older etcdctl. */
    @Override
    public void restore(Path file) {
        wipe();
        List<String> restore = new ArrayList<>(List.of(
                inPath("etcdutl").isPresent() ? "etcdutl" : "etcdctl",
                "snapshot",
                "restore",
                file.toString(),
                "--data-dir=" + folder + "/data"));
        command.stream()
                .filter(argument -> argument.matches("--(name|initial-cluster|initial-advertise-peer-urls)=.*"))
                .forEach(restore::add);
        run(restore.toArray(String[]::new));
    }

    @Override
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        leaveNothing();
    }

    private Path logFile() {
        return folder.resolve("etcd.log");
    }

    private void leaveNothing() {
        if (process != null) {
            end(Process::destroyForcibly);
        }
        TempFolders.delete(folder);
    }

    private void end(Consumer<Process> how) {
        Process running = running();
        how.accept(running);
        try {
            if (!running.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("etcd " + running.pid() + " did not end:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void signal(String name) {
        run("kill", "-" + name, Long.toString(running().pid()));
    }

    private void run(String... words) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().put("ETCDCTL_API", "3");
        try {
            Process child = builder.start();
            if (child.waitFor() != 0) {
                throw new IllegalStateException(
                        String.join(" ", words) + " exited " + child.exitValue() + ":\n" + log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("etcd was not started");
        }
        return process;
    }
}
