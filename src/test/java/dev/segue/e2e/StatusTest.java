package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.TcpGate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code segue status} and {@code segue wait} on a store in which members have said what the README shows. */
@Tag("server")
@Timeout(120)
class StatusTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOME_AND_WIPE = "\033[H\033[J";
    private static final String CTRL_C = "\003";

    /** What is yet to come counts as now. */
    private static final String SINCE = "2999-01-01T00:00:00Z";

    @TempDir
    Path folder;

    @BeforeEach
    void threeMembers() {
        ETCD.deletePrefix("/");
        say("web/a", 42, "applied", "");
        say("web/b", 41, "failed", "check command exited 1");
        ETCD.put("/segue/api/c", "rubbish");
    }

    @Test
    void table_ofAllGroups_hasALineForEachMember() {
        try (SegueProcess status = start("status")) {
            assertThat(status.exitCode()).as(status.log()).isZero();
            assertThat(lines(status.out()))
                    .containsExactly(
                            "GROUP MEMBER RESOURCE STATE REVISION SINCE REASON",
                            "api c - unknown - - what it says cannot be read: it is no acknowledgement of a Segue",
                            "web a conf.d/nginx.toml applied 42 0s",
                            "web b conf.d/nginx.toml failed 41 0s check command exited 1");
        }
    }

    @Test
    void table_ofAGroupWithoutMembers_saysHowOneBecomesOne() {
        try (SegueProcess status = start("status", "db")) {
            assertThat(status.exitCode()).isZero();
            assertThat(status.out())
                    .isEqualTo("nobody acknowledges in group db (a Segue does that with --acknowledge GROUP, while it"
                            + " runs)\n");
        }
    }

    @Test
    void json_ofAGroup_isOneObjectWithWhatItsMembersSay() {
        try (SegueProcess status = start("status", "web", "--json")) {
            assertThat(status.exitCode()).isZero();
            assertThat(status.out().lines()).hasSize(1);
            List<JsonObject> members = members(status.out());
            assertThat(members).extracting(member -> text(member, "member")).containsExactly("a", "b");
            JsonObject failed = members.get(1);
            assertThat(failed.keySet()).containsExactly("group", "member", "version", "resources");
            assertThat(text(failed, "group")).isEqualTo("web");
            assertThat(text(failed, "version")).isEqualTo("0.1.0");
            assertThat(failed.getAsJsonArray("resources"))
                    .containsExactly(JsonParser.parseString(resource(41, "failed", "check command exited 1")));
        }
    }

    @Test
    void json_ofAMemberThatCannotBeRead_saysTheProblem() {
        try (SegueProcess status = start("status", "api", "--json")) {
            assertThat(status.exitCode()).isZero();
            JsonObject member = members(status.out()).get(0);
            assertThat(member.keySet()).containsExactly("group", "member", "problem");
            assertThat(text(member, "problem")).startsWith("what it says cannot be read: ");
        }
    }

    @Test
    void json_ofNobody_isAnEmptyArray() {
        try (SegueProcess status = start("status", "db", "--json")) {
            assertThat(status.exitCode()).isZero();
            assertThat(status.out()).isEqualTo("{\"members\":[]}\n");
        }
    }

    @Test
    void jsonAndWatch_isALineForEachChange() {
        try (SegueProcess status = start("status", "web", "--json", "--watch")) {
            await().atMost(PATIENCE).until(() -> status.out().lines().count() == 1);
            say("web/b", 42, "applied", "");
            await().atMost(PATIENCE).until(() -> status.out().lines().count() == 2);
            ETCD.delete("/segue/web/b");
            await().atMost(PATIENCE).until(() -> status.out().lines().count() == 3);

            assertThat(status.terminate()).isZero();
            assertThat(status.out().lines().map(line -> members(line).size())).containsExactly(2, 2, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void watch_notOnATerminal_printsTheTableAtEachChangeUntilASignalEndsIt(String signal) {
        try (SegueProcess status = start("status", "web", "--watch")) {
            await().atMost(PATIENCE).until(() -> tables(status) == 1);
            // Nothing that this group's table shows.
            ETCD.put("/segue/api/d", "rubbish");
            ETCD.put("/app/a", "1");
            say("web/b", 42, "applied", "");
            await().atMost(PATIENCE).until(() -> tables(status) == 2);

            status.signal(signal);
            assertThat(status.exitCode()).as(status.log()).isZero();
            assertThat(lines(status.out()).get(5)).startsWith("web b conf.d/nginx.toml applied 42 ");
            assertThat(status.out()).doesNotContain("\033");
            assertThat(tables(status)).isEqualTo(2);
        }
    }

    @Test
    void watch_onATerminal_keepsOneTableInItsPlaceUntilCtrlC() {
        try (SegueProcess status = startOnTerminal("status", "web", "--watch")) {
            // Ages go on while nothing changes.
            await().atMost(PATIENCE).until(() -> tables(status) >= 3);
            awaitScreen(status, "web b conf.d/nginx.toml failed 41 0s check command exited 1");
            say("web/b", 42, "applied", "");
            awaitScreen(status, "web b conf.d/nginx.toml applied 42 0s");
            assertThat(status.out()).startsWith(HOME_AND_WIPE + "GROUP ");

            status.type(CTRL_C);
            assertThat(status.exitCode()).as(status.out()).isZero();
        }
    }

    @Test
    void watch_storeIsLost_saysSoAndEnds() {
        try (TcpGate line = TcpGate.to(ETCD.port());
                SegueProcess status = SegueProcess.start(
                        folder, "status", "web", "--watch", "--node", "http://127.0.0.1:" + line.port())) {
            await().atMost(PATIENCE).until(() -> tables(status) == 1);
            line.cut();

            assertThat(status.exitCode()).isEqualTo(4);
            assertThat(status.messages()).last().asString().startsWith("ERROR etcd http://127.0.0.1:" + line.port());
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void wait_cutShort_endsWithTheSignalsNumber(String signal, int code) {
        try (SegueProcess wait = SegueProcess.start(
                folder, "wait", "--group", "web", "--revision", "42", ETCD.url().toString())) {
            await().atMost(PATIENCE).until(() -> wait.out().equals("  a  applied\n"));
            wait.signal(signal);

            assertThat(wait.exitCode()).as(wait.out() + wait.log()).isEqualTo(code);
        }
    }

    @Test
    void wait_onATerminal_showsWhoIsWaitedForAndWipesThatInTheEnd() {
        try (SegueProcess wait = SegueProcess.startOnTerminal(
                folder, "wait", "--group", "web", "--revision", "42", ETCD.url().toString())) {
            await().atMost(PATIENCE).until(() -> wait.out().contains("  waiting for b: is at revision 41"));
            say("web/b", 42, "applied", "");

            assertThat(wait.exitCode()).as(wait.out()).isZero();
            assertThat(wait.out()).contains("\r\033[K  b  applied").contains("2 members of web have applied it");
        }
    }

    private static void say(String member, long revision, String state, String reason) {
        ETCD.put(
                "/segue/" + member,
                "{\"format\":1,\"version\":\"0.1.0\",\"resources\":[" + resource(revision, state, reason) + "]}");
    }

    private static String resource(long revision, String state, String reason) {
        return """
                {"name":"conf.d/nginx.toml","dest":"/etc/nginx/conf.d/app.conf","keys":["/app/upstream"],"state":"%s",\
                "revision":%d,"applied_revision":%d,"settled":true,"drained":true,"since":"%s"%s}""".formatted(
                        state, revision, revision, SINCE, reason.isEmpty() ? "" : ",\"reason\":\"" + reason + "\"");
    }

    private static List<JsonObject> members(String json) {
        List<JsonObject> members = new ArrayList<>();
        JsonParser.parseString(json)
                .getAsJsonObject()
                .getAsJsonArray("members")
                .forEach(member -> members.add(member.getAsJsonObject()));
        return members;
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private static long tables(SegueProcess status) {
        return lines(status.out()).stream()
                .filter(line -> line.replace(HOME_AND_WIPE, "").startsWith("GROUP "))
                .count();
    }

    /** Until the last table, which alone is to be seen, has {@code line}. */
    private static void awaitScreen(SegueProcess status, String line) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            String out = status.out();
            assertThat(lines(out.substring(out.lastIndexOf(HOME_AND_WIPE)))).contains(line);
        });
    }

    private static List<String> lines(String table) {
        return table.lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    }

    private SegueProcess start(String... arguments) {
        return SegueProcess.start(folder, withNode(arguments));
    }

    private SegueProcess startOnTerminal(String... arguments) {
        return SegueProcess.startOnTerminal(folder, withNode(arguments));
    }

    private static String[] withNode(String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--request-timeout=20s", "--node", ETCD.url().toString()))
                .toArray(String[]::new);
    }
}
