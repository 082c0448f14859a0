package dev.segue.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A connection to a server on 127.0.0.1, on which one request is asked after the other. Text is ASCII. */
final class HttpConnection implements Closeable {
    private final Socket socket = new Socket();
    private final InputStream in;
    private boolean closing;

    HttpConnection(int port, Duration limit) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) limit.toMillis());
        socket.connect(new InetSocketAddress("127.0.0.1", port), (int) limit.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A whole answer. */
    record Answer(int status, String body) {}

    /** The server closed the connection before the first byte of an answer, as it may do with one that was kept. */
    static final class ClosedBeforeAnswer extends IOException {
        private static final long serialVersionUID = 1;

        ClosedBeforeAnswer(IOException cause) {
            super("closed before an answer", cause);
        }
    }

    /** Sends a request without waiting for its answer. */
    void post(String path, String body) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    /** Asks and waits for the answer. */
    Answer get(String path) throws IOException {
        try {
            send("GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n");
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
        return answer();
    }

    /** Whether some of the answer has arrived. */
    boolean answered() throws IOException {
        return in.available() > 0;
    }

    /** Whether the server has said that this was the last answer. */
    boolean closing() {
        return closing;
    }

    Answer answer() throws IOException {
        String status = line();
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> closing = value.equalsIgnoreCase("close");
                default -> {}
            }
        }
        String body = chunked ? chunks() : bytes(length);
        return new Answer(Integer.parseInt(status.substring(9, 12)), body.strip());
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
            body.append(bytes(length));
            line();
        }
        line();
        return body.toString();
    }

    private String bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new EOFException("closed within an answer");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Resets the connection instead of closing it, so that thousands of them leave no port waiting. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
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
}
