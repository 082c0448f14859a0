package dev.segue.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server in a folder of its own, with the sample that is off by default: what Segue starts and keeps in step. */
final class SampleServer implements AutoCloseable {
    /** What the samples' files are called, and where they look for the server. */
    enum Kind {
        HAPROXY("haproxy", "haproxy.cfg.ftl", "/etc/haproxy/haproxy.cfg", "/run/haproxy.pid"),
        APACHE("apache", "apache-balancer.conf.ftl", "/etc/apache2/sites-enabled/app.conf", "/run/apache2/apache2.pid");

        private final String sample;
        private final String template;
        private final String dest;
        private final String pidFile;

        Kind(String sample, String template, String dest, String pidFile) {
            this.sample = sample;
            this.template = template;
            this.dest = dest;
            this.pidFile = pidFile;
        }
    }

    private static final String APACHE_CONF = """
            ServerName localhost
            PidFile $folder/pid
            ErrorLog $folder/error.log
            DefaultRuntimeDir $folder
            User www-data
            Group www-data
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
            LoadModule status_module /usr/lib/apache2/modules/mod_status.so
            LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
            LoadModule slotmem_shm_module /usr/lib/apache2/modules/mod_slotmem_shm.so
            LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
            LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
            LoadModule proxy_balancer_module /usr/lib/apache2/modules/mod_proxy_balancer.so
            LoadModule lbmethod_byrequests_module /usr/lib/apache2/modules/mod_lbmethod_byrequests.so
            Listen 127.0.0.1:$port
            IncludeOptional $folder/sites/*.conf
            """;

    private final Kind kind;
    private final Path folder;
    private final int port = FreePorts.next();
    private final int verifyPort = FreePorts.next();

    private SampleServer(Kind kind, Path folder) {
        this.kind = kind;
        this.folder = folder;
    }

    /** Prepares it below {@code parent} and starts nothing; the test is skipped where that server is not installed. */
    static SampleServer in(Path parent, Kind kind) throws IOException {
        Path folder = Files.createTempDirectory(parent, kind.sample);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(folder.resolve("sites"));
        SampleServer server = new SampleServer(kind, folder);
        Files.writeString(folder.resolve("apache2.conf"), server.here(APACHE_CONF));
        String program = server.command().get(0);
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, program))),
                program + " is not installed");
        return server;
    }

    /** A confdir with the sample, switched on. */
    Path confDir() throws IOException {
        ConfDirFolder confDir = ConfDirFolder.in(folder);
        confDir.template(kind.template, Files.readString(Path.of("templates", kind.template)));
        confDir.resource(
                kind.sample + ".toml",
                Files.readString(Path.of("conf.d", kind.sample + ".toml.sample"))
                        .replace(kind.dest, target().toString())
                        .replace(kind.pidFile, folder.resolve("pid").toString())
                        .replace("apache2ctl ", here("apache2 -d $folder -f $folder/apache2.conf ")));
        return confDir.path();
    }

    /** What Segue's environment must say. */
    Map<String, String> environment() {
        String listen = "127.0.0.1:" + port;
        String verify = Integer.toString(verifyPort);
        return switch (kind) {
            case HAPROXY -> Map.of("HAPROXY_LISTEN", listen, "HAPROXY_VERIFY_PORT", verify);
            case APACHE -> Map.of("APACHE_SITE", listen, "APACHE_VERIFY_PORT", verify);
        };
    }

    /** What starts it in the foreground. */
    List<String> command() {
        String line = switch (kind) {
            case HAPROXY -> "haproxy -W -f $folder/sites/app.conf -p $folder/pid";
            case APACHE -> "apache2 -d $folder -f $folder/apache2.conf -DFOREGROUND";
        };
        return List.of(here(line).split(" "));
    }

    Path target() {
        return folder.resolve("sites/app.conf");
    }

    /** Where it serves the site, on 127.0.0.1. */
    int port() {
        return port;
    }

    /** Ends what a Segue that was killed has left of it. */
    @Override
    public void close() throws IOException {
        Path pidFile = folder.resolve("pid");
        if (Files.exists(pidFile)) {
            // Not by TERM: Apache hands that on to its process group, which is the test's, too.
            ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).ifPresent(first -> {
                List<ProcessHandle> children = first.descendants().toList();
                first.destroyForcibly();
                children.forEach(ProcessHandle::destroyForcibly);
            });
        }
    }

    private String here(String text) {
        return text.replace("$folder", folder.toString()).replace("$port", Integer.toString(port));
    }
}
