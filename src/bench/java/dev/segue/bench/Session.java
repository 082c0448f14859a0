package dev.segue.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the benchmark has started and written: closing it ends all programs, the last first, and removes the temporary folder.
 * Nothing can be started any more from then on, so that the hook of Ctrl-C and the work that it cuts short do not race.
 */
final class Session implements AutoCloseable {
    private static final int FIRST_PORT = 10_000;
    private static final int PORTS = 20_000;

    private final Path root;
    private final Path temp;
    private final Deque<Program> programs = new ArrayDeque<>();
    private final Set<Integer> taken = new HashSet<>();
    private final Random random = new Random();
    private int folders;
    private boolean closed;

    /** With the project's folder, whose bin/ comes first in the PATH of what is started. */
    Session(Path root) throws IOException {
        this.root = root;
        this.temp = Files.createTempDirectory("segue-bench.");
    }

    Path root() {
        return root;
    }

    /** A new empty folder. */
    synchronized Path folder(String name) throws IOException {
        return Files.createDirectory(temp.resolve(++folders + "-" + name));
    }

    /** A port of 127.0.0.1 on which nobody listens, below those that the system gives to clients. */
    synchronized int freePort() throws BenchException {
        for (int i = 0; i < 1_000; i++) {
            int port = FIRST_PORT + random.nextInt(PORTS);
            if (!taken.contains(port) && isFree(port)) {
                taken.add(port);
                return port;
            }
        }
        throw new BenchException("no free port from " + FIRST_PORT + " on");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts a program with its output in a file; it inherits nothing that is named after a contestant. */
    synchronized Program start(Path log, Map<String, String> environment, List<String> command) throws BenchException {
        if (closed) {
            throw new BenchException("the benchmark is being stopped");
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> inherited = builder.environment();
        inherited.keySet().removeIf(name -> name.matches("(SEGUE|CONFD|BENCH|NGINX|ETCD|ETCDCTL)(_.*)?"));
        inherited.merge("PATH", root.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        inherited.putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(Path.of("/dev/null").toFile());
        try {
            Program program = new Program(builder.start(), command.get(0), log);
            programs.addLast(program);
            return program;
        } catch (IOException e) {
            throw new BenchException(e.getMessage(), e);
        }
    }

    /** Ends a program with all that it started. */
    void stop(Program program) {
        synchronized (this) {
            programs.remove(program);
        }
        program.stop();
    }

    /** Ends what still runs: something that failed half way leaves it. */
    void stopAll() {
        for (Program program = last(); program != null; program = last()) {
            program.stop();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        stopAll();
        delete(temp);
    }

    private synchronized Program last() {
        return programs.pollLast();
    }

    /** Removes a file, or a folder with all that is in it; none is fine. */
    static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("bench: " + path + ": could not be removed: " + e.getMessage());
        }
    }
}
