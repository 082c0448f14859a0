package dev.segue.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An etcd as a child process, from the {@code etcd} that lies in the path, with its data in a temporary folder. */
final class LocalEtcd implements EtcdProcess {
    private final Path folder;
    private final int clientPort;
    private final List<String> command;
    private final LocalProcess process;

    private LocalEtcd(Path folder, int clientPort, List<String> command) {
        this.folder = folder;
        this.clientPort = clientPort;
        this.command = command;
        // Whether it answers is EtcdServer's to ask: a member of a cluster does not before the others are there.
        this.process = new LocalProcess(folder, command, () -> true);
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
        process.start();
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void pause() {
        process.signal("STOP");
    }

    @Override
    public void resume() {
        process.signal("CONT");
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
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }

    private void run(String... words) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(process.logFile().toFile()));
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
}
