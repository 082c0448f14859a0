package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.settings.ConvertRequest;
import dev.segue.settings.ConvertRequest.Existing;
import dev.segue.settings.ExitCode;
import dev.segue.settings.Membership;
import dev.segue.settings.RenderRequest;
import dev.segue.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SegueCommandLineTest extends CommandLineFixture {
    @Test
    void run_urlAlone_startsTheDaemonWithIt() {
        assertThat(run("http://db:2379")).isZero();

        assertThat(program.did).isEqualTo("run");
        assertThat(settings().store().nodes()).containsExactly(URI.create("http://db:2379"));
        assertThat(settings().confDir()).isEqualTo(confDir);
        assertThat(err()).isEmpty();
        assertThat(out()).isEmpty();
    }

    @Test
    void run_confdsCommandLine_isUnderstood() {
        assertThat(run("-backend", "etcdv3", "-node", "http://a:1", "-onetime", "-watch=false", "b:2", "-prefix=/x"))
                .isZero();

        assertThat(settings().store().nodes()).containsExactly(URI.create("http://a:1"), URI.create("http://b:2"));
        assertThat(settings().repeat()).isEqualTo(Settings.Repeat.ONCE);
        assertThat(settings().follow()).isEqualTo(Settings.Follow.POLL);
        assertThat(settings().prefix()).contains("/x");
    }

    @Test
    void run_withAProgramToSupervise_handsItOnUntouched() {
        run("db:2379", "--", "nginx", "-g", "daemon off;");

        assertThat(settings().child()).containsExactly("nginx", "-g", "daemon off;");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 143})
    void run_whateverTheDaemonEndsWith_isTheExitCode(int code) {
        program.answer = new ExitCode(code);

        assertThat(run("db:2379")).isEqualTo(code);
    }

    @Test
    void run_inAGroup_acknowledgesUnderTheNameOfTheHost() throws UnknownHostException {
        assertThat(run("--acknowledge", "web")).isZero();

        assertThat(settings().membership())
                .contains(new Membership("web", InetAddress.getLocalHost().getHostName()));
    }

    @Test
    void plan_urlAlone_plans() {
        program.answer = ExitCode.CHANGES;

        assertThat(run("plan", "db:2379")).isEqualTo(2);
        assertThat(program.did).isEqualTo("plan");
        assertThat(out()).isEqualTo("the plan\n");
    }

    @Test
    void render_templateOfTheConfdir_isRenderedFromThere() throws IOException {
        Path templates = confDir.resolve("templates");
        Files.createDirectories(templates.resolve("sub"));
        Files.writeString(templates.resolve("sub/a.ftl"), "");
        Path data = Files.writeString(confDir.resolve("keys.yaml"), "");

        assertThat(run("render", "sub/a.ftl", "--data", data.toString())).isZero();
        assertThat(program.given).isEqualTo(new RenderRequest(templates, "sub/a.ftl", data));
    }

    @Test
    void render_anyOtherFile_isRenderedFromTheTemplatesFolderThatItIsIn() throws IOException {
        Path templates = confDir.resolve("x/templates");
        Files.createDirectories(templates.resolve("sub"));
        Path inTemplates = Files.writeString(templates.resolve("sub/a.ftl"), "");
        Path alone = Files.writeString(confDir.resolve("x/b.ftl"), "");

        run("render", inTemplates.toString(), "--data", alone.toString());
        assertThat(program.given).isEqualTo(new RenderRequest(templates, "sub/a.ftl", alone));

        run("render", alone.toString(), "--data", alone.toString());
        assertThat(program.given).isEqualTo(new RenderRequest(confDir.resolve("x"), "b.ftl", alone));
    }

    @Test
    void convert_noOut_goesToSegueBesideTheConfdir() throws IOException {
        Path from = Files.createDirectories(confDir.resolve("confd"));

        assertThat(run("convert", from.toString())).isZero();

        assertThat(program.given).isEqualTo(new ConvertRequest(from, confDir.resolve("segue"), Existing.KEPT));
    }

    @Test
    void convert_outAndForce_areTaken() throws IOException {
        Path to = confDir.resolve("new");

        run("convert", "--force", confDir.toString(), "-out", to.toString());

        assertThat(program.given).isEqualTo(new ConvertRequest(confDir, to, Existing.REPLACED));
    }

    @Test
    void render_filesThatAreNotThere_saysWhich() throws IOException {
        Path data = Files.writeString(confDir.resolve("keys.yaml"), "");

        assertThat(run("render", "gone.ftl", "--data", data.toString())).isEqualTo(2);
        assertThat(err())
                .isEqualTo("segue: TEMPLATE: there is no file \"gone.ftl\", neither here nor in " + confDir
                        + "/templates\n" + HINT);

        assertThat(run("render", "gone.ftl", "--data", "gone.yaml")).isEqualTo(2);
        assertThat(err()).isEqualTo("segue: --data: there is no readable file \"gone.yaml\"\n" + HINT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--intervall 5 | --intervall: no such flag (did you mean \"--interval\"?)",
                "-wacth | --wacth: no such flag (did you mean \"--watch\"?)",
                "--elephant | --elephant: no such flag",
                "--passwrd=hunter2 | --passwrd: no such flag (did you mean \"--password\"?)",
                "--passwrd hunter2 | --passwrd: no such flag (did you mean \"--password\"?)",
                "-separator : | --separator: is not for --backend etcd (it is for redis)",
                "-file a.yaml | --file: is not for --backend etcd (it is for file)",
                "db:2379 --interval | --interval: needs a value (TIME)",
                "--data x | --data: is no flag of segue run",
                "plan --data x | --data: is no flag of segue plan",
                "render --watch a.ftl --data x | --watch: is no flag of segue render",
                "render --data /dev/null | TEMPLATE: is missing (segue render TEMPLATE --data FILE)",
                "render a b --data /dev/null | TEMPLATE: is one file at a time, not a and b",
                "convert | CONFDIR: is missing (segue convert CONFDIR [--out DIR])",
                "convert / /tmp | CONFDIR: is one folder at a time, not / and /tmp",
                "convert /no/such/folder | CONFDIR: there is no folder \"/no/such/folder\"",
                "convert /tmp --out /tmp/x/.. | --out: is CONFDIR itself (name another folder)",
                "convert /tmp --data x | --data: is no flag of segue convert",
                "pln | pln: no such command (did you mean \"plan\"?)",
                "db:2379 plan | plan: a command comes before all other words (segue plan ...)",
                "help pln | pln: no such command (did you mean \"plan\"?); there are run, plan, render, convert, status, wait, switch, register, help",
                "htp://x | ETCD_URL: \"htp://x\" starts with htp:// (right is http:// or https://)",
                "http://db | ETCD_URL: \"http://db\" has no port (etcd's own is 2379: http://db:2379)",
                "--put /a=b | --put: is no flag of segue run",
                "--acknowledge a/b --member m | --acknowledge: \"a/b\" is no group name (letters, digits, \".\", \"_\" and"
                        + " \"-\", at most 253 characters, not \".\" or \"..\")",
                "db:2379 -- | --: names no program to start",
            })
    void run_wrongCommandLine_saysWhatIsRightAndEndsWith2(String line, String problem) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);

        assertThat(err()).isEqualTo("segue: " + problem + "\n" + HINT);
        assertThat(out()).isEmpty();
        assertThat(program.did).isEmpty();
    }

    @Test
    void run_severalMistakes_saysAll() {
        assertThat(run("--interval=0", "htp://x", "--scheme", "ftp", "--prefix"))
                .isEqualTo(2);

        assertThat(err()).isEqualTo("""
                segue: --prefix: needs a value (KEY)
                segue: --scheme: "ftp" is not http or https
                segue: ETCD_URL: "htp://x" starts with htp:// (right is http:// or https://)
                segue: --interval: must be more than 0, not "0"
                """ + HINT);
    }

    @Test
    void run_wrongConfiguration_endsWith3() {
        environment.put("SEGUE_INTERVAL", "soon");

        assertThat(run("db:2379")).isEqualTo(3);
        assertThat(err())
                .isEqualTo("segue: SEGUE_INTERVAL: \"soon\" is not a length of time (seconds, or a number with a unit:"
                        + " 500ms, 10s, 2m, 1h)\n");
        assertThat(program.did).isEmpty();
    }

    @Test
    void run_bug_endsWith70AndATrace() {
        program.first = () -> {
            throw new IllegalStateException("ouch");
        };

        assertThat(run("db:2379")).isEqualTo(70);
        assertThat(err())
                .startsWith("segue: this is a bug in Segue, please report it: java.lang.IllegalStateException: ouch\n"
                        + "java.lang.IllegalStateException: ouch\n\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "--help, RUN",
        "-help, RUN",
        "-h, RUN",
        "help, RUN",
        "plan --help, PLAN",
        "help plan, PLAN",
        "render -h, RENDER",
        "help render, RENDER",
        "status --help, STATUS",
        "help wait, WAIT",
        "switch --put -h --help, SWITCH",
        "register --value -h --help, REGISTER",
        "--help htp://x, RUN"
    })
    void run_askedForHelp_printsItToStandardOutput(String line, Command command) {
        assertThat(run(line.split(" ", -1))).isZero();

        assertThat(out()).isEqualTo(HelpScreen.of(command));
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-version", "-V", "plan --version"})
    void run_askedForTheVersion_printsIt(String line) {
        assertThat(run(line.split(" ", -1))).isZero();

        assertThat(out()).isEqualTo(Version.line() + "\n");
    }

    private Settings settings() {
        return (Settings) program.given;
    }
}
