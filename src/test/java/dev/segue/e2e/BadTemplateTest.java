package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Templates that are missing or wrong, that lack a key, or whose functions fail: while Segue runs, and at the start. */
@Tag("server")
@Timeout(120)
class BadTemplateTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    static Path folder;

    private static Site site;
    private static SegueProcess segue;

    @BeforeAll
    static void start() throws IOException {
        ETCD.put("/app/name", "secret-value");
        ETCD.put("/app/list/1", "10.0.0.1:80");
        ETCD.put("/app/list/2", "secret-value");
        site = Site.in(folder, ETCD).template("right.ftl", "right");
        segue = site.start("--interval=20ms");
        site.awaitText("good", "good 0");
    }

    @AfterAll
    static void stop() {
        segue.close();
    }

    static Stream<Arguments> badTemplates() {
        String endpoint = "not an endpoint (expected host:port, such as 10.0.0.1:8080, app.example:8080 or [::1]:8080;"
                + " the text has 12 characters)";
        return Stream.of(
                Arguments.of(
                        "unclosed", "a\n<#if x>\nb\n", "3:2: Unexpected end of file reached. You have an unclosed #if"),
                Arguments.of(
                        "bracket",
                        "a\nb ${getv('/app/name'}\n",
                        "2:21: unexpected \"}\", but at this place only this can be closed: \"(\""),
                Arguments.of(
                        "directive",
                        "a\n  <#lst [] as x></#lst>\n",
                        "2:4: there is no directive #lst (did you mean \"list\"?)"),
                Arguments.of(
                        "missing-key",
                        "a\n  ${getv('/app/nmae')}\n",
                        "2:3: key /app/nmae does not exist (nearest: /app/list/1, /app/list/2, /app/name)"),
                Arguments.of(
                        "key-without-slash",
                        "${getv('app/name')}",
                        "1:1: key app/name does not exist (nearest: /app/list/1, /app/list/2, /app/name)"),
                Arguments.of(
                        "no-function", "\n ${gtev('/app/name')}", "2:4: gtev is not defined (did you mean \"getv\"?)"),
                Arguments.of(
                        "atoi",
                        "\n ${atoi(getv('/app/name'))}",
                        "2:2: atoi: not a whole number (digits, a + or - may stand before them)"),
                Arguments.of(
                        "json",
                        "\n ${json(getv('/app/name')).host}",
                        "2:2: json: not JSON, or nested deeper than 100 (at character 0)"),
                Arguments.of("endpoint", "\n ${endpoint(getv('/app/name'))}", "2:2: endpoint: " + endpoint),
                Arguments.of(
                        "endpoints",
                        "\n<#list endpoints('/app/list/*', 'fail') as e>${e}</#list>",
                        "2:1: endpoints: key /app/list/2: " + endpoint),
                Arguments.of(
                        "nginx-string",
                        "\n ${nginxString(getv('/app/name') + '$x')}",
                        "2:2: nginxString: a $ at character 13 would start a variable,"
                                + " and nginx has no way to write it otherwise"),
                Arguments.of("stop", "<#stop 'no upstream left'>", "1:1: the template stops itself: no upstream left"),
                Arguments.of(
                        "include",
                        "\n<#include 'rihgt.ftl'>",
                        "2:1: <#include 'rihgt.ftl'>: no such template (did you mean \"right.ftl\"?)"),
                Arguments.of(
                        "include-outside",
                        "<#include '../../../../../../etc/passwd'>",
                        "1:1: <#include '../../../../../../etc/passwd'>: leads out of templates"),
                Arguments.of(
                        "new",
                        "${'freemarker.template.utility.Execute'?new()('id')}",
                        "1:1: ${'freemarker.template.utility.Execute'?new()('id')}: ?new is not allowed in a template"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTemplates")
    void badTemplate_leavesItsTargetAloneUntilItIsMended(String name, String text, String message) throws IOException {
        site.oldTarget(name).template(name + ".ftl", text).resource(name, name + ".ftl");
        site.awaitToldOnce(segue, "WARN conf.d/" + name + ".toml: templates/" + name + ".ftl:" + message);
        assertThat(site.text(name)).isEqualTo("old " + name);

        site.template(name + ".ftl", "right");

        site.awaitText(name, "right");
        site.awaitRecovered(segue, name);
        assertThat(segue.log()).doesNotContain("secret-value");
    }

    @Test
    void missingTemplate_isTakenUpWhenItComes() throws IOException {
        site.oldTarget("late").resource("late", "lte.ftl");
        site.awaitToldOnce(segue, "WARN conf.d/late.toml: templates/lte.ftl: no such template");
        assertThat(site.text("late")).isEqualTo("old late");

        site.template("lte.ftl", "there");

        site.awaitText("late", "there");
        site.awaitRecovered(segue, "late");
    }

    @Test
    void misspelledTemplate_namesTheNearestOne() throws IOException {
        site.oldTarget("misspelled").resource("misspelled", "rihgt.ftl");
        site.awaitToldOnce(
                segue,
                "WARN conf.d/misspelled.toml: templates/rihgt.ftl: no such template (did you mean \"right.ftl\"?)");
        assertThat(site.text("misspelled")).isEqualTo("old misspelled");

        site.resource("misspelled", "right.ftl");

        site.awaitText("misspelled", "right");
        site.awaitRecovered(segue, "misspelled");
    }

    @Test
    void missingKey_isWaitedForAndSaidAgainWhenItGoesMissingAgain() throws IOException {
        String message = "WARN conf.d/waiting.toml: templates/waiting.ftl:1:1: key /app/later does not exist"
                + " (nearest: /app/list/1, /app/list/2, /app/name)";
        site.oldTarget("waiting")
                .template("waiting.ftl", "${getv('/app/later')}")
                .resource("waiting", "waiting.ftl");
        site.awaitToldOnce(segue, message);
        assertThat(site.text("waiting")).isEqualTo("old waiting");

        ETCD.put("/app/later", "here");
        site.awaitText("waiting", "here");
        site.awaitRecovered(segue, "waiting");

        ETCD.delete("/app/later");
        site.awaitGoodFollows();
        site.awaitGoodFollows();
        assertThat(segue.messages().stream().filter(message::equals)).hasSize(2);
        assertThat(site.text("waiting")).isEqualTo("here");
    }

    @Test
    void tooFewKeys_holdTheTargetAndNameTheRange() throws IOException {
        site.oldTarget("held").template("held.ftl", "<#list gets('/few/*') as k>${k.key}</#list>");
        site.resourceText("held", """
                [template]
                src = "held.ftl"
                dest = "%s"
                keys = ["/few"]
                min_keys = 2
                """.formatted(site.target("held")));
        String end = "; " + site.target("held") + " left as it was";
        site.awaitToldOnce(segue, "WARN conf.d/held.toml: held: no key below /few" + end);

        ETCD.put("/few/a", "1");
        site.awaitToldOnce(segue, "WARN conf.d/held.toml: held: 1 of at least 2 keys below /few" + end);
        assertThat(site.text("held")).isEqualTo("old held");

        ETCD.put("/few/b", "2");
        site.awaitText("held", "/few/a/few/b");
        site.awaitRecovered(segue, "held");
    }

    @Test
    void noTemplatesFolder_holdsBackEverythingUntilItIsThere() throws IOException {
        Site bare = Site.in(folder, ETCD).oldTarget("good");
        Path templates = bare.confDir().resolve("templates");
        Path aside = bare.confDir().resolve("aside");
        Files.move(templates, aside);

        try (SegueProcess daemon = bare.start("--interval=20ms")) {
            daemon.awaitLog("WARN conf.d/good.toml: templates/good.ftl: no such template");
            assertThat(bare.text("good")).isEqualTo("old good");

            Files.move(aside, templates);
            bare.awaitText("good", "good 0");
            bare.awaitRecovered(daemon, "good");
        }
    }

    @Test
    void badTemplateAtTheStart_failsTheRunAndTheGoodOneIsApplied() throws IOException {
        Site fresh = Site.in(folder, ETCD)
                .oldTarget("bad")
                .template("bad.ftl", "${nope}")
                .resource("bad", "bad.ftl");

        try (SegueProcess once = fresh.start("--onetime")) {
            assertThat(once.exitCode()).isEqualTo(1);
            assertThat(once.messages())
                    .contains("WARN conf.d/bad.toml: templates/bad.ftl:1:3: nope is not defined")
                    .contains("INFO Target config " + fresh.target("good") + " has been updated");
        }
        assertThat(fresh.text("bad")).isEqualTo("old bad");
        assertThat(fresh.text("good")).isEqualTo("good 0");
    }
}
