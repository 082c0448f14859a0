package dev.segue.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real server of any kind on a port of 127.0.0.1, whose configuration has a number: it leads {@code /generation} to
 * {@code http://localhost/NUMBER}, and never answers {@code /slow}.
 */
public final class ReloadingServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PATIENCE_MILLIS = (int) PATIENCE.toMillis();

    /** How each is configured, started in the foreground and reloaded; {@code $folder} stands for its own folder. */
    public enum Kind {
        NGINX("nginx -c $folder/conf -e $folder/log", "nginx -c $folder/conf -e $folder/log -s reload", """
                worker_processes 2;
                daemon off;
                pid $folder/pid;
                error_log $folder/log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path $folder/body; proxy_temp_path $folder/proxy;
                    fastcgi_temp_path $folder/fastcgi; uwsgi_temp_path $folder/uwsgi; scgi_temp_path $folder/scgi;
                    server {
                        listen 127.0.0.1:$port;
                        location /generation { return 302 http://localhost/$generation; }
                        location /slow { proxy_pass http://127.0.0.1:$slow; }
                    }
                }
                """),
        HAPROXY("haproxy -W -f $folder/conf -p $folder/pid", "kill -USR2 $(cat $folder/pid)", Kind.HAPROXY_CONF),
        HAPROXY_WITH_SYSTEMD(
                "haproxy -Ws -f $folder/conf -p $folder/pid", "kill -USR2 $(cat $folder/pid)", Kind.HAPROXY_CONF),
        APACHE_EVENT(Kind.APACHE_START, Kind.APACHE_RELOAD, Kind.APACHE_CONF.replace("$mpm", "event")),
        APACHE_WORKER(Kind.APACHE_START, Kind.APACHE_RELOAD, Kind.APACHE_CONF.replace("$mpm", "worker")),
        APACHE_PREFORK(Kind.APACHE_START, Kind.APACHE_RELOAD, Kind.APACHE_CONF.replace("$mpm", "prefork"));

        private static final String HAPROXY_CONF = """
                global
                    stats socket $folder/stats mode 600 level admin expose-fd listeners
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                frontend site
                    bind 127.0.0.1:$port
                    http-request redirect location http://localhost/$generation if { path /generation }
                    default_backend slow
                backend slow
                    server slow 127.0.0.1:$slow
                program beside
                    command sleep 300
                """;
        private static final String APACHE_START = "apache2 -d $folder -f $folder/conf -DFOREGROUND";
        private static final String APACHE_RELOAD = "apache2 -d $folder -f $folder/conf -k graceful";
        private static final String APACHE_CONF = """
                ServerName localhost
                PidFile $folder/pid
                ErrorLog $folder/log
                DefaultRuntimeDir $folder
                User www-data
                Group www-data
                LoadModule mpm_$mpm_module /usr/lib/apache2/modules/mod_mpm_$mpm.so
                LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
                LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
                LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
                LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
                LoadModule cgid_module /usr/lib/apache2/modules/mod_cgid.so
                ScriptSock $folder/cgi
                LogFormat "%h" host
                CustomLog "|/usr/bin/rotatelogs $folder/access 86400" host
                <IfModule mpm_prefork_module>
                    StartServers 1
                    MinSpareServers 1
                    MaxSpareServers 2
                </IfModule>
                Listen 127.0.0.1:$port
                ProxyPass /slow http://127.0.0.1:$slow/
                Redirect "/generation" "http://localhost/$generation"
                """;

        private final String start;
        private final String reload;
        private final String configuration;

        Kind(String start, String reload, String configuration) {
            this.start = start;
            this.reload = reload;
            this.configuration = configuration;
        }
    }

    private static final Pattern GENERATION = Pattern.compile("(?i)\r\nlocation: http://localhost/([0-9]+)\r\n");

    private final Kind kind;
    private final Path folder;
    private final int port = FreePorts.next();
    private final ServerSocket neverAnswers;
    private final Process process;

    private ReloadingServer(Kind kind, Path folder) throws IOException {
        this.kind = kind;
        this.folder = folder;
        this.neverAnswers = new ServerSocket(FreePorts.next(), 0, InetAddress.getLoopbackAddress());
        configure(0);
        // Apache signals its whole process group, which would be the test's too.
        this.process = shell("exec setsid " + kind.start);
    }

    /** Starts it with configuration 0 below {@code parent}; the test is skipped where that server is not installed. */
    public static ReloadingServer start(Kind kind, Path parent) throws IOException {
        String program = kind.start.split(" ", 2)[0];
        assumeTrue(isInstalled(program), program + " is not installed");
        Path folder = Files.createTempDirectory(parent, program);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        ReloadingServer server = new ReloadingServer(kind, folder);
        try {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> server.ask() == 0);
            await().atMost(PATIENCE).until(() -> Files.exists(server.pidFile()));
            return server;
        } catch (ConditionTimeoutException e) {
            server.close();
            throw new AssertionError(Files.readString(folder.resolve("out")), e);
        }
    }

    /** True if this machine has {@code program} where root finds it. */
    public static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }

    public Path pidFile() {
        return folder.resolve("pid");
    }

    /** Gives it configuration {@code generation} and returns when the command that reloads it has ended. */
    public void reload(int generation) throws IOException, InterruptedException {
        configure(generation);
        assertThat(shell(kind.reload).waitFor()).as(kind.reload).isZero();
    }

    /** The configuration of the process that answers a new connection. */
    public int ask() throws IOException {
        try (Socket socket = connect("/generation")) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            Matcher generation = GENERATION.matcher(answer);
            assertThat(generation.find()).as(answer).isTrue();
            return Integer.parseInt(generation.group(1));
        }
    }

    /** A request that is being served until it is closed. */
    public Closeable askSlow() throws IOException {
        Socket client = connect("/slow");
        Socket upstream = neverAnswers.accept();
        return () -> {
            client.close();
            upstream.close();
        };
    }

    private Socket connect(String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void configure(int generation) throws IOException {
        String text = kind.configuration
                .replace("$folder", folder.toString())
                .replace("$port", "" + port)
                .replace("$slow", "" + neverAnswers.getLocalPort())
                .replace("$generation", "" + generation);
        Files.writeString(folder.resolve("conf"), text);
    }

    private Process shell(String line) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", line.replace("$folder", folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
                .start();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        neverAnswers.close();
    }
}
