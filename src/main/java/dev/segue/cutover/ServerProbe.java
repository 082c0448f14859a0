package dev.segue.cutover;

import dev.segue.probe.Answer;
import dev.segue.probe.HttpProbe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Asks servers over HTTP, or whether they take a connection at all. Keeps nothing between two questions. */
public final class ServerProbe implements Probe {
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int HTTP_OK = 200;
    private static final int HTTP_ERRORS = 400;

    private final HttpProbe http = new HttpProbe();

    /**
     * Good is a status from 200 to 399, and for {@code tcp://HOST:PORT} a connection.
     *
     * <p>Blocks for three seconds at most, and for a name look-up more where there is only a connection to be made.
     */
    @Override
    public Optional<String> problem(String url) {
        URI address = URI.create(url);
        return "tcp".equals(address.getScheme()) ? connect(address) : ask(address);
    }

    private Optional<String> ask(URI address) {
        Answer answer = http.ask(address, LONGEST);
        if (answer instanceof Answer.Silent silent) {
            return Optional.of(silent.why());
        }
        int status = ((Answer.Answered) answer).status();
        return status >= HTTP_OK && status < HTTP_ERRORS ? Optional.empty() : Optional.of("status " + status);
    }

    private static Optional<String> connect(URI address) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.getHost(), address.getPort()), Math.toIntExact(LONGEST.toMillis()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("takes no connection: " + e.getMessage());
        }
    }
}
