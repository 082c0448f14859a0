package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A confd directory, converted and served by Segue on a real etcd, with no edit by hand. */
@Tag("server")
@Timeout(120)
class ConvertTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    Path folder;

    @Test
    void confDirectory_convertedAndRun_writesWhatConfdWrites() throws Exception {
        Path target = folder.resolve("app.conf");
        Path reloads = folder.resolve("reloads");
        ConfDirFolder confd = ConfDirFolder.in(folder)
                .write("confd.toml", "backend = \"etcdv3\"\nnodes = [\"" + ETCD.url() + "\"]\nlog-level = \"info\"\n")
                .resource("app.toml", """
                        [template]
                        prefix = "/production"
                        src = "app.conf.tmpl"
                        dest = "%s"
                        keys = ["/app"]
                        check_cmd = "grep -q upstream {{.src}}"
                        reload_cmd = "echo reloaded >> %s"
                        """.formatted(target, reloads))
                .template("app.conf.tmpl", """
                        {{$name := getv "/app/name"}}upstream {{$name}} {
                        {{- range gets "/app/upstream/*"}}
                            {{- $data := json .Value}}
                            server {{$data.host}}:{{$data.port}}{{if $data.backup}} backup{{end}};
                        {{- else}}
                            server 127.0.0.1:1 down;
                        {{- end}}
                        }
                        # {{join (ls "/app") ","}} $host ${uri}
                        """);
        ETCD.putTogether(Map.of(
                "/production/app/name", "shop",
                "/production/app/upstream/a", "{\"host\": \"10.0.0.1\", \"port\": 8080}",
                "/production/app/upstream/b", "{\"host\": \"10.0.0.2\", \"port\": 8081, \"backup\": true}"));
        Path made = folder.resolve("segue");

        assertThat(segue("convert", confd.path().toString(), "--out", made.toString()))
                .isZero();
        assertThat(segue("--onetime", "--confdir", made.toString())).isZero();

        assertThat(target).hasContent("""
                upstream shop {
                    server 10.0.0.1:8080;
                    server 10.0.0.2:8081 backup;
                }
                # name,upstream $host ${uri}
                """);
        assertThat(reloads).hasContent("reloaded\n");
    }

    @Test
    void confDirectory_withWhatIsNotCarriedOver_isNamedAndNeverInstalledWithAHole() throws Exception {
        Path target = folder.resolve("app.conf");
        ConfDirFolder confd = ConfDirFolder.in(folder)
                .resource("app.toml", "app.tmpl", target, "/hole")
                .template("app.tmpl", "one\n{{call .two}}\nthree\n");
        Path made = folder.resolve("new");

        try (SegueProcess convert =
                SegueProcess.start(folder, "convert", confd.path().toString(), "--out", made.toString())) {
            assertThat(convert.exitCode()).isEqualTo(1);
            assertThat(convert.messages())
                    .contains("ERROR templates/app.tmpl:2:3: call: no value of confd is a function");
            assertThat(convert.out())
                    .isEqualTo("templates/app.tmpl -> " + made.resolve("templates/app.ftl") + "\n2 files are in " + made
                            + "; what is marked there has to be seen to\n");
        }

        try (SegueProcess once = SegueProcess.start(
                folder, "--onetime", "--confdir", made.toString(), ETCD.url().toString())) {
            assertThat(once.exitCode()).isEqualTo(1);
            assertThat(once.log())
                    .contains(
                            "templates/app.ftl:3:1: the template stops itself: templates/app.tmpl:2 is not carried over");
        }
        assertThat(target).doesNotExist();
    }

    private int segue(String... args) throws IOException {
        try (SegueProcess segue = SegueProcess.start(folder, args)) {
            int code = segue.exitCode();
            Files.writeString(folder.resolve("last.log"), segue.log());
            assertThat(segue.log()).doesNotContain("ERROR");
            return code;
        }
    }
}
