package dev.segue.probe;

import dev.segue.probe.Answer.Silent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One question, asked by one thread for as long as no other drops it. */
final class Question implements Callable<Answer> {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final URI url;
    private final boolean tls;
    private @Nullable Socket connection;
    private boolean dropped;

    /** Of an {@code http} or {@code https} URL with a host; opens nothing yet. */
    Question(URI url) {
        this.url = URI.create(url.toASCIIString());
        this.tls = "https".equalsIgnoreCase(url.getScheme());
        if (url.getHost() == null || !(tls || "http".equalsIgnoreCase(url.getScheme()))) {
            throw new IllegalArgumentException("not an http or https URL with a host");
        }
    }

    @Override
    public Answer call() {
        try (Socket plain = connected()) {
            return tls ? ask(encrypted(plain)) : ask(plain);
        } catch (IOException e) {
            return new Silent(reason(e));
        }
    }

    /** Ends the question if it is still under way: closes the connection under it. From any thread. */
    synchronized void drop() {
        dropped = true;
        if (connection != null) {
            close(connection);
        }
    }

    /** To the first of the host's addresses that takes us. */
    private Socket connected() throws IOException {
        IOException failure = new UnknownHostException(host());
        for (InetAddress address : InetAddress.getAllByName(host())) {
            Socket socket = fresh();
            try {
                socket.connect(new InetSocketAddress(address, port()));
                return socket;
            } catch (IOException e) {
                close(socket);
                failure = e;
            }
        }
        throw failure;
    }

    private synchronized Socket fresh() throws SocketException {
        if (dropped) {
            throw new SocketException("dropped");
        }
        Socket socket = new Socket(Proxy.NO_PROXY);
        connection = socket;
        return socket;
    }

    private Socket encrypted(Socket plain) throws IOException {
        SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) sockets.createSocket(plain, host(), port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private Answer ask(Socket socket) throws IOException {
        socket.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
        return AnswerReader.read(socket.getInputStream());
    }

    private String request() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return "GET " + path + query + " HTTP/1.0\r\nHost: " + url.getHost() + port
                + "\r\nConnection: close\r\nCache-Control: no-cache\r\nUser-Agent: segue\r\nAccept: */*\r\n\r\n";
    }

    /** Without the brackets of an IPv6 address. */
    private String host() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return tls ? HTTPS_PORT : HTTP_PORT;
    }

    private String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "no address found for " + host();
        } else if (e instanceof NoRouteToHostException) {
            return "no route to " + host();
        } else if (e instanceof ConnectException) {
            return "connection refused";
        } else if (e instanceof SSLException) {
            return "no TLS connection: " + e.getMessage();
        }
        return AnswerReader.CUT_OFF;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Then it is as closed as it can be.
        }
    }
}
