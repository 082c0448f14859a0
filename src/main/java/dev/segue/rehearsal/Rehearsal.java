package dev.segue.rehearsal;

import dev.segue.cli.SegueCommandLine;
import dev.segue.daemon.Daemon;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;

/** Runs Segue in each of its ways, one after another, each for a second, in a folder of its own. */
public final class Rehearsal {
    private static final String HOST = "127.0.0.1";
    private static final char[] PASSWORD = "rehearsal".toCharArray();

    private final Path folder;
    private final Path confDir;

    private Rehearsal(Path folder) {
        this.folder = folder;
        this.confDir = folder.resolve("confdir");
    }

    /**
     * Takes an empty folder, and perhaps a PKCS #12 file with the key of a server, whose password is {@code rehearsal}:
     * then TLS is rehearsed too. Fails where a run does.
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        Rehearsal rehearsal = new Rehearsal(Path.of(args[0]));
        rehearsal.prepare();
        // First, because the log has to be set up before gRPC asks for a logger.
        rehearsal.render();
        rehearsal.play("http", Optional.empty());
        if (args.length > 1) {
            rehearsal.play("https", Optional.of(identity(Path.of(args[1]))));
        }
    }

    private void prepare() throws IOException {
        Files.createDirectories(confDir.resolve("conf.d"));
        Files.createDirectories(confDir.resolve("templates"));
        Files.writeString(confDir.resolve("conf.d/app.toml"), """
                # As the samples: a check, a reload, a verification.
                [template]
                src = "app.conf.ftl"
                dest = "%s"
                keys = ["/app/upstream"]
                mode = "0644"
                min_keys = 1
                check_cmd = "true"
                reload_cmd = "true"
                verify_cmd = "true"
                """.formatted(folder.resolve("app.conf")));
        Files.writeString(confDir.resolve("templates/app.conf.ftl"), """
                <#assign servers = endpoints("/app/upstream/*")>
                # ${digest()} ${getenv("HOME", "/")}
                upstream app {
                <#list servers as server>
                    server ${server} max_fails=1; # ${server.name}
                </#list>
                }
                <#if exists("/app/upstream/server1")>
                # ${nginxString(getv("/app/upstream/server1"))} ${servers?size + 1}
                </#if>
                """);
    }

    private void play(String scheme, Optional<KeyManagerFactory> identity) throws IOException {
        try (RestlessStore store = RestlessStore.start(identity)) {
            String url = scheme + "://" + HOST + ":" + store.port();
            run(url, "--onetime");
            run(url, "--interval=100ms", "--", "sleep", "1");
            run(url, "--watch", "--http=" + HOST + ":" + freePort(), "--", "sleep", "1");
        }
    }

    private void render() throws IOException {
        Path data = Files.writeString(folder.resolve("keys.json"), "{\"/app/upstream/server1\": \"10.0.0.1:8080\"}");
        segue("render", "app.conf.ftl", "--data=" + data, "--confdir=" + confDir);
    }

    private void run(String url, String... flags) {
        List<String> line = new ArrayList<>(List.of(
                "--confdir=" + confDir,
                "--state-dir=" + folder.resolve("state"),
                "--quiet-period=10ms",
                "--client-insecure=true",
                url));
        line.addAll(List.of(flags));
        segue(line.toArray(String[]::new));
    }

    private static void segue(String... line) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        int code = new SegueCommandLine(Daemon::new, Map.of(), nowhere, System.err).run(line);
        if (code != 0) {
            throw new IllegalStateException("segue " + String.join(" ", line) + " ended with " + code);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static KeyManagerFactory identity(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return keys;
    }
}
