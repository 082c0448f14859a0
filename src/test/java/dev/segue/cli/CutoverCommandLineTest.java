package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.segue.settings.ExitCode;
import dev.segue.settings.RegisterRequest;
import dev.segue.settings.RegisterRequest.Leave;
import dev.segue.settings.RegisterRequest.Probing;
import dev.segue.settings.StatusRequest;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.settings.SwitchRequest;
import dev.segue.settings.WaitRequest;
import dev.segue.settings.WaitRequest.Goal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class CutoverCommandLineTest extends CommandLineFixture {
    private static final StoreSettings STORE = store("http://db:2379");

    /** All that a registration needs but the group. */
    private static final String REGISTER = "register --key /a --value h:1 --probe tcp://h:1";

    @Test
    void status_nothingMore_isATableOfAllGroupsOnce() {
        assertThat(run("status")).isZero();

        assertThat(program.did).isEqualTo("status");
        assertThat(program.given)
                .isEqualTo(new StatusRequest(
                        store("http://127.0.0.1:2379"),
                        Optional.empty(),
                        StatusRequest.Form.TABLE,
                        StatusRequest.Repeat.ONCE));
        assertThat(out()).isEqualTo("the table\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void status_everythingGiven_isThere() {
        assertThat(run("status", "web-1", "--json", "-watch", "--node", "db:2379"))
                .isZero();

        assertThat(program.given)
                .isEqualTo(new StatusRequest(
                        STORE, Optional.of("web-1"), StatusRequest.Form.JSON, StatusRequest.Repeat.AT_EACH_CHANGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status --backend env",
                "wait --backend env --group web --revision 1",
                "switch --backend env --group web --put /a=b"
            })
    void anyOfThem_ofAStoreWithoutMembers_isRefused(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);

        assertThat(program.did).isEmpty();
        assertThat(err())
                .isEqualTo(
                        "segue: --backend: \"env\" has no leases and no transactions, without which there is no segue"
                                + " status, wait, switch and register (etcd has them)\n" + HINT);
    }

    @Test
    void status_besideADaemonThatWatches_endsAllTheSame() throws IOException {
        Files.writeString(confDir.resolve("segue.toml"), "watch = true\nnodes = ['db:2379']\nacknowledge = 'web'\n");
        environment.put("SEGUE_WATCH", "true");
        environment.put("SEGUE_ONETIME", "true");

        assertThat(run("status")).isZero();
        assertThat(program.given)
                .isEqualTo(new StatusRequest(
                        STORE, Optional.empty(), StatusRequest.Form.TABLE, StatusRequest.Repeat.ONCE));
    }

    @Test
    void wait_leastGiven_hasTheDefaults() {
        assertThat(run("wait", "--group", "web", "--key", "/a", "db:2379")).isZero();

        assertThat(program.did).isEqualTo("wait");
        assertThat(program.given)
                .isEqualTo(new WaitRequest(
                        STORE,
                        "web",
                        new Goal.Key("/a"),
                        WaitRequest.Until.SETTLED,
                        OptionalInt.empty(),
                        Duration.ofSeconds(30)));
    }

    @Test
    void wait_everythingGiven_isThere() {
        assertThat(run(
                        "wait",
                        "-group=web",
                        "--revision",
                        "9000000000",
                        "--timeout",
                        "2m",
                        "--drained",
                        "--members=3",
                        "http://db:2379"))
                .isZero();

        assertThat(program.given)
                .isEqualTo(new WaitRequest(
                        STORE,
                        "web",
                        new Goal.Revision(9_000_000_000L),
                        WaitRequest.Until.DRAINED,
                        OptionalInt.of(3),
                        Duration.ofMinutes(2)));
    }

    @Test
    void switch_leastGiven_hasTheDefaults() {
        assertThat(run("switch", "--group", "web", "--delete", "/a", "db:2379")).isZero();

        assertThat(program.did).isEqualTo("switch");
        assertThat(program.given)
                .isEqualTo(new SwitchRequest(
                        STORE,
                        "web",
                        Map.of(),
                        List.of("/a"),
                        List.of(),
                        OptionalInt.empty(),
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Optional.of(Duration.ofSeconds(60)),
                        SwitchRequest.Effect.DONE));
        assertThat(out()).isEqualTo("the steps\n");
    }

    @Test
    void switch_everythingGiven_isThere() {
        String line = "switch --group web --put /b=10.0.0.2:8080 --put=/a=x --delete /d,e --delete /c --delete /c"
                + " --probe http://10.0.0.2:8080/health?a=1,2 --probe tcp://[::1]:80 --members 3 --soak 10s --timeout 5s"
                + " --drain-timeout 2m --dry-run db:2379";

        assertThat(run(line.split(" ", -1))).isZero();
        assertThat(program.given)
                .isEqualTo(new SwitchRequest(
                        STORE,
                        "web",
                        Map.of("/b", "10.0.0.2:8080", "/a", "x"),
                        List.of("/d,e", "/c"),
                        List.of("http://10.0.0.2:8080/health?a=1,2", "tcp://[::1]:80"),
                        OptionalInt.of(3),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Optional.of(Duration.ofMinutes(2)),
                        SwitchRequest.Effect.TOLD_ONLY));
    }

    @Test
    void switch_puts_areInOrderAndTheirValuesAsTheyStand() {
        run("switch", "--group", "web", "--put", "/b=1,2, 3=\n--drained", "--put", "/a=", "--put", "/c=x");

        assertThat(((SwitchRequest) program.given).puts())
                .containsExactly(entry("/b", "1,2, 3=\n--drained"), entry("/a", ""), entry("/c", "x"));
    }

    @Test
    void switch_withoutDrain_doesNotWaitForIt() {
        run("switch", "--group", "web", "--put", "/a=b", "--no-drain");

        assertThat(((SwitchRequest) program.given).drainTimeout()).isEmpty();
    }

    @Test
    void register_leastGiven_hasTheDefaults() {
        assertThat(run((REGISTER + " --group web db:2379").split(" ", -1))).isZero();

        assertThat(program.did).isEqualTo("register");
        assertThat(program.given)
                .isEqualTo(new RegisterRequest(
                        STORE,
                        "/a",
                        "h:1",
                        new Probing(List.of("tcp://h:1"), Duration.ofSeconds(1), 2, 3),
                        Duration.ofSeconds(10),
                        new Leave(Optional.of("web"), WaitRequest.Until.DRAINED, Duration.ofSeconds(60)),
                        Duration.ofSeconds(30),
                        List.of()));
    }

    @Test
    void register_everythingGiven_isThere() {
        String line =
                REGISTER + " --probe http://h:1/health --probe-interval 500ms --rise 1 --fall 5 --ttl 3s --group web"
                        + " --no-drain --drain-timeout 2m --stop-timeout 5s db:2379 -- app --key=x -- y";

        assertThat(run(line.split(" ", -1))).isZero();
        assertThat(program.given)
                .isEqualTo(new RegisterRequest(
                        STORE,
                        "/a",
                        "h:1",
                        new Probing(List.of("tcp://h:1", "http://h:1/health"), Duration.ofMillis(500), 1, 5),
                        Duration.ofSeconds(3),
                        new Leave(Optional.of("web"), WaitRequest.Until.SETTLED, Duration.ofMinutes(2)),
                        Duration.ofSeconds(5),
                        List.of("app", "--key=x", "--", "y")));
    }

    @Test
    void register_withoutDrainAndGroup_waitsForNobody() {
        run((REGISTER + " --no-drain").split(" ", -1));

        assertThat(((RegisterRequest) program.given).leave().group()).isEmpty();
    }

    @Test
    void register_everythingMissing_saysAll() {
        assertThat(run("register")).isEqualTo(2);

        assertThat(err()).isEqualTo("""
                segue: --key: is missing (the server's key in the store)
                segue: --value: is missing (what the key shall hold: where the server is)
                segue: --probe: is missing (what tells that the server is well: its URL, or tcp://HOST:PORT)
                segue: --group: is missing (the name that the daemons have in --acknowledge; or --no-drain, to wait for\
                 nobody)
                """ + HINT);
    }

    @Test
    void register_request_printsWithoutItsValue() {
        run((REGISTER + " --group web --value hunter2").split(" ", -1));

        assertThat(program.given).hasToString("register /a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status", "wait --group g --key /a", "switch --group g --put /a=b", REGISTER + " --group g"})
    void anyCommand_store_comesFromFlagsEnvironmentAndFile(String line) throws IOException {
        Files.writeString(confDir.resolve("segue.toml"), "request_timeout = '7s'\nusername = 'root'\n");
        environment.put("SEGUE_NODES", "https://a:1,https://b:2");
        environment.put("SEGUE_PASSWORD", "hunter2");

        assertThat(run((line + " --client-insecure=false").split(" ", -1))).isZero();
        assertThat(storeOf(program.given))
                .isEqualTo(new StoreSettings(
                        List.of(URI.create("https://a:1"), URI.create("https://b:2")),
                        Optional.empty(),
                        "http",
                        Certificates.SYSTEM,
                        Optional.of(new Login("root", "hunter2")),
                        Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status", "wait --group g --key /a", "switch --group g --put /a=b", REGISTER + " --group g"})
    void anyCommand_whateverItEndsWith_isTheExitCode(String line) {
        program.answer = ExitCode.NOT_APPLIED;

        assertThat(run(line.split(" ", -1))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status http://db:2379 | GROUP: is a name (an etcd URL comes with --node here)",
                "status web db:2379 | GROUP: is a name (an etcd URL comes with --node here)",
                "status web api | GROUP: is one at a time, not web and api",
                "status a/b | GROUP: \"a/b\" is no group name (letters, digits, \".\", \"_\" and \"-\", at most 253"
                        + " characters, not \".\" or \"..\")",
                "status --onetime | --onetime: is no flag of segue status",
                "status -- nginx | --: starts a program beside segue run and segue register, not beside segue status",
                "wait --key /a | --group: is missing (the name that the daemons have in --acknowledge)",
                "wait --group .. --key /a | --group: \"..\" is no group name (letters, digits, \".\", \"_\" and \"-\", at"
                        + " most 253 characters, not \".\" or \"..\")",
                "wait --group g | --revision: is missing, and so is --key (one of them says what to wait for)",
                "wait --group g --key /a --revision 1 | --key: cannot go with --revision (one of them says what to wait"
                        + " for)",
                "wait --group g --key a/b | --key: \"a/b\" does not start with a slash (right is /a/b)",
                "wait --group g --revision 0 | --revision: \"0\" is no revision of the store (a whole number from 1)",
                "wait --group g --revision -1 | --revision: \"-1\" is no revision of the store (a whole number from 1)",
                "wait --group g --key /a --members two | --members: \"two\" is no number of members (a whole number from"
                        + " 1)",
                "wait --group g --key /a --timeout 0 | --timeout: must be more than 0, not \"0\"",
                "wait --group g --key /a --watch | --watch: is no flag of segue wait",
                "wait --group g --key /a swtch | swtch: no such command (did you mean \"switch\"?)",
                "wait --group g --key /a db | ETCD_URL: \"db\" has no port (etcd's own is 2379: http://db:2379)",
                "switch --put /a=b | --group: is missing (the name that the daemons have in --acknowledge)",
                "switch --group g | --put: is missing, and so is --delete (a switch changes at least one key)",
                "switch --group g --delete /a --put | --put: needs a value (KEY=VALUE)",
                "switch --group g --put /a=1 --put /a=1 | --put: puts /a twice (a key has one value)",
                "switch --group g --put /a=1 --delete /a | --delete: deletes /a, which is put too (only one of the two)",
                "switch --group g --delete a | --delete: \"a\" does not start with a slash (right is /a)",
                "switch --group g --put /a=1 --soak x | --soak: \"x\" is not a length of time (seconds, or a number with"
                        + " a unit: 500ms, 10s, 2m, 1h)",
                "switch --group g --put /a=1 --timeout 0s | --timeout: must be more than 0, not \"0s\"",
                "switch --group g --put /a=1 --drain-timeout 0 | --drain-timeout: must be more than 0, not \"0\"",
                "switch --group g --put /a=1 --drain-timeout 1s --no-drain | --drain-timeout: cannot go with --no-drain",
                "switch --group g --put /a=1 --probe db:1 | --probe: \"db:1\" is not a URL with a host (http://,"
                        + " https:// or tcp://HOST:PORT)",
                REGISTER + " --group g -- | --: names no program to start",
                REGISTER + " --group g --key a | --key: \"a\" does not start with a slash (right is /a)",
                REGISTER + " --group g --rise 0 | --rise: \"0\" is no number of answers (a whole number from 1)",
                REGISTER + " --group g --fall x | --fall: \"x\" is no number of answers (a whole number from 1)",
                REGISTER + " --group g --ttl 900ms | --ttl: must be at least 1s, not \"900ms\"",
                REGISTER + " --group g --probe-interval 0 | --probe-interval: must be more than 0, not \"0\"",
                REGISTER + " --group g --drain-timeout 0 | --drain-timeout: must be more than 0, not \"0\"",
                REGISTER + " --group g --stop-timeout 5s | --stop-timeout: needs a program to stop, behind --",
                REGISTER + " --group g --timeout 5s | --timeout: is no flag of segue register",
                REGISTER + " --group g --acknowledge g | --acknowledge: is no flag of segue register",
                REGISTER + " --group g --value | --value: needs a value (VALUE)",
            })
    void run_wrongCommandLine_saysWhatIsRightAndEndsWith2(String line, String problem) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);

        assertThat(err()).isEqualTo("segue: " + problem + "\n" + HINT);
        assertThat(out()).isEmpty();
        assertThat(program.did).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--put hunter2 | has no = between key and value (KEY=VALUE; the text is not shown here)",
                "--put /a hunter2 | has no = between key and value (KEY=VALUE; the text is not shown here)",
                "--put hunter2= | has a key that does not start with a slash (/KEY=VALUE; the text is not shown here)",
                "--put a=hunter2 | has a key that does not start with a slash (/KEY=VALUE; the text is not shown here)",
            })
    void switch_putThatIsNone_isNotShown(String put, String problem) {
        assertThat(run(("switch --group g " + put).split(" ", -1))).isEqualTo(2);

        assertThat(err()).isEqualTo("segue: --put: " + problem + "\n" + HINT);
    }

    @Test
    void switch_severalMistakes_saysAll() {
        assertThat(run("switch", "--put", "x", "--delete", "y", "--soak", "z", "--scheme", "ftp"))
                .isEqualTo(2);

        assertThat(err()).isEqualTo("""
                segue: --scheme: "ftp" is not http or https
                segue: --put: has no = between key and value (KEY=VALUE; the text is not shown here)
                segue: --delete: "y" does not start with a slash (right is /y)
                segue: --group: is missing (the name that the daemons have in --acknowledge)
                segue: --soak: "z" is not a length of time (seconds, or a number with a unit: 500ms, 10s, 2m, 1h)
                """ + HINT);
    }

    @Test
    void environment_flagOfTheCutover_standsForNothing() throws IOException {
        environment.put("SEGUE_GROUP", "web");
        environment.put("SEGUE_PUT", "/a=b");

        assertThat(run("switch", "--delete", "/a")).isEqualTo(2);
        assertThat(err())
                .isEqualTo("segue: --group: is missing (the name that the daemons have in --acknowledge)\n" + HINT);

        Path file = Files.writeString(confDir.resolve("segue.toml"), "group = 'web'\n");
        assertThat(run("switch", "--group", "web", "--delete", "/a")).isEqualTo(3);
        assertThat(err()).isEqualTo("segue: " + file + ":1: unknown key \"group\"\n");
    }

    private static StoreSettings store(String node) {
        return new StoreSettings(
                List.of(URI.create(node)),
                Optional.empty(),
                "http",
                Certificates.SYSTEM,
                Optional.empty(),
                Duration.ofSeconds(3));
    }

    private static StoreSettings storeOf(Object request) {
        if (request instanceof StatusRequest status) {
            return status.store();
        }
        if (request instanceof RegisterRequest register) {
            return register.store();
        }
        return request instanceof WaitRequest wait ? wait.store() : ((SwitchRequest) request).store();
    }
}
