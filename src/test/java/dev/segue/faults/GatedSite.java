package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.NginxServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One resource, whose program is a real nginx that serves a text from the store, and whose commands are {@link Gate}s. */
final class GatedSite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "/app/text";

    private final Path folder;
    private final EtcdServer etcd;
    private final NginxServer nginx;
    private final ConfDirFolder confDir;
    private final StateDir stateDir;
    private final Gate check;
    private final Gate reload;
    private final Gate verify;
    private final List<SegueProcess> started = new ArrayList<>();

    private GatedSite(Path folder, EtcdServer etcd, NginxServer nginx) throws IOException {
        this.folder = folder;
        this.etcd = etcd;
        this.nginx = nginx;
        this.confDir = ConfDirFolder.in(folder);
        this.stateDir = new StateDir(folder.resolve("state"));
        this.check = Gate.in(folder, "check", "grep -q server \"$1\"");
        this.reload = Gate.in(folder, "reload", nginx.reloadCommand());
        String wanted = "$(sed -n 's/.*return 200 \"\\(.*\\)\".*/\\1/p' \"$2\")";
        this.verify = Gate.in(folder, "verify", "[ \"$(curl -s " + url() + ")\" = \"" + wanted + "\" ]");
    }

    /** A site below {@code parent} that has never seen Segue. */
    static GatedSite in(Path parent, EtcdServer etcd) throws IOException {
        Path folder = Files.createTempDirectory(parent, "gated");
        GatedSite site = new GatedSite(folder, etcd, NginxServer.start(folder));
        site.confDir.template("app.ftl", site.file("${getv('" + KEY + "')}"));
        site.limit("0", "0");
        return site;
    }

    /** Gives the check and the reload these time limits, as the resource file has them. */
    void limit(String checkTimeout, String reloadTimeout) throws IOException {
        confDir.resource(
                "app.toml",
                "app.ftl",
                target(),
                "/app",
                "check_cmd = '" + check.line() + "'",
                "reload_cmd = '" + reload.line() + "'",
                "verify_cmd = '" + verify.line() + "'",
                "check_timeout = \"" + checkTimeout + "\"",
                "reload_timeout = \"" + reloadTimeout + "\"",
                "verify_timeout = \"20s\"");
    }

    private String url() {
        return "http://127.0.0.1:" + nginx.port() + "/";
    }

    private String file(String text) {
        return """
                server {
                    listen 127.0.0.1:%d;
                    location / { return 200 "%s"; }
                }
                """.formatted(nginx.port(), text);
    }

    Gate check() {
        return check;
    }

    Gate reload() {
        return reload;
    }

    Gate verify() {
        return verify;
    }

    NginxServer nginx() {
        return nginx;
    }

    Path target() {
        return nginx.confD().resolve("app.conf");
    }

    StateDir stateDir() {
        return stateDir;
    }

    void put(String text) {
        etcd.put(KEY, text);
    }

    /** No look at everything is near: what is not tried again of itself stays undone. */
    SegueProcess start(String... flags) {
        List<String> arguments = new ArrayList<>(List.of("--watch", "--interval=1h"));
        arguments.addAll(Arrays.asList(flags));
        arguments.addAll(List.of("--state-dir", stateDir.path().toString()));
        arguments.addAll(
                List.of("--confdir", confDir.path().toString(), etcd.url().toString()));
        SegueProcess segue = SegueProcess.start(folder, arguments.toArray(String[]::new));
        started.add(segue);
        return segue;
    }

    /** The target is what the store holds, nginx serves it, nothing is owed and nothing lies about. */
    void awaitConverged(String text) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            assertThat(target()).hasContent(file(text));
            assertThat(nginx.fetch("/", 3)).containsOnly(text);
            assertThat(stateDir.owed(target())).isEqualTo("nothing");
            assertThat(leftovers()).isEmpty();
        });
    }

    /** The target is whole, with one of these texts. */
    void assertTargetIsOneOf(String... texts) throws IOException {
        assertThat(Files.readString(target()))
                .isIn(Arrays.stream(texts).map(this::file).toList());
    }

    /** What lies beside the target and in the state directory that nobody needs. */
    List<String> leftovers() {
        try (Stream<Path> files = Files.list(nginx.confD())) {
            List<String> all = new ArrayList<>(stateDir.leftovers());
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".conf"))
                    .forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every Segue that runs, all that they started, and nginx. */
    @Override
    public void close() {
        started.forEach(SegueProcess::close);
        Stream.of(check, reload, verify).forEach(Gate::endOrphans);
        nginx.close();
    }
}
