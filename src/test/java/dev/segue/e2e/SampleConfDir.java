package dev.segue.e2e;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.NginxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The sample resource and template, for the nginx of a test instead of the machine's own. */
public final class SampleConfDir {
    private SampleConfDir() {}

    public static Path in(Path parent, NginxServer nginx) throws IOException {
        ConfDirFolder confDir = ConfDirFolder.in(parent);
        confDir.template("nginx-upstream.conf.ftl", Files.readString(Path.of("templates/nginx-upstream.conf.ftl")));
        confDir.resource(
                "nginx.toml",
                Files.readString(Path.of("conf.d/nginx.toml"))
                        .replace("/etc/nginx/conf.d", nginx.confD().toString())
                        .replace("/run/nginx.pid", nginx.pidFile().toString())
                        .replace("nginx-check ", "nginx-check -c " + nginx.mainConf() + " ")
                        .replace("nginx -s reload", nginx.reloadCommand()));
        return confDir.path();
    }

    /** What Segue's environment must say: where this nginx listens, and where {@code nginx-check} is. */
    public static Map<String, String> environment(NginxServer nginx) {
        return Map.of(
                "NGINX_LISTEN",
                "127.0.0.1:" + nginx.port(),
                "NGINX_VERIFY_PORT",
                Integer.toString(nginx.secondPort()),
                "PATH",
                Path.of("bin").toAbsolutePath() + ":" + System.getenv("PATH"));
    }
}
