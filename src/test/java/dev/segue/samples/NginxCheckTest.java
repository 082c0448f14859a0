package dev.segue.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.samples.NginxTree.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final String GOOD = "server { listen 127.0.0.1:18077; location / { proxy_pass http://shared; } }\n";

    @TempDir
    private Path temp;

    private NginxTree nginx;
    private Path tree;
    private Path dest;

    @BeforeEach
    void makeConfiguration() throws IOException {
        nginx = new NginxTree(temp);
        tree = nginx.tree;
        dest = nginx.dest;
    }

    @Test
    void check_goodFragmentThatNeedsAnotherFile_passesAndSaysNothing() throws Exception {
        assertThat(nginx.check(GOOD)).isEqualTo(new Result(0, ""));
    }

    @Test
    void check_fragmentInPlaceOfTheLiveFile_isJudgedByItsOwnText() throws Exception {
        Files.writeString(dest, "upstream app { server 127.0.0.1:1; }\n");

        assertThat(nginx.check("upstream app { server 127.0.0.1:2; }\n").exitCode())
                .isZero();
        assertThat(nginx.check("upstream app {\n").exitCode()).isEqualTo(1);
        assertThat(dest).hasContent("upstream app { server 127.0.0.1:1; }\n");
    }

    @Test
    void check_syntaxError_namesTheRealFileAndLine() throws Exception {
        Result result = nginx.check("# first line\nupstram app { }\n");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.said())
                .contains("unknown directive \"upstram\" in " + dest + ":2")
                .doesNotContain("nginx-check.");
    }

    @Test
    void check_nameThatAnotherFileHasToo_fails() throws Exception {
        Result result = nginx.check("upstream shared { server 127.0.0.1:1; }\n");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.said()).contains("duplicate upstream \"shared\" in " + tree + "/conf.d/shared.conf:1");
    }

    @Test
    void check_unknownVariable_fails() throws Exception {
        Result result = nginx.check("server { listen 127.0.0.1:18077; location / { return 200 $nobody; } }\n");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.said()).contains("unknown \"nobody\" variable");
    }

    @Test
    void check_fileThatNothingIncludes_failsHoweverGoodItIs() throws Exception {
        dest = tree.resolve("conf.d/app.cfg");

        assertThat(nginx.check(GOOD, dest))
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
        nginx.include("include conf.d/*.conf; include sites-enabled/*;");

        assertThat(nginx.check(GOOD, dest)).isEqualTo(new Result(0, ""));
        assertThat(nginx.check("upstram app { }\n", dest).said())
                .contains("unknown directive \"upstram\" in " + enabled.resolve("app") + ":1");
        assertThat(dest).hasContent(GOOD);
        assertThat(enabled.resolve("app")).isSymbolicLink();
    }

    @Test
    void check_folderThatIsALinkToElsewhere_isJudgedAndLeftAlone() throws Exception {
        Path elsewhere = tree.resolveSibling("elsewhere");
        Files.move(tree.resolve("conf.d"), elsewhere);
        Files.createSymbolicLink(tree.resolve("conf.d"), elsewhere);

        assertThat(nginx.check(GOOD)).isEqualTo(new Result(0, ""));
        assertThat(nginx.check("upstream shared { server 127.0.0.1:1; }\n").exitCode())
                .isEqualTo(1);
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertThat(files).containsExactly(elsewhere.resolve("shared.conf"));
        }
    }

    @Test
    void check_badOrGoodFragment_leavesNothingBehind() throws Exception {
        nginx.check(GOOD);
        nginx.check("upstram\n");

        try (Stream<Path> files = Files.list(nginx.scratch)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void check_mainFileThatIsNotThere_saysSo() throws Exception {
        Files.delete(tree.resolve("nginx.conf"));

        assertThat(nginx.check(GOOD))
                .isEqualTo(new Result(
                        2,
                        "nginx-check: " + tree
                                + "/nginx.conf: nginx's main file cannot be read (-c CONF names another)\n"));
    }

    @Test
    void check_relativeDest_isAUsageError() throws Exception {
        assertThat(nginx.run("staged", "app.conf"))
                .isEqualTo(new Result(2, "nginx-check: app.conf: DEST must be an absolute path\n"));
    }
}
