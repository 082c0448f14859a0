package dev.segue.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.settings.ConvertRequest;
import dev.segue.settings.ConvertRequest.Existing;
import dev.segue.settings.ProblemsException;
import dev.segue.testing.ConfDirFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConfDirConversionTest {
    @TempDir
    Path temp;

    private ConfDirFolder old;
    private Path made;

    @BeforeEach
    void open() throws IOException {
        old = ConfDirFolder.in(temp);
        made = temp.resolve("new");
    }

    @Test
    void run_confdir_givesTemplatesNewNamesAndResourceFilesThem() throws Exception {
        String toml = """
                # The servers.
                [template]
                  prefix = "/x"   # ours
                  src   =  "%s"  # the template
                dest = '/tmp/a "b".conf'
                keys = [
                  "/a",
                ]
                """;
        old.resource("a.toml", toml.formatted("nginx.conf.tmpl"))
                .resource("sub/b.toml", "template = { SRC = 'sub/haproxy.cfg', dest = \"/tmp/b\", keys = [\"/\"] }\n")
                .resource(
                        "c.toml",
                        "template.src = \"\"\"plain\"\"\"\ntemplate.dest = \"/tmp/c\"\ntemplate.keys = [\"/\"]")
                .template("nginx.conf.tmpl", "{{getv \"/a\"}}\n")
                .template("sub/haproxy.cfg", "{{getv \"/b\"}}\n")
                .template("plain", "text")
                .template("unused.tmpl", "{{getv \"/c\"}}")
                .template("ready.ftl", "${getv(\"/d\")}")
                .template("include.txt", "{{not a template}}")
                .write("confd.toml", "interval = 5\n")
                .write("check.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(old.path().resolve("check.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(
                old.path().resolve("templates/plain"), PosixFilePermissions.fromString("rw-------"));

        ConfDirConversion.Report report = run(Existing.KEPT);

        assertThat(report.notCarriedOver()).isEmpty();
        assertThat(report.templates())
                .isEqualTo(Map.of(
                        "templates/nginx.conf.tmpl", "templates/nginx.conf.ftl",
                        "templates/sub/haproxy.cfg", "templates/sub/haproxy.cfg.ftl",
                        "templates/plain", "templates/plain.ftl",
                        "templates/unused.tmpl", "templates/unused.ftl"));
        assertThat(files())
                .containsExactly(
                        "check.sh",
                        "conf.d/a.toml",
                        "conf.d/c.toml",
                        "conf.d/sub/b.toml",
                        "confd.toml",
                        "templates/include.txt",
                        "templates/nginx.conf.ftl",
                        "templates/plain.ftl",
                        "templates/ready.ftl",
                        "templates/sub/haproxy.cfg.ftl",
                        "templates/unused.ftl");
        assertThat(made.resolve("conf.d/a.toml")).hasContent(toml.formatted("nginx.conf.ftl"));
        assertThat(made.resolve("conf.d/sub/b.toml"))
                .hasContent("template = { SRC = 'sub/haproxy.cfg.ftl', dest = \"/tmp/b\", keys = [\"/\"] }\n");
        assertThat(made.resolve("conf.d/c.toml"))
                .hasContent("template.src = \"plain.ftl\"\ntemplate.dest = \"/tmp/c\"\ntemplate.keys = [\"/\"]");
        assertThat(made.resolve("templates/nginx.conf.ftl")).hasContent("${getv(\"/a\")}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("check.sh"))))
                .isEqualTo("rwxr-x---");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("templates/plain.ftl"))))
                .isEqualTo("rw-------");
    }

    @Test
    void run_nameThatIsTaken_keepsTheOldEnding() throws Exception {
        old.template("a.tmpl", "1").template("a.ftl", "2").template("b", "3").template("b.tmpl", "4");

        assertThat(run(Existing.KEPT).templates())
                .isEqualTo(
                        Map.of("templates/a.tmpl", "templates/a.tmpl.ftl", "templates/b.tmpl", "templates/b.tmpl.ftl"));
    }

    @Test
    void run_somethingIsNotCarriedOver_writesAllAndReports() throws Exception {
        old.resource("bad.toml", "[template\n")
                .resource("gone.toml", "gone.tmpl", Path.of("/tmp/x"), "/")
                .resource("good.toml", "good.tmpl", Path.of("/tmp/y"), "/")
                .resource("ours.toml", "ours.ftl", Path.of("/tmp/z"), "/")
                .resource("short-toml", "good.tmpl", Path.of("/tmp/v"), "/")
                .template("good.tmpl", "a\n{{call .x}}")
                .template("ours.ftl", "b");

        ConfDirConversion.Report report = run(Existing.KEPT);

        assertThat(report.notCarriedOver())
                .extracting(String::valueOf)
                .containsExactly(
                        "templates/good.tmpl:2:3: call: no value of confd is a function",
                        "conf.d/bad.toml:1:10: unexpected end of line, expected ]",
                        "conf.d/gone.toml: names no template that is there; copied as it is",
                        "conf.d/short-toml: Segue reads it only if its name ends in .toml");
        assertThat(files())
                .containsExactly(
                        "conf.d/bad.toml",
                        "conf.d/gone.toml",
                        "conf.d/good.toml",
                        "conf.d/ours.toml",
                        "conf.d/short-toml",
                        "templates/good.ftl",
                        "templates/ours.ftl");
    }

    @Test
    void run_srcThatNoFileCanHave_isSaid() throws Exception {
        old.resource("a.toml", "template.src = \"a\\u0000b\"\n").template("a.tmpl", "1");

        assertThat(run(Existing.KEPT).notCarriedOver())
                .extracting(String::valueOf)
                .containsExactly("conf.d/a.toml: names no template that is there; copied as it is");
    }

    @Test
    void run_folderLinkedIntoItself_isNamed() throws Exception {
        Path loop = Files.createSymbolicLink(old.path().resolve("templates/loop"), Path.of("."));

        assertThatThrownBy(() -> run(Existing.KEPT))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(loop + ": cannot be read: is linked into itself");
    }

    @Test
    void run_otherFileInTheWay_changesNothingUnlessForced() throws Exception {
        old.template("a.tmpl", "new").template("b.tmpl", "same").template("c.tmpl", "c");
        Files.createDirectories(made.resolve("templates"));
        Files.writeString(made.resolve("templates/a.ftl"), "mine");
        Files.writeString(made.resolve("templates/b.ftl"), "same");

        assertThatThrownBy(() -> run(Existing.KEPT))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(made.resolve("templates/a.ftl") + ": is there already (--force replaces it)");
        assertThat(files()).containsExactly("templates/a.ftl", "templates/b.ftl");
        assertThat(made.resolve("templates/a.ftl")).hasContent("mine");

        run(Existing.REPLACED);
        assertThat(made.resolve("templates/a.ftl")).hasContent("new");
    }

    @Test
    void run_noConfD_saysSo() throws Exception {
        Files.delete(old.path().resolve("conf.d"));

        assertThatThrownBy(() -> run(Existing.KEPT))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(old.path().resolve("conf.d") + ": no such folder (confd reads its resource files there)");
    }

    @Test
    void run_outWithinTheConfdir_isNotReadAgain() throws Exception {
        old.template("a.tmpl", "1");
        made = old.path().resolve("out");

        run(Existing.KEPT);

        assertThat(run(Existing.KEPT).files()).isEqualTo(1);
    }

    private ConfDirConversion.Report run(Existing existing) throws ProblemsException {
        return ConfDirConversion.run(new ConvertRequest(old.path(), made, existing));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(made)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> made.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
