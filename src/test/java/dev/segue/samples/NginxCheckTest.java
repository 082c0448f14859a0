package dev.segue.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/nginx-check} with the nginx that is installed, over a configuration of several files. */
@Tag("server")
@Timeout(60)
final class NginxCheckTest {
    private static final Path SCRIPT = Path.of("bin/nginx-check").toAbsolutePath();
    private static final String GOOD = "server { listen 127.0.0.1:18077; location / { proxy_pass http://shared; } }\n";

    @TempDir
    private Path temp;

    private Path tree;
    private Path dest;
    private Path scratch;

    @BeforeEach
    void makeConfiguration() throws IOException {
        Path root = temp.toRealPath();
        tree = Files.createDirectories(root.resolve("nginx tree"));
        scratch = Files.createDirectory(root.resolve("scratch"));
        dest = Files.createDirectory(tree.resolve("conf.d")).resolve("app.conf");
        Files.writeString(tree.resolve("conf.d/shared.conf"), "upstream shared { server 127.0.0.1:18078; }\n");
        writeMain("include \"" + tree + "/conf.d/*.conf\";");
    }

    @Test
    void check_goodFragmentThatNeedsAnotherFile_passesAndSaysNothing() throws Exception {
        assertThat(check(GOOD)).isEqualTo(new Result(0, ""));
    }

    @Test
    void check_fragmentInPlaceOfTheLiveFile_isJudgedByItsOwnText() throws Exception {
        Files.writeString(dest, "upstream app { server 127.0.0.1:1; }\n");

        assertThat(check("upstream app { server 127.0.0.1:2; }\n").exitCode()).isZero();
        assertThat(check("upstream app {\n").exitCode()).isEqualTo(1);
        assertThat(dest).hasContent("upstream app { server 127.0.0.1:1; }\n");
    }

    @Test
    void check_syntaxError_namesTheRealFileAndLine() throws Exception {
        Result result = check("# first line\nupstram app { }\n");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.said())
                .contains("unknown directive \"upstram\" in " + dest + ":2")
                .doesNotContain("nginx-check.");
    }

    @Test
    void check_nameThatAnotherFileHasToo_fails() throws Exception {
        Result result = check("upstream shared { server 127.0.0.1:1; }\n");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.said()).contains("duplicate upstream \"shared\" in " + tree + "/conf.d/shared.conf:1");
    }

    @Test
    void check_unknownVariable_fails() throws Exception {
        Result result = check("server { listen 127.0.0.1:18077; location / { return 200 $nobody; } }\n");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.said()).contains("unknown \"nobody\" variable");
    }

    @Test
    void check_fileThatNothingIncludes_failsHoweverGoodItIs() throws Exception {
        dest = tree.resolve("conf.d/app.cfg");

        assertThat(check(GOOD))
                .isEqualTo(new Result(
                        1,
                        "nginx-check: " + dest + ": nothing in " + tree
                                + "/nginx.conf includes it (by name or by a pattern)\n"));
    }

    @Test
    void check_fileIncludedThroughALink_isJudged() throws Exception {
        dest = Files.createDirectory(tree.resolve("sites-available")).resolve("app");
        Files.writeString(dest, GOOD);
        Path enabled = Files.createDirectory(tree.resolve("sites-enabled"));
        Files.createSymbolicLink(enabled.resolve("app"), Path.of("../sites-available/app"));
        writeMain("include conf.d/*.conf; include sites-enabled/*;");

        assertThat(check(GOOD)).isEqualTo(new Result(0, ""));
        assertThat(check("upstram app { }\n").said())
                .contains("unknown directive \"upstram\" in " + enabled.resolve("app") + ":1");
        assertThat(dest).hasContent(GOOD);
        assertThat(enabled.resolve("app")).isSymbolicLink();
    }

    @Test
    void check_folderThatIsALinkToElsewhere_isJudgedAndLeftAlone() throws Exception {
        Path elsewhere = tree.resolveSibling("elsewhere");
        Files.move(tree.resolve("conf.d"), elsewhere);
        Files.createSymbolicLink(tree.resolve("conf.d"), elsewhere);

        assertThat(check(GOOD)).isEqualTo(new Result(0, ""));
        assertThat(check("upstream shared { server 127.0.0.1:1; }\n").exitCode())
                .isEqualTo(1);
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertThat(files).containsExactly(elsewhere.resolve("shared.conf"));
        }
    }

    @Test
    void check_badOrGoodFragment_leavesNothingBehind() throws Exception {
        check(GOOD);
        check("upstram\n");

        try (Stream<Path> files = Files.list(scratch)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void check_mainFileThatIsNotThere_saysSo() throws Exception {
        Files.delete(tree.resolve("nginx.conf"));

        assertThat(check(GOOD))
                .isEqualTo(new Result(
                        2,
                        "nginx-check: " + tree
                                + "/nginx.conf: nginx's main file cannot be read (-c CONF names another)\n"));
    }

    @Test
    void check_relativeDest_isAUsageError() throws Exception {
        assertThat(run(SCRIPT.toString(), "staged", "app.conf"))
                .isEqualTo(new Result(2, "nginx-check: app.conf: DEST must be an absolute path\n"));
    }

    private void writeMain(String includes) throws IOException {
        Files.writeString(tree.resolve("nginx.conf"), """
                pid "%1$s/nginx.pid";
                error_log stderr;
                events { }
                http {
                    access_log off;
                    client_body_temp_path "%1$s/body"; proxy_temp_path "%1$s/proxy"; fastcgi_temp_path "%1$s/fastcgi";
                    uwsgi_temp_path "%1$s/uwsgi"; scgi_temp_path "%1$s/scgi";
                    %2$s
                }
                """.formatted(tree.getParent(), includes));
    }

    private Result check(String text) throws IOException, InterruptedException {
        Path staged = Files.writeString(dest.resolveSibling(".app.conf.staged"), text);
        try {
            return run(
                    SCRIPT.toString(), "-c", tree.resolve("nginx.conf").toString(), staged.toString(), dest.toString());
        } finally {
            Files.delete(staged);
        }
    }

    private Result run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TMPDIR", scratch.toString());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), said);
    }

    private record Result(int exitCode, String said) {}
}
