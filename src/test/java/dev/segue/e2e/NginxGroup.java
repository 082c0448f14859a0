package dev.segue.e2e;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.NginxServer;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.SteadyLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Some nginx, each with its Segue, which acknowledge as the group {@code web} and pass requests on to the servers below
 * {@code /app/upstream}, without a second try at another server; and what else a test has started beside them.
 */
final class NginxGroup {
    /** All of it shares two processors with the load. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(10);

    /** Several JVMs that start at once take long to say their first word. */
    private static final Map<String, String> PATIENT = Map.of("SEGUE_REQUEST_TIMEOUT", "30s");

    private final Path folder;
    private final EtcdServer etcd;
    private final List<AutoCloseable> started = new ArrayList<>();
    private final List<NginxServer> servers = new ArrayList<>();
    private final List<SegueProcess> members = new ArrayList<>();

    private NginxGroup(Path folder, EtcdServer etcd) {
        this.folder = folder;
        this.etcd = etcd;
    }

    /** As yet without a member; all that it starts writes below {@code folder}. */
    static NginxGroup in(Path folder, EtcdServer etcd) {
        return new NginxGroup(folder, etcd);
    }

    List<NginxServer> servers() {
        return servers;
    }

    List<SegueProcess> members() {
        return members;
    }

    /** While this file is there, the check of the member {@code name} fails. */
    Path refusal(String name) {
        return folder.resolve(name + "-refuses");
    }

    /** While this file is there, the check of the member {@code name} goes on, and says so by a file with {@code -on}. */
    Path hold(String name) {
        return folder.resolve(name + "-holds");
    }

    /** Has {@code other} closed in the end. */
    <T extends AutoCloseable> T own(T other) {
        started.add(other);
        return other;
    }

    /** People using each nginx. */
    List<SteadyLoad> load() {
        return servers.stream()
                .map(nginx -> own(SteadyLoad.on(nginx.port(), BETWEEN_REQUESTS)))
                .toList();
    }

    /** Starts {@code segue ARGUMENTS URL}. */
    SegueProcess segue(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add(etcd.url().toString());
        return start(all);
    }

    /** Starts {@code segue ARGUMENTS}. */
    SegueProcess start(List<String> arguments) {
        return own(SegueProcess.start(folder, PATIENT, arguments.toArray(String[]::new)));
    }

    /** Starts one more, and does not wait. */
    void member(String name) throws IOException {
        member(name, etcd.url().toString());
    }

    /** As {@link #member(String)}, one that finds the store at {@code url}. */
    void member(String name, String url) throws IOException {
        NginxServer nginx = NginxServer.start(folder);
        ConfDirFolder confDir = ConfDirFolder.in(Files.createDirectory(folder.resolve(name)));
        confDir.template("app.ftl", """
                upstream app {
                <#list endpoints("/app/upstream/*") as server>
                    server ${server} max_fails=0;
                </#list>
                    keepalive 8;
                }
                server {
                    listen 127.0.0.1:%d;
                    location / {
                        proxy_pass http://app;
                        proxy_next_upstream off;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                    }
                }
                """.formatted(nginx.port()));
        confDir.resource("nginx.toml", """
                [template]
                src = "app.ftl"
                dest = "%1$s/app.conf"
                keys = ["/app/upstream"]
                min_keys = 1
                check_cmd = "test ! -e %2$s && while test -e %3$s; do touch %3$s-on; sleep 0.02; done"
                reload_cmd = "%4$s"
                pid_file = "%5$s"
                """.formatted(
                        nginx.confD(), refusal(name), hold(name), nginx.reloadCommand(), nginx.pidFile()));
        SegueProcess segue = SegueProcess.start(
                Files.createDirectories(folder.resolve(name).resolve("run")),
                "--watch",
                "--acknowledge",
                "web",
                "--member",
                name,
                "--confdir",
                confDir.path().toString(),
                url);
        servers.add(nginx);
        members.add(segue);
        own(segue);
        own(nginx);
    }

    /** Ends all of it, the first first. */
    void end() throws Exception {
        for (AutoCloseable each : started) {
            each.close();
        }
    }
}
