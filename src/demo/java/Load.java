import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Constant load for the demo. Usage: Load PORT REPORT.
 *
 * <p>Four clients ask again and again, two on a connection that they keep, two on a new one each time, with a pause of a few
 * milliseconds. Whatever is not a whole answer of status 200 has failed. One thing has not: when a server closes a kept
 * connection before the first byte of an answer, the request is sent once more on a new one, as HTTP asks of a client
 * (RFC 9112, 9.3.1) and as every browser does.
 *
 * <p>Ten times a second the file REPORT is replaced: {@code sent N}, {@code failed N}, {@code resent N}, {@code error TEXT} for the
 * last failure, and for each server that answered {@code server NAME ANSWERS FIRST LAST}, times in microseconds since 1970.
 */
public final class Load {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: demo\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final LongAdder sent = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder resent = new LongAdder();
    private final Map<String, Answers> answers = new ConcurrentSkipListMap<>();
    private volatile String lastError = "";

    private Load(int port) {
        this.port = port;
    }

    /** Asks and reports until it is stopped. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Load load = new Load(Integer.parseInt(args[0]));
        for (int client = 0; client < 4; client++) {
            boolean keep = client % 2 == 0;
            Thread thread = new Thread(() -> load.ask(keep), "client-" + client);
            thread.setDaemon(true);
            thread.start();
        }
        Path report = Path.of(args[1]);
        Path next = Path.of(args[1] + ".next");
        while (true) {
            Files.writeString(next, load.report());
            Files.move(next, report, StandardCopyOption.ATOMIC_MOVE);
            Thread.sleep(100);
        }
    }

    private void ask(boolean keep) {
        Connection connection = null;
        while (true) {
            sent.increment();
            try {
                boolean used = connection != null;
                if (connection == null) {
                    connection = new Connection(port);
                }
                String answer;
                try {
                    answer = connection.ask();
                } catch (ClosedBeforeAnswer e) {
                    if (!used) {
                        throw e;
                    }
                    resent.increment();
                    connection.close();
                    connection = new Connection(port);
                    answer = connection.ask();
                }
                long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                answers.merge(answer, new Answers(1, now, now), Answers::and);
                if (!keep || connection.closing) {
                    connection.close();
                    connection = null;
                }
            } catch (IOException e) {
                failed.increment();
                lastError = e.toString();
                if (connection != null) {
                    connection.close();
                    connection = null;
                }
            }
            try {
                Thread.sleep(4);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private String report() {
        StringBuilder text = new StringBuilder();
        text.append("sent ").append(sent).append("\nfailed ").append(failed).append("\nresent ").append(resent);
        text.append("\nerror ").append(lastError).append('\n');
        answers.forEach((server, seen) -> text.append(
                "server %s %d %d %d%n".formatted(server, seen.count, seen.firstMicros, seen.lastMicros)));
        return text.toString();
    }

    private record Answers(long count, long firstMicros, long lastMicros) {
        Answers and(Answers later) {
            return new Answers(
                    count + later.count,
                    Math.min(firstMicros, later.firstMicros),
                    Math.max(lastMicros, later.lastMicros));
        }
    }

    /** The server closed a connection before it answered anything. */
    private static final class ClosedBeforeAnswer extends IOException {
        private static final long serialVersionUID = 1;

        ClosedBeforeAnswer(Throwable cause) {
            super("closed before an answer", cause);
        }
    }

    /** One connection, on which one request is asked at a time. */
    private static final class Connection {
        private final Socket socket = new Socket();
        private final InputStream in;
        private boolean closing;

        Connection(int port) throws IOException {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** The body of the answer, which must be a whole one of status 200. */
        String ask() throws IOException {
            awaitFirstByte();
            String status = line();
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                String value = header.substring(colon + 1).strip();
                switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                    case "content-length" -> length = Integer.parseInt(value);
                    case "connection" -> closing = value.equalsIgnoreCase("close");
                    default -> {}
                }
            }
            byte[] body = in.readNBytes(Math.max(length, 0));
            if (body.length != length) {
                throw new EOFException("closed within an answer");
            }
            if (!status.startsWith("HTTP/1.1 200 ")) {
                throw new IOException(status);
            }
            return new String(body, StandardCharsets.UTF_8).strip();
        }

        private void awaitFirstByte() throws IOException {
            try {
                socket.getOutputStream().write(REQUEST);
                in.mark(1);
                if (in.read() < 0) {
                    throw new EOFException();
                }
                in.reset();
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                throw new ClosedBeforeAnswer(e);
            }
        }

        private String line() throws IOException {
            StringBuilder text = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("closed within an answer");
                }
                if (c != '\r') {
                    text.append((char) c);
                }
            }
            return text.toString();
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
