package dev.segue.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application server in a process of its own, which can be killed as a crash would: answers {@code /} at once and
 * {@code /slow} after a second and a half, {@code /slow/3000} after three seconds, on connections that it keeps.
 */
public final class AppProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long SLOW_MILLIS = 1500;
    private static final Pattern SLOW = Pattern.compile("GET /slow(?:/(\\d+))?");

    private final Process process;
    private final int port;

    private AppProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one and waits until it takes connections. */
    public static AppProcess start() {
        AppProcess app = begin();
        app.awaitReady();
        return app;
    }

    /** Starts one and does not wait. */
    public static AppProcess begin() {
        int port = FreePorts.next();
        try {
            return new AppProcess(new ProcessBuilder(command(port)).inheritIO().start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What starts one on {@code port}, for whoever supervises it. */
    public static List<String> command(int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx32m",
                "-cp",
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                AppProcess.class.getName(),
                Integer.toString(port));
    }

    public void awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(this::takesConnections);
    }

    private boolean takesConnections() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As it is put into the store: {@code 127.0.0.1:20001}. */
    public String endpoint() {
        return "127.0.0.1:" + port;
    }

    /** Ends it with KILL and waits. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The server: its port is the one argument. */
    public static void main(String... args) throws IOException {
        try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 128, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket connection = server.accept();
                Thread thread = new Thread(() -> serve(connection));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = connection.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher slow = SLOW.matcher(line);
                while (!line.isEmpty()) {
                    line = in.readLine();
                }
                if (slow.lookingAt()) {
                    Thread.sleep(slow.group(1) == null ? SLOW_MILLIS : Long.parseLong(slow.group(1)));
                }
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n".getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (IOException e) {
            // Whoever asked has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
