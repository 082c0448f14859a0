package dev.segue.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Redis for each test: register it as an instance field with {@code @RegisterExtension}. It is the {@code
 * redis-server} in the path, and sends keyspace events; without one the tests are skipped. Its user {@code segue} has the
 * password {@code open sesame}.
 */
public final class RedisServer extends SingleServer {
    private final int port = FreePorts.next();
    private final int tlsPort = FreePorts.next();
    private final Optional<TestCertificates> certificates;

    private RedisServer(Optional<TestCertificates> certificates) {
        super("redis", "appendonlydir");
        this.certificates = certificates;
    }

    public static RedisServer plain() {
        return new RedisServer(Optional.empty());
    }

    /** With a second port for TLS, at which clients need no certificate. */
    public static RedisServer tls(TestCertificates certificates) {
        return new RedisServer(Optional.of(certificates));
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    public URI tlsUrl() {
        return URI.create("rediss://127.0.0.1:" + tlsPort);
    }

    /** What it answers to {@code words}. */
    public String ask(String... words) {
        return askAll(List.<String[]>of(words)).get(0);
    }

    /** What it answers to each of {@code commands}. */
    public List<String> askAll(List<String[]> commands) {
        return askBytes(commands.stream()
                .map(words -> Stream.of(words)
                        .map(word -> word.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new))
                .toList());
    }

    /** The same with words of any bytes. */
    public List<String> askBytes(List<byte[][]> commands) {
        try (RedisClient client = RedisClient.connect(port)) {
            return client.ask(commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    List<String> command(Path folder) {
        Optional<Path> binary = LocalEtcd.inPath("redis-server");
        assumeTrue(binary.isPresent(), "needs redis-server in the path");
        List<String> command = new ArrayList<>(List.of(
                binary.orElseThrow().toString(),
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString()));
        command.addAll(List.of("--save", "", "--appendonly", "yes", "--notify-keyspace-events", "KA"));
        command.addAll(List.of("--user", "segue", "on", ">open sesame", "~*", "&*", "+@all"));
        certificates.ifPresent(files -> command.addAll(List.of(
                "--tls-port",
                "" + tlsPort,
                "--tls-cert-file",
                files.folder().resolve(TestCertificates.SERVER_CERTIFICATE).toString(),
                "--tls-key-file",
                files.folder().resolve(TestCertificates.SERVER_KEY).toString(),
                "--tls-ca-cert-file",
                files.authority().toString(),
                "--tls-auth-clients",
                "no")));
        return command;
    }

    @Override
    boolean answers() {
        try (RedisClient client = RedisClient.connect(port)) {
            return client.ask(List.<byte[][]>of(new byte[][] {"PING".getBytes(StandardCharsets.US_ASCII)}))
                    .equals(List.of("PONG"));
        } catch (IOException e) {
            return false;
        }
    }
}
