package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real nginx with its own configuration, which includes what contestants write into conf.d. */
final class Nginx {
    private final Path folder;
    private final int port;
    private final Program program;

    private Nginx(Path folder, int port, Program program) {
        this.folder = folder;
        this.port = port;
        this.program = program;
    }

    static Nginx start(Session session) throws BenchException, IOException, InterruptedException {
        Path folder = session.folder("nginx");
        int port = session.freePort();
        Files.createDirectory(folder.resolve("conf.d"));
        // Until there is a file: what its port answers shows that nginx is up.
        Files.writeString(
                folder.resolve("conf.d/target.conf"), "server { listen 127.0.0.1:" + port + "; return 503; }\n");
        Files.writeString(folder.resolve("nginx.conf"), """
                worker_processes 2;
                pid FOLDER/nginx.pid;
                error_log FOLDER/error.log notice;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    client_body_temp_path FOLDER/body;
                    proxy_temp_path FOLDER/proxy;
                    fastcgi_temp_path FOLDER/fastcgi;
                    uwsgi_temp_path FOLDER/uwsgi;
                    scgi_temp_path FOLDER/scgi;
                    include FOLDER/conf.d/*.conf;
                }
                """.replace("FOLDER", folder.toString()));
        Program program = session.start(
                folder.resolve("output"),
                Map.of(),
                List.of("nginx", "-c", folder.resolve("nginx.conf").toString(), "-g", "daemon off;"));
        Nginx nginx = new Nginx(folder, port, program);
        Until.holds(Duration.ofSeconds(20), "nginx answers", program, nginx::answers);
        return nginx;
    }

    Program program() {
        return program;
    }

    int port() {
        return port;
    }

    Path conf() {
        return folder.resolve("nginx.conf");
    }

    Path pidFile() {
        return folder.resolve("nginx.pid");
    }

    /** The file that a contestant is to write. */
    Path target() {
        return folder.resolve("conf.d/target.conf");
    }

    String reloadCommand() {
        return "nginx -c " + conf() + " -s reload";
    }

    String listen() {
        return "127.0.0.1:" + port;
    }

    /** How often its master has read its configuration again, as its own log says. */
    long reloads() throws IOException {
        try (var lines = Files.lines(folder.resolve("error.log"))) {
            return lines.filter(line -> line.endsWith(", reconfiguring")).count();
        }
    }

    /** How many configurations it has refused or found trouble with. */
    long errors() throws IOException {
        try (var lines = Files.lines(folder.resolve("error.log"))) {
            return lines.filter(line -> line.contains("[emerg]") || line.contains("[alert]"))
                    .count();
        }
    }

    /** All its worker processes, old ones too. */
    int workers() throws IOException {
        String pids = Files.readString(Path.of("/proc/%1$d/task/%1$d/children".formatted(program.pid())));
        return pids.isBlank() ? 0 : pids.strip().split(" ").length;
    }

    private boolean answers() {
        try (HttpConnection connection = new HttpConnection(port, Duration.ofSeconds(1))) {
            return connection.get("/").status() > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
