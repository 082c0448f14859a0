package dev.segue.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.segue.settings.Backend;
import dev.segue.settings.ExitCode;
import dev.segue.settings.Membership;
import dev.segue.settings.Pace;
import dev.segue.settings.Problem;
import dev.segue.settings.Settings;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.settings.StoreSettings.ServerCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SettingsReaderTest {
    private static final String RIGHT_NAME =
            "(letters, digits, \".\", \"_\" and \"-\", at most 253 characters, not \".\" or \"..\")";

    @TempDir
    Path confDir;

    private final Map<Flag, List<Given>> flags = new EnumMap<>(Flag.class);
    private final Map<String, String> variables = new HashMap<>();
    private Findings findings = new Findings();
    private Optional<String> hostName = Optional.of("web1.example");

    @BeforeEach
    void nameConfDir() {
        flag(Flag.CONFDIR, confDir.toString());
    }

    @Test
    void settings_nothingGiven_areTheDefaults() {
        assertThat(settings())
                .isEqualTo(new Settings(
                        new StoreSettings(
                                List.of(URI.create("http://127.0.0.1:2379")),
                                Optional.empty(),
                                "http",
                                Certificates.SYSTEM,
                                Optional.empty(),
                                Duration.ofSeconds(3)),
                        confDir,
                        Optional.empty(),
                        Settings.Follow.POLL,
                        Duration.ofSeconds(10),
                        Settings.Repeat.FOREVER,
                        Settings.Writes.ALLOWED,
                        Settings.Commands.RUN,
                        Settings.StagedFiles.REMOVED,
                        List.of(),
                        Pace.STANDARD,
                        Path.of("/var/lib/segue"),
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        Optional.empty(),
                        List.of()));
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void settings_everyFlagOfOneRunGiven_areThere() throws IOException {
        Path pem = Files.writeString(confDir.resolve("a.pem"), "x");
        for (Flag file : List.of(Flag.CLIENT_CA_KEYS, Flag.CLIENT_CERT, Flag.CLIENT_KEY)) {
            flag(file, pem.toString());
        }
        for (Flag on : List.of(
                Flag.WATCH,
                Flag.ONETIME,
                Flag.NOOP,
                Flag.SYNC_ONLY,
                Flag.KEEP_STAGE_FILE,
                Flag.CLIENT_INSECURE,
                Flag.BASIC_AUTH)) {
            flag(on, "true");
        }
        flag(Flag.NODE, "https://a:1", "https://b:2,https://c:3", "https://a:1");
        flag(Flag.BACKEND, "etcdv3");
        flag(Flag.USERNAME, "root");
        flag(
                Flag.PASSWORD_FILE,
                Files.writeString(confDir.resolve("password"), "hun ter2\n").toString());
        flag(Flag.REQUEST_TIMEOUT, "500ms");
        flag(Flag.PREFIX, "/app");
        flag(Flag.INTERVAL, "2m");
        flag(Flag.SECRET_KEYS, "/a/**, /b/*", "/c");
        flag(Flag.QUIET_PERIOD, "0");
        flag(Flag.MAX_DELAY, "500ms");
        flag(Flag.STATE_DIR, "/tmp/state");
        flag(Flag.HTTP, "127.0.0.1:9105");
        flag(Flag.READY_LIMIT, "5m");

        assertThat(settings())
                .isEqualTo(new Settings(
                        new StoreSettings(
                                List.of(
                                        URI.create("https://a:1"),
                                        URI.create("https://b:2"),
                                        URI.create("https://c:3")),
                                Optional.empty(),
                                "http",
                                new Certificates(
                                        Optional.of(pem), Optional.of(pem), Optional.of(pem), ServerCheck.SKIPPED),
                                Optional.of(new Login("root", "hun ter2")),
                                Duration.ofMillis(500)),
                        confDir,
                        Optional.of("/app"),
                        Settings.Follow.WATCH,
                        Duration.ofMinutes(2),
                        Settings.Repeat.ONCE,
                        Settings.Writes.SHOWN_ONLY,
                        Settings.Commands.SKIPPED,
                        Settings.StagedFiles.KEPT,
                        List.of("/a/**", "/b/*", "/c"),
                        new Pace(Duration.ZERO, Duration.ofMillis(500)),
                        Path.of("/tmp/state"),
                        Optional.of(address("127.0.0.1", 9105)),
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        List.of()));
        assertThat(findings.warnings()).isEmpty();
    }

    static Stream<Arguments> inheritedValues() {
        return Stream.of(
                arguments(Flag.PREFIX, (Function<Settings, Object>)
                        s -> s.prefix().orElse("")),
                arguments(Flag.SECRET_KEYS, (Function<Settings, Object>) s -> String.join("", s.secretKeys())),
                arguments(Flag.SRV_RECORD, (Function<Settings, Object>)
                        s -> s.store().srvRecord().orElse("")));
    }

    /** Four sources, of which each may name the value or not: the first that does wins, for each value on its own. */
    @ParameterizedTest
    @MethodSource("inheritedValues")
    void value_givenInSeveralSources_comesFromTheStrongest(Flag flag, Function<Settings, Object> value)
            throws IOException {
        List<String> sources = List.of("flag", "own", "confd", "file");
        for (int given = 1; given < 16; given++) {
            findings = new Findings();
            flags.remove(flag);
            variables.clear();
            Files.deleteIfExists(confDir.resolve("segue.toml"));
            String variable = flag.key().toUpperCase(java.util.Locale.ROOT);
            if ((given & 1) != 0) {
                flag(flag, "flag");
            }
            if ((given & 2) != 0) {
                variables.put("SEGUE_" + variable, "own");
            }
            if ((given & 4) != 0) {
                variables.put("CONFD_" + variable, "confd");
            }
            if ((given & 8) != 0) {
                file("segue.toml", flag.key() + " = " + (flag.kind() == Flag.Kind.LIST ? "['file']" : "'file'"));
            }

            assertThat(value.apply(settings())).isEqualTo(sources.get(Integer.numberOfTrailingZeros(given)));
        }
    }

    @ParameterizedTest
    @CsvSource({"true,false,POLL", "false,true,WATCH"})
    void switch_givenAsFalse_undoesWhatAWeakerSourceSays(String file, String flag, Settings.Follow follow)
            throws IOException {
        file("segue.toml", "watch = " + file);
        flag(Flag.WATCH, flag);

        assertThat(settings().follow()).isEqualTo(follow);
    }

    @Test
    void value_givenTwiceOnTheCommandLine_isTheLast() {
        flag(Flag.PREFIX, "/a", "/b");

        assertThat(settings().prefix()).contains("/b");
    }

    @Test
    void value_emptyText_isAsGoodAsNone() throws IOException {
        file("segue.toml", "interval = 5\nclient_cert = ''\n");
        variables.put("SEGUE_INTERVAL", "");
        flag(Flag.INTERVAL, "");
        flag(Flag.USERNAME, "");

        assertThat(settings().interval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void variables_ofEveryFlag_areKnown() {
        for (Flag flag : Flag.values()) {
            String name = flag.option().substring(2).replace('-', '_').toUpperCase(java.util.Locale.ROOT);
            assertThat(Flag.ofVariable(name).isPresent()).as(name).isEqualTo(flag.isInherited());
        }
        assertThat(Flag.ofVariable("CLIENT_CAKEYS")).contains(Flag.CLIENT_CA_KEYS);
        assertThat(Flag.ofVariable("NODES")).contains(Flag.NODE);
    }

    @Test
    void variables_unknownOnes_areWarningsWithTheNearestName() {
        variables.putAll(Map.of(
                "SEGUE_INTERVALL",
                "5",
                "SEGUE_ELEPHANT",
                "5",
                "SEGUE_JAVA_OPTS",
                "-X",
                "CONFD_ELEPHANT",
                "5",
                "PATH",
                "/"));

        settings();
        assertThat(findings.warnings())
                .containsExactly(
                        new Problem("SEGUE_ELEPHANT", "stands for no flag"),
                        new Problem("SEGUE_INTERVALL", "stands for no flag (did you mean \"SEGUE_INTERVAL\"?)"));
    }

    @Test
    void configFile_writtenForConfd_worksUnchanged() throws IOException {
        file("confd.toml", """
                backend = "etcdv3"
                client_cakeys = ""
                interval = 600
                log-level = "debug"
                nodes = ["http://a:1", "http://b:2"]
                noop = true
                prefix = "/production"
                scheme = "http"
                sync-only = true
                keepstagefile = true
                watch = true
                basic_auth = true
                """);

        Settings settings = settings();
        assertThat(settings.store().nodes()).containsExactly(URI.create("http://a:1"), URI.create("http://b:2"));
        assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.writes()).isEqualTo(Settings.Writes.SHOWN_ONLY);
        assertThat(settings.commands()).isEqualTo(Settings.Commands.SKIPPED);
        assertThat(settings.stagedFiles()).isEqualTo(Settings.StagedFiles.KEPT);
        assertThat(settings.follow()).isEqualTo(Settings.Follow.WATCH);
        assertThat(settings.prefix()).contains("/production");
        assertThat(reader().logLevel()).isEqualTo(LogLevel.DEBUG);
    }

    @Test
    void configFile_ownBesideConfds_isTheOneThatCounts() throws IOException {
        file("confd.toml", "interval = 1");
        file("segue.toml", "interval = 2");
        assertThat(settings().interval()).isEqualTo(Duration.ofSeconds(2));

        flag(Flag.CONFIG_FILE, confDir.resolve("confd.toml").toString());
        assertThat(settings().interval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void configFile_namesAConfdir_isObeyed() throws IOException {
        flags.remove(Flag.CONFDIR);
        Path file = file("elsewhere.toml", "confdir = '" + confDir + "/mine'");
        variables.put("SEGUE_CONFIG_FILE", file.toString());

        assertThat(settings().confDir()).isEqualTo(confDir.resolve("mine"));
    }

    @Test
    void configFile_mistakes_areAllSaidWithTheirLines() throws IOException {
        Path file = file("segue.toml", """
                intervall = 5
                nodes = "http://a:1"
                table = "x"
                password = 12345
                config_file = "x"
                """);

        assertThat(problems(ExitCode.CONFIGURATION))
                .containsExactly(
                        file + ":1: unknown key \"intervall\" (did you mean \"interval\"?)",
                        file + ":2: nodes must be an array of strings, not a string (\"http://a:1\")",
                        file + ":3: table is for a store of confd's that Segue does not have",
                        file + ":4: password must be a string, not an integer",
                        file + ":5: unknown key \"config_file\"");
    }

    @Test
    void configFile_wrongValues_areSaidWithLineAndKey() throws IOException {
        Path file =
                file("segue.toml", "interval = 0\nnodes = [\n  'http://a:1',\n  'htp://b'\n]\nbackend = 'consul'\n");

        assertThat(problems(ExitCode.CONFIGURATION))
                .containsExactly(
                        file
                                + ":6: backend \"consul\" is a store that Segue does not have (it has etcd, redis, zookeeper, file, env)",
                        file + ":2: nodes \"htp://b\" starts with htp:// (right is http:// or https://)",
                        file + ":1: interval must be more than 0, not \"0\"");
    }

    @Test
    void configFile_namedButNotThere_isAProblem() {
        flag(Flag.CONFIG_FILE, confDir + "/gone.toml");

        assertThat(problems(ExitCode.CONFIGURATION)).containsExactly(confDir + "/gone.toml: no such file");
    }

    @Test
    void confDir_notNamed_isTheFirstOfTheUsualOnesThatIsThere() throws IOException {
        flags.remove(Flag.CONFDIR);
        Path first = confDir.resolve("etc-segue");
        Path second = confDir.resolve("etc-confd");
        assertThat(confDirOutOf(first, second)).isEqualTo(first);

        Files.createDirectory(second);
        assertThat(confDirOutOf(first, second)).isEqualTo(second);

        Files.createDirectory(first);
        assertThat(confDirOutOf(first, second)).isEqualTo(first);
    }

    static Stream<Arguments> wrongFlags() {
        return Stream.of(
                wrong(
                        "--interval: \"5x\" is not a length of time (seconds, or a number with a unit: 500ms, 10s, 2m, 1h)",
                        Flag.INTERVAL,
                        "5x"),
                wrong("--interval: must be more than 0, not \"0\"", Flag.INTERVAL, "0"),
                wrong(
                        "--interval: \"-5\" is not a length of time (seconds, or a number with a unit: 500ms, 10s, 2m, 1h)",
                        Flag.INTERVAL,
                        "-5"),
                wrong("--request-timeout: must be more than 0, not \"0s\"", Flag.REQUEST_TIMEOUT, "0s"),
                wrong("--watch: \"maybe\" is not true or false", Flag.WATCH, "maybe"),
                wrong(
                        "--backend: \"vault\" is a store that Segue does not have (it has etcd, redis, zookeeper, file, env)",
                        Flag.BACKEND,
                        "vault"),
                wrong("--backend: needs --file beside it", Flag.BACKEND, "file"),
                wrong("--file: is not for --backend etcd (it is for file)", Flag.FILE, "keys.yaml"),
                wrong("--scheme: \"ftp\" is not http or https", Flag.SCHEME, "ftp"),
                wrong("--node: \"db\" has no port (etcd's own is 2379: http://db:2379)", Flag.NODE, "db"),
                wrong(
                        "--node: mixes http and https (all nodes are of one kind): http://a:1, https://b:1",
                        Flag.NODE,
                        "http://a:1,https://b:1"),
                wrong(
                        "--username: needs a password (--password-file or SEGUE_PASSWORD) beside it",
                        Flag.USERNAME,
                        "root"),
                wrong("--password: needs --username beside it", Flag.PASSWORD, "hunter2"),
                wrong("--member: needs --acknowledge beside it", Flag.MEMBER, "a"),
                wrong("--client-cert: needs --client-key beside it", Flag.CLIENT_CERT, "/dev/null"),
                wrong("--client-key: needs --client-cert beside it", Flag.CLIENT_KEY, "/dev/null"),
                wrong("--ready-limit: must be more than 0, not \"0\"", Flag.READY_LIMIT, "0"),
                wrong(
                        "--max-delay: \"50ms\" makes the greatest delay shorter than the quiet period (--max-delay is at"
                                + " least as long as --quiet-period)",
                        Flag.MAX_DELAY,
                        "50ms"),
                wrong(
                        "--quiet-period: \"3s\" makes the greatest delay shorter than the quiet period (--max-delay is at"
                                + " least as long as --quiet-period)",
                        Flag.QUIET_PERIOD,
                        "3s"),
                wrong(
                        "--http: \"9105\" is not HOST:PORT (such as 127.0.0.1:9105 or [::1]:9105; :9105 is"
                                + " 127.0.0.1:9105)",
                        Flag.HTTP,
                        "9105"),
                wrong("--client-ca-keys: \"/gone.pem\" is not there", Flag.CLIENT_CA_KEYS, "/gone.pem"));
    }

    @Test
    void backend_file_hasItsFilesAndNothingOfEtcd() throws IOException {
        file("segue.toml", "backend = 'file'\nfile = ['keys.yaml', '/etc/a,b']\nfilter = '*.{yaml,json}'\n");
        variables.put("SEGUE_NODES", "http://meant-for-others:2379");

        StoreSettings store = settings().store();

        assertThat(store.backend())
                .isEqualTo(new Backend.KeyFiles(List.of(Path.of("keys.yaml"), Path.of("/etc/a,b")), "*.{yaml,json}"));
        assertThat(store.nodes()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void backend_fileWithOtherFlags_isRefusedForEach() {
        flag(Flag.BACKEND, "file");
        flag(Flag.FILE, "keys.yaml");
        flag(Flag.FILTER, "[");
        flag(Flag.NODE, "http://a:1");
        flag(Flag.SRV_DOMAIN, "example.com");
        flag(Flag.USERNAME, "root");
        variables.put("SEGUE_ACKNOWLEDGE", "web");

        assertThat(problems(ExitCode.USAGE))
                .containsExactly(
                        "--node: is not for --backend file (it is for etcd, redis, zookeeper)",
                        "--srv-domain: is not for --backend file (it is for etcd)",
                        "--username: is not for --backend file (it is for etcd, redis, zookeeper)",
                        "--filter: \"[\" is not a glob for file names (such as *.yaml)",
                        "SEGUE_ACKNOWLEDGE: is not for --backend file (it is for etcd)");
    }

    @Test
    void backend_redis_hasItsNodesAndItsLogin() {
        flag(Flag.BACKEND, "redis");
        flag(Flag.NODE, "a:6379", "redis://b:6380/2");
        flag(Flag.SEPARATOR, ":");
        flag(Flag.USERNAME, "segue");
        variables.put("SEGUE_PASSWORD", "hunter2");

        assertThat(settings().store())
                .isEqualTo(new StoreSettings(
                        new Backend.Redis(":"),
                        List.of(URI.create("redis://a:6379"), URI.create("redis://b:6380/2")),
                        Optional.empty(),
                        "http",
                        Certificates.SYSTEM,
                        Optional.of(new Login("segue", "hunter2")),
                        Duration.ofSeconds(3)));
    }

    @Test
    void backend_redisWithNothingElse_isTheUsualOne() {
        flag(Flag.BACKEND, "redis");

        assertThat(settings().store().nodes()).containsExactly(URI.create("redis://127.0.0.1:6379"));
        assertThat(settings().store().backend()).isEqualTo(new Backend.Redis("/"));
    }

    @Test
    void backend_redisOfBothKinds_isRefused() {
        flag(Flag.BACKEND, "redis");
        flag(Flag.NODE, "rediss://a:1", "redis://b:1");

        assertThat(problems(ExitCode.USAGE))
                .containsExactly(
                        "--node: mixes redis and rediss (all nodes are of one kind): rediss://a:1, redis://b:1");
    }

    @Test
    void backend_zookeeper_hasItsNodes() {
        flag(Flag.BACKEND, "zookeeper");
        flag(Flag.NODE, "a:2181,zk://b:2182");

        assertThat(settings().store().nodes()).containsExactly(URI.create("zk://a:2181"), URI.create("zk://b:2182"));
    }

    @Test
    void backend_zookeeperWithTls_isRefused() {
        flag(Flag.BACKEND, "zookeeper");
        flag(Flag.CLIENT_INSECURE, "true");

        assertThat(problems(ExitCode.USAGE))
                .containsExactly("--client-insecure: is not for --backend zookeeper (it is for etcd, redis)");
    }

    @Test
    void backend_env_neverChanges() {
        flag(Flag.BACKEND, "env");
        flag(Flag.WATCH, "true");

        assertThat(settings().store().backend()).isEqualTo(new Backend.Environment());
        assertThat(findings.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "--watch: does nothing with --backend env: the environment of a process never changes");
    }

    @Test
    void state_inTheFileAndTheEnvironment_isRead() throws IOException {
        file("segue.toml", "state_dir = '/a'\nhttp = ':1'\nready_limit = 5\nquiet_period = 0\nmax_delay = '1s'\n");
        variables.put("SEGUE_STATE_DIR", "/b");
        variables.put("SEGUE_HTTP", "[::1]:9105");

        Settings settings = settings();
        assertThat(settings.stateDir()).isEqualTo(Path.of("/b"));
        assertThat(settings.http()).contains(address("::1", 9105));
        assertThat(settings.readyLimit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.pace()).isEqualTo(new Pace(Duration.ZERO, Duration.ofSeconds(1)));
    }

    @Test
    void maxDelay_ofTheFileShorterThanTheQuietPeriodOfTheCommandLine_isAProblemOfTheFile() throws IOException {
        Path file = file("segue.toml", "max_delay = '1s'");
        flag(Flag.QUIET_PERIOD, "2s");

        assertThat(problems(ExitCode.CONFIGURATION))
                .containsExactly(file + ":1: max_delay \"1s\" makes the greatest delay shorter than the quiet period"
                        + " (--max-delay is at least as long as --quiet-period)");
    }

    private static Arguments wrong(String problem, Flag flag, String text) {
        return arguments(flag, text, problem);
    }

    @ParameterizedTest
    @MethodSource("wrongFlags")
    void settings_wrongFlag_isOneProblemOfUsage(Flag flag, String text, String problem) {
        flag(flag, text);

        assertThat(problems(ExitCode.USAGE)).containsExactly(problem);
    }

    @Test
    void settings_mistakesInSeveralSources_areAllSaidAndUsageDecidesTheExitCode() throws IOException {
        Path file = file("segue.toml", "scheme = 'ftp'");
        variables.put("SEGUE_REQUEST_TIMEOUT", "soon");
        flag(Flag.INTERVAL, "0");

        assertThat(problems(ExitCode.USAGE))
                .containsExactly(
                        "--interval: must be more than 0, not \"0\"",
                        file + ":1: scheme \"ftp\" is not http or https",
                        "SEGUE_REQUEST_TIMEOUT: \"soon\" is not a length of time (seconds, or a number with a unit: 500ms,"
                                + " 10s, 2m, 1h)");
    }

    @Test
    void password_fromTheEnvironment_isTakenSilently() {
        flag(Flag.USERNAME, "root");
        variables.put("SEGUE_PASSWORD", "hunter2");

        assertThat(settings().store().login()).contains(new Login("root", "hunter2"));
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void password_onTheCommandLine_isTakenWithAWarning() {
        flag(Flag.USERNAME, "root");
        flag(Flag.PASSWORD, "hunter2");

        assertThat(settings().store().login()).contains(new Login("root", "hunter2"));
        assertThat(findings.warnings())
                .containsExactly(
                        new Problem(
                                "--password",
                                "anybody who lists processes can read the password (--password-file and SEGUE_PASSWORD hide it)"));
    }

    @Test
    void password_fileOnTheCommandLineAndTextInTheEnvironment_isTheFiles() throws IOException {
        flag(Flag.USERNAME, "root");
        flag(
                Flag.PASSWORD_FILE,
                Files.writeString(confDir.resolve("p"), "from file\r\n").toString());
        variables.put("SEGUE_PASSWORD", "from environment");

        assertThat(settings().store().login()).contains(new Login("root", "from file"));
    }

    @Test
    void password_fileInTheEnvironmentAndTextOnTheCommandLine_isTheText() {
        flag(Flag.USERNAME, "root");
        flag(Flag.PASSWORD, "text");
        variables.put("SEGUE_PASSWORD_FILE", confDir + "/gone");

        assertThat(settings().store().login()).contains(new Login("root", "text"));
    }

    @Test
    void password_fileAndTextInOneSource_isAProblem() throws IOException {
        variables.putAll(Map.of("SEGUE_USERNAME", "root", "SEGUE_PASSWORD", "a", "SEGUE_PASSWORD_FILE", "/dev/null"));

        assertThat(problems(ExitCode.CONFIGURATION))
                .containsExactly("SEGUE_PASSWORD_FILE: cannot go with a password given as text: only one of the two");
    }

    @Test
    void password_fileNotThere_isAProblem() {
        flag(Flag.USERNAME, "root");
        flag(Flag.PASSWORD_FILE, "/gone");

        assertThat(problems(ExitCode.USAGE)).containsExactly("--password-file: \"/gone\" is not there");
    }

    @Test
    void membership_groupAlone_hasTheHostNameForAMember() {
        flag(Flag.ACKNOWLEDGE, "web");

        assertThat(settings().membership()).contains(new Membership("web", "web1.example"));
        assertThat(settings().asPlan().membership()).isEmpty();
    }

    @Test
    void membership_fromTheFileAndTheEnvironment_isRead() throws IOException {
        file("segue.toml", "acknowledge = 'web'\nmember = 'a'\n");
        variables.put("SEGUE_MEMBER", "B_2.c-d");
        hostName = Optional.empty();

        assertThat(settings().membership()).contains(new Membership("web", "B_2.c-d"));
    }

    static Stream<String> rightNames() {
        return Stream.of("a", "-", "...", "a..b", "0123456789._-ABCxyz", "a".repeat(253));
    }

    static Stream<String> wrongNames() {
        return Stream.of(".", "..", "a/b", "a b", "a\n", "größe", "a".repeat(254));
    }

    @ParameterizedTest
    @MethodSource("rightNames")
    void membership_nameThatCanBeAStepOfAKey_isTaken(String name) {
        flag(Flag.ACKNOWLEDGE, name);
        flag(Flag.MEMBER, name);

        assertThat(settings().membership()).contains(new Membership(name, name));
    }

    @ParameterizedTest
    @MethodSource("wrongNames")
    void membership_anyOtherName_isAProblem(String name) {
        flag(Flag.ACKNOWLEDGE, name);
        flag(Flag.MEMBER, name);

        assertThat(problems(ExitCode.USAGE))
                .containsExactly(
                        "--member: \"" + name + "\" is no member name " + RIGHT_NAME,
                        "--acknowledge: \"" + name + "\" is no group name " + RIGHT_NAME);
    }

    @Test
    void membership_hostNameThatIsNoMemberName_isAProblemThatNamesTheFlag() {
        flag(Flag.ACKNOWLEDGE, "web");
        hostName = Optional.of("web/1");

        assertThat(problems(ExitCode.USAGE))
                .containsExactly(
                        "--acknowledge: needs --member NAME beside it, because the host name \"web/1\" is no member"
                                + " name " + RIGHT_NAME);
    }

    @Test
    void membership_hostWithoutAName_isAProblemThatNamesTheFlag() {
        flag(Flag.ACKNOWLEDGE, "web");
        hostName = Optional.empty();

        assertThat(problems(ExitCode.USAGE))
                .containsExactly(
                        "--acknowledge: needs --member NAME beside it, because no address is found for this machine's name");
    }

    @Test
    void membership_inARunThatEndsAtOnce_isAProblemWhereItStands() {
        variables.put("SEGUE_ACKNOWLEDGE", "web");
        flag(Flag.ONETIME, "true");

        assertThat(problems(ExitCode.CONFIGURATION))
                .containsExactly(
                        "SEGUE_ACKNOWLEDGE: cannot go with --onetime (who ends at once keeps no key alive in the"
                                + " store)");
    }

    @ParameterizedTest
    @CsvSource({
        "http, example.com, _etcd-client._tcp.example.com.",
        "https, example.com., _etcd-client-ssl._tcp.example.com."
    })
    void srvDomain_given_namesEtcdsRecord(String scheme, String domain, String record) {
        flag(Flag.SRV_DOMAIN, domain);
        flag(Flag.SCHEME, scheme);

        StoreSettings store = settings().store();
        assertThat(store.srvRecord()).contains(record);
        assertThat(store.srvScheme()).isEqualTo(scheme);
        assertThat(store.nodes()).isEmpty();
    }

    @Test
    void srvRecord_besideADomain_wins() {
        flag(Flag.SRV_DOMAIN, "example.com");
        flag(Flag.SRV_RECORD, "_x._tcp.example.com.");

        assertThat(settings().store().srvRecord()).contains("_x._tcp.example.com.");
    }

    @Test
    void srvRecord_besideNodes_winsUnlessTheNodesComeFromAStrongerSource() {
        variables.put("SEGUE_SRV_RECORD", "_x._tcp.example.com.");
        variables.put("SEGUE_NODES", "http://a:1");
        assertThat(settings().store().srvRecord()).contains("_x._tcp.example.com.");

        flag(Flag.NODE, "http://b:1");
        assertThat(settings().store().srvRecord()).isEmpty();
        assertThat(settings().store().nodes()).containsExactly(URI.create("http://b:1"));
    }

    @Test
    void nodes_withoutScheme_areOfTheGivenOne() {
        flag(Flag.NODE, "a:1,b:2");
        flag(Flag.SCHEME, "https");

        assertThat(settings().store().nodes()).containsExactly(URI.create("https://a:1"), URI.create("https://b:2"));
    }

    @Test
    void certificates_withPlainNodes_areAWarning() {
        flag(Flag.NODE, "http://a:1");
        flag(Flag.CLIENT_INSECURE, "true");
        variables.put("SEGUE_CLIENT_CA_KEYS", "/dev/null");

        settings();
        assertThat(findings.warnings())
                .containsExactly(
                        new Problem("SEGUE_CLIENT_CA_KEYS", "does nothing with http:// (https:// does TLS)"),
                        new Problem("--client-insecure", "does nothing with http:// (https:// does TLS)"));
    }

    @ParameterizedTest
    @CsvSource({
        "panic,ERROR",
        "fatal,ERROR",
        "error,ERROR",
        "warn,WARN",
        "warning,WARN",
        "info,INFO",
        "debug,DEBUG",
        "trace,TRACE",
        "INFO,INFO"
    })
    void logLevel_ofConfdsNames_isOneOfOurs(String name, LogLevel level) {
        flag(Flag.LOG_LEVEL, name);

        assertThat(reader().logLevel()).isEqualTo(level);
    }

    @Test
    void logLevel_unknown_isAProblem() {
        flag(Flag.LOG_LEVEL, "debag");

        assertThat(reader().logLevel()).isEqualTo(LogLevel.INFO);
        assertThat(findings.problems())
                .containsExactly(new Problem(
                        "--log-level",
                        "\"debag\" is not a log level (did you mean \"debug\"?); there are error, warn, info, debug,"
                                + " trace"));
    }

    @Test
    void given_printed_hidesItsText() {
        assertThat(Given.onCommandLine("--password", "hunter2")).hasToString("--password");
    }

    private void flag(Flag flag, String... texts) {
        flags.put(
                flag,
                Arrays.stream(texts)
                        .map(text -> Given.onCommandLine(flag.option(), text))
                        .toList());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(confDir.resolve(name), text);
    }

    private SettingsReader reader() {
        return SettingsReader.of(flags, variables, List.of(confDir), findings);
    }

    private Path confDirOutOf(Path... usual) {
        return SettingsReader.of(flags, variables, List.of(usual), findings).confDir();
    }

    private Settings settings() {
        Settings settings = reader().settings(List.of(), () -> hostName);
        assertThat(findings.problems()).isEmpty();
        return settings;
    }

    private List<String> problems(ExitCode code) {
        reader().settings(List.of(), () -> hostName);
        assertThat(findings.exitCode()).isEqualTo(code);
        List<String> problems = new ArrayList<>();
        findings.problems().forEach(problem -> problems.add(problem.toString()));
        return problems;
    }

    private static InetSocketAddress address(String host, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
    }
}
