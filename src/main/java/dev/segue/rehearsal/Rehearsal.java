package dev.segue.rehearsal;

import dev.segue.cli.SegueCommandLine;
import dev.segue.daemon.Daemon;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs Segue in each of its ways, one after another, each for a second, in a folder of its own. */
public final class Rehearsal {
    private final Path folder;
    private final Path confDir;

    private Rehearsal(Path folder) {
        this.folder = folder;
        this.confDir = folder.resolve("confdir");
    }

    /**
     * Takes an empty folder, and from standard input the URLs of the stores to play on, up to an empty line. Fails where a
     * run does.
     */
    public static void main(String[] args) throws IOException {
        List<String> urls = urls();
        Rehearsal rehearsal = new Rehearsal(Path.of(args[0]));
        rehearsal.prepare();
        // First, because the log has to be set up before gRPC asks for a logger.
        rehearsal.render();
        for (String url : urls) {
            rehearsal.play(url);
        }
    }

    private static List<String> urls() throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        List<String> urls = new ArrayList<>();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.isEmpty()) {
                return urls;
            }
            urls.add(line);
        }
        throw new IllegalStateException("there is no store to play on");
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

    private void play(String url) throws IOException {
        run(url, "--onetime");
        run(url, "--interval=100ms", "--", "sleep", "1");
        run(url, "--watch", "--http=127.0.0.1:" + freePort(), "--", "sleep", "1");
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
}
