package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Resource files that are wrong: each is held back alone, says why once, and is taken up when it is mended. */
@Tag("server")
@Timeout(120)
class BadResourceFileTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    static Path folder;

    private static Site site;
    private static SegueProcess segue;

    @BeforeAll
    static void start() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv(\"/app/name\")}");
        segue = site.start("--interval=20ms");
        site.awaitText("good", "good 0");
    }

    @AfterAll
    static void stop() {
        segue.close();
    }

    /** Name, text with TARGET for its target, and what is said of it. */
    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of(
                        "no-value", """
                        [template]
                        src = app.ftl
                        """, List.of("2:7: unexpected 'a', expected a value (text goes in double quotes)")),
                Arguments.of("no-bracket", """
                        [template
                        src = "app.ftl"
                        """, List.of("1:10: unexpected end of line, expected ]")),
                Arguments.of("no-quote", """
                        [template]
                        src = "app.ftl
                        dest = "TARGET"
                        """, List.of("2:15: unexpected end of line, expected \" or a character")),
                Arguments.of("no-table", """
                        src = "app.ftl"
                        """, List.of("1: the table [template] is missing", "1: unknown key \"src\"")),
                Arguments.of("unknown-table", """
                        [template]
                        src = "app.ftl"
                        dest = "TARGET"
                        keys = ["/app"]
                        [tempalte]
                        """, List.of("5: unknown table [tempalte] (did you mean \"template\"?)")),
                Arguments.of(
                        "unknown-key", """
                        [template]
                        src = "app.ftl"
                        dest = "TARGET"
                        keys = ["/app"]
                        relaod_cmd = "true"
                        """, List.of("5: unknown key \"relaod_cmd\" (did you mean \"reload_cmd\"?)")),
                Arguments.of(
                        "wrong-type",
                        """
                        [template]
                        src = "app.ftl"
                        dest = "TARGET"
                        keys = "/app"
                        mode = 644
                        check_cmd = ["true"]
                        """,
                        List.of(
                                "4: keys must be an array of strings, not a string (\"/app\")",
                                "5: mode must be a string, not an integer (644); put it in quotes, like \"0644\"",
                                "6: check_cmd must be a string, not an array")),
                Arguments.of("missing", """
                        [template]
                        mode = "0644"
                        """, List.of("1: src is missing", "1: dest is missing", "1: keys is missing")),
                Arguments.of(
                        "no-keys", """
                        [template]
                        src = "app.ftl"
                        dest = "TARGET"
                        keys = []
                        """, List.of("4: keys is empty (name at least one key; \"/\" is the whole store)")),
                Arguments.of(
                        "bad-mode", """
                        [template]
                        src = "app.ftl"
                        dest = "TARGET"
                        keys = ["/app"]
                        mode = "0999"
                        """, List.of("5: mode \"0999\" is not an octal file mode (3 or 4 digits, 0-7)")),
                Arguments.of(
                        "relative-dest",
                        """
                        [template]
                        src = "app.ftl"
                        dest = "etc/app.conf"
                        keys = ["/app"]
                        """,
                        List.of("3: dest \"etc/app.conf\" is not an absolute path"
                                + " (confd takes it from the folder in which it was started)")),
                Arguments.of("outside", """
                        [template]
                        src = "../../etc/passwd"
                        dest = "TARGET"
                        keys = ["/app"]
                        """, List.of("2: src \"../../etc/passwd\" is outside templates/")),
                Arguments.of(
                        "placeholder",
                        """
                        [template]
                        src = "app.ftl"
                        dest = "TARGET"
                        keys = ["/app"]
                        check_cmd = "nginx -t -c {{.scr}}"
                        """,
                        List.of("5: check_cmd has {{.scr}}, which stands for nothing (did you mean {{.src}}?)")),
                Arguments.of(
                        "timeout",
                        """
                        [template]
                        src = "app.ftl"
                        dest = "TARGET"
                        keys = ["/app"]
                        check_timeout = "5 minutes"
                        """,
                        List.of(
                                "5: check_timeout \"5 minutes\" is not a length of time (seconds, or a number with a unit: 500ms, 10s, 2m, 1h)")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void badFile_isHeldBackAloneUntilItIsMended(String name, String text, List<String> problems) throws IOException {
        site.oldTarget(name);
        site.resourceText(name, text.replace("TARGET", site.target(name).toString()));
        String[] messages = problems.stream()
                .map(problem -> "WARN conf.d/" + name + ".toml:" + problem)
                .toArray(String[]::new);
        site.awaitToldOnce(segue, messages);
        site.resource("beside-" + name, "app.ftl");
        site.awaitText("beside-" + name, "app x");
        assertThat(segue.messages()).containsOnlyOnce(messages);
        assertThat(site.text(name)).isEqualTo("old " + name);

        site.resource(name, "app.ftl");
        site.awaitText(name, "app x");
        site.awaitToldOnce(segue, "INFO conf.d/" + name + ".toml: right again");
    }

    @Test
    void secondFileWithOneTarget_isHeldBackUntilTheFirstIsGone() throws IOException {
        site.template("other.ftl", "other").resource("one", "app.ftl");
        site.awaitText("one", "app x");
        String same = """
                [template]
                src = "other.ftl"
                dest = "%s"
                keys = ["/app"]
                """.formatted(site.target("one"));

        site.resourceText("two", same);

        site.awaitToldOnce(
                segue,
                "WARN conf.d/two.toml:3: dest " + site.target("one") + " is the target of conf.d/one.toml already");
        assertThat(site.text("one")).isEqualTo("app x");

        site.removeResource("one");
        site.awaitText("one", "other");
    }

    @Test
    void linkToNowhere_isHeldBackUntilItsFileIsThere() throws IOException {
        Path elsewhere = site.note("linked.toml");
        Files.createSymbolicLink(site.confDir().resolve("conf.d/linked.toml"), elsewhere);

        site.awaitToldOnce(segue, "WARN conf.d/linked.toml: cannot be read: a link to a file that is not there");

        Files.writeString(elsewhere, """
                [template]
                src = "app.ftl"
                dest = "%s"
                keys = ["/app"]
                """.formatted(site.target("linked")));
        site.awaitText("linked", "app x");
    }
}
