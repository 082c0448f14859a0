package dev.segue.e2e;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.NginxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample resource and template, for the nginx of a test instead of the machine's own. */
final class SampleConfDir {
    private SampleConfDir() {}

    static Path in(Path parent, NginxServer nginx) throws IOException {
        ConfDirFolder confDir = ConfDirFolder.in(parent);
        confDir.template("nginx-upstream.conf.ftl", Files.readString(Path.of("templates/nginx-upstream.conf.ftl")));
        confDir.resource(
                "nginx.toml",
                Files.readString(Path.of("conf.d/nginx.toml"))
                        .replace("/etc/nginx/conf.d", nginx.confD().toString())
                        .replace("nginx-check ", "nginx-check -c " + nginx.mainConf() + " ")
                        .replace("nginx -s reload", nginx.reloadCommand()));
        return confDir.path();
    }
}
