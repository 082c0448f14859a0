package dev.segue.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.segue.keys.KeyPath;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ResourceFileTest {
    private static final String FILE = "conf.d/nginx.toml";
    private static final String LEAST = """
            [template]
            src = "a.ftl"
            dest = "/etc/a.conf"
            keys = ["/app"]
            """;

    @Test
    void parse_everyKey_isInTheResource() throws ProblemsException {
        ResourceFile.Parsed parsed = parse("""
                [template]
                src = "nginx/upstream.conf.ftl"
                dest = "/etc/nginx/conf.d/app.conf"
                keys = ["/upstream", "version"]
                prefix = "/app"
                mode = "0640"
                owner = "www-data"
                group = "adm"
                output_format = "yml"
                check_cmd = "nginx -t -c {{.src}}"
                check_timeout = "5s"
                reload_cmd = "nginx -s reload # {{ .dest }}"
                reload_timeout = 7
                verify_cmd = "pgrep nginx"
                verify_url = "http://[::1]:9104/digest?of=app"
                verify_timeout = "2s"
                settle_cmd = "settled {{.dest}}"
                settle_timeout = "3s"
                transaction = "site"
                min_reload_interval = "1m"
                pid_file = "/run//nginx.pid"
                max_generations = 4
                min_keys = 1
                """);

        Resource resource = parsed.resource();
        assertThat(resource.name()).isEqualTo(FILE);
        assertThat(resource.template()).isEqualTo("nginx/upstream.conf.ftl");
        assertThat(resource.dest()).isEqualTo(Path.of("/etc/nginx/conf.d/app.conf"));
        assertThat(resource.prefix()).isEqualTo(KeyPath.of("/app"));
        assertThat(resource.ranges()).hasToString("/app/upstream, /app/version");
        assertThat(resource.attributes())
                .isEqualTo(new FileAttributes(Optional.of(0640), Optional.of("www-data"), Optional.of("adm")));
        assertThat(resource.outputFormat()).contains(OutputFormat.YAML);
        assertThat(resource.check()).contains(new ShellCommand("nginx -t -c {{.src}}", Duration.ofSeconds(5)));
        assertThat(resource.reload())
                .contains(new ShellCommand("nginx -s reload # {{ .dest }}", Duration.ofSeconds(7)));
        assertThat(resource.verification())
                .isEqualTo(new Verification(
                        Optional.of(new ShellCommand("pgrep nginx", Duration.ofSeconds(2))),
                        Optional.of(URI.create("http://[::1]:9104/digest?of=app")),
                        Duration.ofSeconds(2)));
        assertThat(resource.transaction()).contains("site");
        assertThat(resource.minReloadInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(resource.program())
                .isEqualTo(new ReadingProgram(
                        Optional.of(Path.of("/run/nginx.pid")),
                        4,
                        Optional.of(new ShellCommand("settled {{.dest}}", Duration.ofSeconds(3)))));
        assertThat(resource.minKeys()).isEqualTo(1);
        assertThat(parsed.notes()).isEmpty();
    }

    @Test
    void parse_onlyWhatMustBeThere_leavesTheRestUnset() throws ProblemsException {
        Resource resource = parse(LEAST).resource();

        assertThat(resource.prefix()).isEqualTo(KeyPath.ROOT);
        assertThat(resource.attributes()).isEqualTo(FileAttributes.UNSET);
        assertThat(resource.outputFormat()).isEmpty();
        assertThat(resource.check()).isEmpty();
        assertThat(resource.reload()).isEmpty();
        assertThat(resource.verification()).isEqualTo(Verification.NONE);
        assertThat(resource.transaction()).isEmpty();
        assertThat(resource.minReloadInterval()).isZero();
        assertThat(resource.program()).isEqualTo(ReadingProgram.UNKNOWN);
        assertThat(resource.minKeys()).isZero();
    }

    @Test
    void parse_emptyTexts_leaveTheRestUnset() throws ProblemsException {
        Resource resource = parse(
                        LEAST + "verify_cmd = ''\nverify_url = ''\nsettle_cmd = ''\ntransaction = ''\npid_file = ''\n")
                .resource();

        assertThat(resource.verification()).isEqualTo(Verification.NONE);
        assertThat(resource.transaction()).isEmpty();
        assertThat(resource.program()).isEqualTo(ReadingProgram.UNKNOWN);
    }

    @Test
    void parse_verifyWithoutTimeout_getsTheDefaultEvenWithoutReload() throws ProblemsException {
        Verification verification =
                parse(LEAST + "verify_cmd = 'true'\n").resource().verification();

        assertThat(verification.command()).contains(new ShellCommand("true", Duration.ofSeconds(10)));
        assertThat(verification.timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:${PORT}/, http://127.0.0.1:8081/",
        "http://127.0.0.1:${PORT:-9104}/, http://127.0.0.1:8081/",
        "http://127.0.0.1:${NO_PORT:-9104}/, http://127.0.0.1:9104/",
        "http://127.0.0.1:${EMPTY:-9104}/, http://127.0.0.1:9104/",
        "${SCHEME}://${HOST}${NO_PATH:-}, https://h.example/$PORT$1",
        "http://a/$PORT, http://a/$PORT",
    })
    void parse_verifyUrl_takesItsVariablesFromTheEnvironment(String written, String meant) throws ProblemsException {
        Map<String, String> variables =
                Map.of("PORT", "8081", "EMPTY", "", "SCHEME", "https", "HOST", "h.example/$PORT$1");
        ResourceDefaults defaults =
                ResourceDefaults.STANDARD.withEnvironment(name -> Optional.ofNullable(variables.get(name)));

        Resource resource = ResourceFile.parse(FILE, LEAST + "verify_url = '" + written + "'\n", defaults)
                .resource();

        assertThat(resource.verification().url()).contains(URI.create(meant));
    }

    @Test
    void parse_variableThatMakesNoUrl_isNotShown() {
        ResourceDefaults defaults = ResourceDefaults.STANDARD.withEnvironment(name -> Optional.of("a secret"));

        assertThatThrownBy(() -> ResourceFile.parse(FILE, LEAST + "verify_url = 'http://${HOST}/'\n", defaults))
                .hasMessage(FILE + ":5: verify_url \"http://${HOST}/\" is not a URL: Illegal character in authority");
    }

    @Test
    void parse_commandsWithoutTimeouts_getTheDefaults() throws ProblemsException {
        Resource resource = parse(LEAST + "check_cmd = 'a'\nreload_cmd = 'b'\nsettle_cmd = 'c'\n")
                .resource();

        assertThat(resource.check()).contains(new ShellCommand("a", Duration.ofSeconds(30)));
        assertThat(resource.reload()).contains(new ShellCommand("b", Duration.ofSeconds(60)));
        assertThat(resource.program().settle()).contains(new ShellCommand("c", Duration.ofSeconds(10)));
    }

    @Test
    void parse_fileWrittenForConfd_worksUnchanged() throws ProblemsException {
        ResourceFile.Parsed parsed = parse("""
                # keys without a slash in front, ids instead of names, empty texts for nothing
                [template]
                prefix = ""
                Src = "app.conf.tmpl"
                Dest = "/tmp//app/../app.conf"
                uid = -1
                gid = 33
                mode = ""
                check_cmd = ""
                reload_cmd = "docker inspect -f '{{.State.Pid}}' {{json .}} nginx"
                keys = [
                  "upstream/app1",
                  "/database/",
                  "/database/url",
                ]
                """);

        Resource resource = parsed.resource();
        assertThat(resource.template()).isEqualTo("app.conf.tmpl");
        assertThat(resource.dest()).isEqualTo(Path.of("/tmp/app.conf"));
        assertThat(resource.ranges()).hasToString("/database, /upstream/app1");
        assertThat(resource.attributes())
                .isEqualTo(new FileAttributes(Optional.empty(), Optional.empty(), Optional.of("33")));
        assertThat(resource.check()).isEmpty();
        assertThat(resource.reload().map(ShellCommand::text))
                .contains("docker inspect -f '{{.State.Pid}}' {{json .}} nginx");
        assertThat(parsed.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'',/own,/own/app", "/global,/own,/global/app", "global,'',/global/app", "/,/own,/app"})
    void parse_globalPrefix_replacesTheFilesOwn(String global, String own, String range) throws ProblemsException {
        ResourceDefaults defaults = ResourceDefaults.STANDARD.withPrefix(Optional.of(global));
        Resource resource = ResourceFile.parse(FILE, LEAST + "prefix = '" + own + "'\n", defaults)
                .resource();

        assertThat(resource.ranges()).hasToString(range);
    }

    @ParameterizedTest
    @CsvSource({"0644, 420", "644, 420", "0o644, 420", "0000, 0", "1755, 1005", "07777, -1"})
    void parse_mode_isOctal(String text, int bits) {
        if (bits < 0) {
            assertThatThrownBy(() -> parse(LEAST + "mode = '" + text + "'\n"))
                    .hasMessage(FILE + ":5: mode \"" + text + "\" is not an octal file mode (3 or 4 digits, 0-7)");
            return;
        }
        assertThat(attributes("mode = '" + text + "'").mode()).contains(bits);
    }

    static Stream<Arguments> notes() {
        return Stream.of(
                arguments(
                        "mode = '644'",
                        "mode \"644\" is read as octal 0644 (confd reads it as a decimal number; \"0644\" means the same to"
                                + " both)"),
                arguments("mode = '1755'", "mode \"1755\" is read as octal 1755 (confd reads it as a decimal number)"),
                arguments("uid = 0\nowner = 'root'", "owner \"root\" is not used, because uid is set"));
    }

    @ParameterizedTest
    @MethodSource("notes")
    void parse_worthAWordButNotWrong_isANoteAtItsLine(String lines, String note) throws ProblemsException {
        int line = lines.contains("\n") ? 6 : 5;

        assertThat(parse(LEAST + lines + "\n").notes()).containsExactly(new Problem(FILE + ":" + line, note));
    }

    @Test
    void parse_uidBesideOwner_takesTheUid() {
        assertThat(attributes("uid = 7\nowner = 'root'").owner()).contains("7");
        assertThat(attributes("uid = -1\nowner = 'root'").owner()).contains("root");
    }

    static Stream<Arguments> wrongLines() {
        return Stream.of(
                arguments(
                        "mode = 0x1a4", "mode must be a string, not an integer (420); put it in quotes, like \"0644\""),
                arguments("mode = '0999'", "mode \"0999\" is not an octal file mode (3 or 4 digits, 0-7)"),
                arguments("mode = 'rw'", "mode \"rw\" is not an octal file mode (3 or 4 digits, 0-7)"),
                arguments("owner = 33", "owner must be a string, not an integer (33) (a number goes with the key uid)"),
                arguments("gid = 'www-data'", "gid must be an integer, not a string (\"www-data\")"),
                arguments("uid = -2", "uid must be between -1 and 4294967294, not -2"),
                arguments("min_keys = -1", "min_keys must be between 0 and 2147483647, not -1"),
                arguments(
                        "check_timeout = '5x'",
                        "check_timeout \"5x\" is not a length of time (seconds, or a number with a unit: 500ms, 10s, 2m,"
                                + " 1h)"),
                arguments(
                        "check_cmd = 'nginx -t -c {{.scr}}'",
                        "check_cmd has {{.scr}}, which stands for nothing (did you mean {{.src}}?)"),
                arguments(
                        "reload_cmd = 'x {{ .desti }}'",
                        "reload_cmd has {{ .desti }}, which stands for nothing (did you mean {{.dest}}?)"),
                arguments(
                        "verify_cmd = 'curl {{.srv}}'",
                        "verify_cmd has {{.srv}}, which stands for nothing (did you mean {{.src}}?)"),
                arguments("verify_url = 'ftp://a/'", "verify_url \"ftp://a/\" is not an http or https URL with a host"),
                arguments(
                        "verify_url = 'http:///a'", "verify_url \"http:///a\" is not an http or https URL with a host"),
                arguments(
                        "verify_url = '127.0.0.1'", "verify_url \"127.0.0.1\" is not an http or https URL with a host"),
                arguments(
                        "verify_url = 'http://a:70000/'",
                        "verify_url \"http://a:70000/\" has a port that is not from 1 to 65535"),
                arguments("verify_url = 'http://me:pw@a/'", "verify_url must not name a user (no password is sent)"),
                arguments(
                        "verify_url = 'http://a:${PORT}/'",
                        "verify_url has ${PORT}, but the environment has no PORT (a default would be ${PORT:-default})"),
                arguments(
                        "verify_url = 'http://a/${PORT'",
                        "verify_url \"http://a/${PORT\" is not a URL: Illegal character in path"),
                arguments("verify_timeout = 0", "verify_timeout must be more than 0, not \"0\""),
                arguments(
                        "settle_cmd = 'ask {{.dst_}}'",
                        "settle_cmd has {{.dst_}}, which stands for nothing (did you mean {{.dst}}?)"),
                arguments("settle_timeout = 0", "settle_timeout must be more than 0, not \"0\""),
                arguments("settled_cmd = 'x'", "unknown key \"settled_cmd\" (did you mean \"settle_cmd\"?)"),
                arguments(
                        "output_format = 'yamll'",
                        "output_format \"yamll\" is none of json, yaml, toml, xml (did you mean \"yaml\"?)"),
                arguments("output_format = 'JSON'", "output_format \"JSON\" is none of json, yaml, toml, xml"),
                arguments("transaction = 1", "transaction must be a string, not an integer (1)"),
                arguments(
                        "min_reload_interval = 'often'",
                        "min_reload_interval \"often\" is not a length of time (seconds, or a number with a unit: 500ms,"
                                + " 10s, 2m, 1h)"),
                arguments("pid_file = 'nginx.pid'", "pid_file \"nginx.pid\" is not an absolute path"),
                arguments("pid_file = '/run/'", "pid_file \"/run/\" names a folder, not a file"),
                arguments("max_generations = -1", "max_generations must be between 0 and 2147483647, not -1"),
                arguments("max_generations = 4", "max_generations needs a pid_file, to find the program by"),
                arguments("verify-uri = 'x'", "unknown key \"verify-uri\" (did you mean \"verify_url\"?)"),
                arguments("transactions = 'x'", "unknown key \"transactions\" (did you mean \"transaction\"?)"),
                arguments("pidfiles = 'x'", "unknown key \"pidfiles\" (did you mean \"pid_file\"?)"),
                arguments("reload_command = 'x'", "unknown key \"reload_command\" (did you mean \"reload_cmd\"?)"),
                arguments("elephant = 1", "unknown key \"elephant\""),
                arguments(
                        "check_cmd_timeout = 'x'",
                        "unknown key \"check_cmd_timeout\" (did you mean \"check_timeout\"?)"),
                arguments("[backend]", "[backend] says of no store where it is"),
                arguments("[backends]", "unknown table [backends] (did you mean \"backend\"?)"));
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void parse_wrongLine_isOneProblemThere(String line, String problem) {
        assertThatThrownBy(() -> parse(LEAST + line + "\n"))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(FILE + ":5: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backend"})
    void parse_keyOfALaterVersion_isUnknownWithoutAMisleadingHint(String key) {
        assertThatThrownBy(() -> parse(LEAST + key + " = 'x'\n")).hasMessage(FILE + ":5: unknown key \"" + key + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "src | '' | names no file",
                "src | '/' | names no file",
                "src | '../secret.ftl' | is outside templates/",
                "src | 'a/../../b.ftl' | is outside templates/",
                "dest | 'app.conf' | is not an absolute path (confd takes it from the folder in which it was started)",
                "dest | '' | is not an absolute path (confd takes it from the folder in which it was started)",
                "dest | '/' | names a folder, not a file",
                "dest | '/etc/nginx/' | names a folder, not a file",
                "dest | '/a/..' | names a folder, not a file",
            },
            quoteCharacter = '"')
    void parse_pathThatCannotBe_saysWhy(String key, String quoted, String why) {
        String text = LEAST.replaceFirst("(?m)^" + key + " = .*$", key + " = " + quoted);

        assertThatThrownBy(() -> parse(text))
                .hasMessage(FILE + ":" + (key.equals("src") ? 2 : 3) + ": " + key + " " + quoted.replace('\'', '"')
                        + " " + why);
    }

    @Test
    void parse_leadingSlashInSrc_meansNothing() throws ProblemsException {
        assertThat(parse(LEAST.replace("a.ftl", "/sub//a.ftl")).resource().template())
                .isEqualTo("sub/a.ftl");
    }

    @Test
    void parse_manyMistakes_saysAllInTheOrderOfTheLines() {
        assertThatThrownBy(() -> parse("""
                title = "mine"

                [template]
                scr = "a.ftl"
                dest = "app.conf"
                keys = []
                mode = 644
                """)).hasMessage("""
                conf.d/nginx.toml:1: unknown key "title"
                conf.d/nginx.toml:3: src is missing
                conf.d/nginx.toml:4: unknown key "scr" (did you mean "src"?)
                conf.d/nginx.toml:5: dest "app.conf" is not an absolute path (confd takes it from the folder in which it \
                was started)
                conf.d/nginx.toml:6: keys is empty (name at least one key; "/" is the whole store)
                conf.d/nginx.toml:7: mode must be a string, not an integer (644); put it in quotes, like "0644\"""");
    }

    @Test
    void parse_emptyFile_saysWhatIsMissing() {
        assertThatThrownBy(() -> parse("")).hasMessage(FILE + ":1: the table [template] is missing");
    }

    @Test
    void parse_emptyTemplate_namesEachMissingKey() {
        assertThatThrownBy(() -> parse("[template]\n")).hasMessage("""
                conf.d/nginx.toml:1: src is missing
                conf.d/nginx.toml:1: dest is missing
                conf.d/nginx.toml:1: keys is missing""");
    }

    @Test
    void parse_templateThatIsNoTable_saysSo() {
        assertThatThrownBy(() -> parse("template = 1\n"))
                .hasMessage(FILE + ":1: template must be a table, not an integer (1)");
        assertThatThrownBy(() -> parse("[[template]]\nsrc = 'a'\n"))
                .hasMessage(FILE + ":1: template must be a table, not an array");
    }

    private static ResourceFile.Parsed parse(String text) throws ProblemsException {
        return ResourceFile.parse(FILE, text, ResourceDefaults.STANDARD);
    }

    private static FileAttributes attributes(String lines) {
        try {
            return parse(LEAST + lines + "\n").resource().attributes();
        } catch (ProblemsException e) {
            throw new AssertionError(e);
        }
    }
}
