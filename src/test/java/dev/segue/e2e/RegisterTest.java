package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.AppServer;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.TcpGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code segue register} beside a shell script: its key in the store, its signals and its end. What members of the group
 * say is put by the test; the server counts as well while {@link #health} lets connections through.
 */
@Tag("server")
@Timeout(120)
class RegisterTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "/app/upstream/py1";
    private static final String OURS = "10.0.0.1:8080";
    private static final String THEIRS = "10.0.0.9:8080";
    private static final String MEMBER = "/segue/web/web1";

    @TempDir
    Path folder;

    private final List<SegueProcess> started = new ArrayList<>();
    private AppServer app;
    private TcpGate health;
    private Path told;

    @BeforeEach
    void clear() throws IOException {
        ETCD.deletePrefix("/");
        app = AppServer.start("py1");
        health = TcpGate.to(app.port());
        told = folder.resolve("told");
    }

    @AfterEach
    void endAll() {
        started.forEach(SegueProcess::endWithChild);
        health.close();
        app.close();
    }

    @Test
    void server_wellThenUnwellThenWell_isInTheStoreOnlyWhileItIsWell() {
        health.cut();
        SegueProcess segue = registerServer(":");
        segue.awaitLog(
                "WARN " + KEY + ": not put into the store: " + probe() + ": takes no connection: Connection refused");
        assertThat(ETCD.entries("/")).isEmpty();

        health.open();
        awaitKey(OURS);
        health.cut();
        awaitNoKey();
        health.open();
        awaitKey(OURS);

        segue.awaitLog("INFO " + KEY + ": registered again");
        assertThat(segue.messages().stream().filter(line -> line.contains(KEY)))
                .containsExactly(
                        "WARN " + KEY + ": not put into the store: " + probe()
                                + ": takes no connection: Connection refused",
                        "INFO " + KEY + ": registered",
                        "WARN " + KEY + ": taken out of the store: " + probe()
                                + ": takes no connection: Connection refused",
                        "INFO " + KEY + ": registered again");
        assertThat(segue.log()).doesNotContain(OURS);
        assertThat(segue.terminate()).isEqualTo(5);
    }

    @Test
    void term_membersUseIt_reachesTheServerOnlyWhenTheyHaveDrained() {
        acknowledge(1, true);
        SegueProcess segue = registerServer(":");
        awaitKey(OURS);
        acknowledge(ETCD.revision(), true);

        segue.signal("TERM");
        segue.awaitLog(
                "INFO " + KEY + ": out of the store; waiting until 1 member of web use it no more, at most 60 s");
        assertThat(ETCD.entries("/app/")).isEmpty();
        long deleted = ETCD.revision();
        acknowledge(deleted, false);
        segue.signal("HUP");
        Site.awaitText(told, "ready\nHUP\n");

        acknowledge(deleted, true);

        assertThat(segue.exitCode()).isEqualTo(5);
        assertThat(told).hasContent("ready\nHUP\nTERM\n");
        assertThat(segue.messages()).anyMatch(line -> line.matches("INFO " + KEY + ": safe to stop, after [0-9.]+ s"));
        assertThat(segue.messages()).endsWith("INFO sh ended with exit code 5");
    }

    @Test
    void term_noDrainWithAGroup_waitsUntilNoneTakesNewConnections() {
        SegueProcess segue = register("--no-drain", "--", "sh", "-c", server(":"));
        awaitKey(OURS);
        acknowledge(ETCD.revision(), true);
        segue.signal("TERM");
        segue.awaitLog("out of the store; waiting");
        assertThat(Site.text(told)).isEqualTo("ready\n");

        acknowledge(ETCD.revision(), false);

        assertThat(segue.exitCode()).isEqualTo(5);
        assertThat(segue.log()).contains(KEY + ": settled after ");
    }

    @Test
    void term_aMemberLags_namesItAndGoesOnWhenTheTimeIsOver() {
        acknowledge(1, true);
        SegueProcess segue = register("--drain-timeout", "1s", "--", "sh", "-c", server(":"));
        awaitKey(OURS);

        assertThat(segue.terminate()).isEqualTo(5);

        assertThat(segue.messages())
                .contains("WARN " + KEY
                        + ": not safe to stop, may still be in use: 0 of 1 member of web came there within"
                        + " 1 s (web1: app is at revision 1)");
        assertThat(told).hasContent("ready\nTERM\n");
    }

    @Test
    void term_aMemberIsLostMeanwhile_isWaitedFor() {
        acknowledge(1, true);
        SegueProcess segue = register("--drain-timeout", "3s", "--", "sh", "-c", server(":"));
        awaitKey(OURS);
        segue.signal("TERM");
        segue.awaitLog("out of the store; waiting");

        ETCD.delete(MEMBER);

        assertThat(segue.exitCode()).isEqualTo(5);
        assertThat(segue.log()).contains("not safe to stop").contains("web1: is gone from the store");
    }

    @Test
    void term_nobodyAcknowledges_saysSoAndGoesOn() {
        SegueProcess segue = registerServer(":");
        awaitKey(OURS);

        assertThat(segue.terminate()).isEqualTo(5);

        assertThat(segue.messages())
                .contains("WARN " + KEY
                        + ": out of the store; nobody acknowledges in group web, so nobody is waited for");
        assertThat(ETCD.entries("/")).isEmpty();
    }

    @Test
    void term_unwellServer_waitsForThoseThatStillUseIt() {
        acknowledge(1, true);
        SegueProcess segue = registerServer(":");
        awaitKey(OURS);
        health.cut();
        awaitNoKey();
        long deleted = ETCD.revision();
        ETCD.put("/app/other", "x");
        segue.signal("TERM");
        segue.awaitLog("out of the store; waiting");
        assertThat(Site.text(told)).isEqualTo("ready\n");

        acknowledge(deleted, true);

        assertThat(segue.exitCode()).isEqualTo(5);
        assertThat(segue.log()).contains("safe to stop");
    }

    @Test
    void term_neverWell_reachesTheServerAtOnce() {
        acknowledge(1, true);
        health.cut();
        SegueProcess segue = registerServer(":");
        segue.awaitLog("not put into the store");

        assertThat(segue.terminate()).isEqualTo(5);
        assertThat(segue.log()).contains("INFO " + KEY + ": was not put into the store, so nobody uses it");
    }

    @Test
    void term_again_reachesTheServerAtOnceAndOnce() {
        acknowledge(1, true);
        SegueProcess segue = registerServer(":");
        awaitKey(OURS);
        segue.signal("TERM");
        segue.awaitLog("out of the store; waiting");

        segue.signal("TERM");

        assertThat(segue.exitCode()).isEqualTo(5);
        assertThat(told).hasContent("ready\nTERM\n");
        assertThat(segue.log()).doesNotContain("safe to stop");
    }

    @Test
    void term_aThirdTime_killsAServerThatDoesNotEnd() {
        acknowledge(1, true);
        SegueProcess segue = registerServer("trap 'echo TERM >> " + told + "' TERM");
        awaitKey(OURS);
        segue.signal("TERM");
        segue.awaitLog("out of the store; waiting");
        segue.signal("TERM");
        Site.awaitText(told, "ready\nTERM\n");

        segue.signal("TERM");

        assertThat(segue.exitCode()).isEqualTo(137);
    }

    @Test
    void term_serverThatDoesNotEnd_isKilledAfterTheStopTimeout() {
        SegueProcess segue = register("--stop-timeout", "500ms", "--", "sh", "-c", server("trap '' TERM"));
        awaitKey(OURS);

        assertThat(segue.terminate()).isEqualTo(137);
        assertThat(segue.messages())
                .endsWith("WARN sh did not end in time (--stop-timeout): killed", "INFO sh ended with exit code 137");
    }

    @Test
    void term_storeAway_triesForItsTimeThenReachesTheServer() {
        SegueProcess segue = register("--drain-timeout", "2s", "--ttl", "60s", "--", "sh", "-c", server(":"));
        awaitKey(OURS);
        ETCD.stop();
        try {
            assertThat(segue.terminate()).isEqualTo(5);
            assertThat(segue.linesWith("WARN " + KEY + ": cannot be taken out yet: etcd " + ETCD.url()
                            + ": not reachable: Connection refused; trying again for 2 s at most"))
                    .isEqualTo(1);
            assertThat(segue.log())
                    .contains("WARN " + KEY
                            + ": not taken out, runs out of the store within 60 s and may be in use until then: etcd ");
        } finally {
            ETCD.start();
        }
    }

    @Test
    void term_storeAwayAndBack_takesItOutThen() {
        SegueProcess segue = registerServer(":");
        awaitKey(OURS);
        ETCD.stop();
        try {
            segue.signal("TERM");
            segue.awaitLog("cannot be taken out yet");
        } finally {
            ETCD.start();
        }

        assertThat(segue.exitCode()).isEqualTo(5);
        assertThat(ETCD.entries("/")).isEmpty();
        assertThat(segue.log()).contains("nobody acknowledges in group web");
    }

    @Test
    void term_storeLostWhileMembersAreWaitedFor_asksAgainWhenItIsBack() {
        acknowledge(1, true);
        SegueProcess segue = register("--drain-timeout", "5m", "--", "sh", "-c", server(":"));
        awaitKey(OURS);
        segue.signal("TERM");
        segue.awaitLog("out of the store; waiting");
        long deleted = ETCD.revision();
        ETCD.stop();
        try {
            segue.awaitLog("WARN " + KEY + ": who uses it cannot be asked yet: etcd " + ETCD.url());
        } finally {
            ETCD.start();
        }
        assertThat(Site.text(told)).isEqualTo("ready\n");

        acknowledge(deleted, true);

        assertThat(segue.exitCode()).isEqualTo(5);
        assertThat(segue.log()).contains(KEY + ": safe to stop");
    }

    @Test
    void term_againWhileTheStoreHangs_reachesTheServerAtOnce() {
        SegueProcess segue = register("--drain-timeout", "5m", "--", "sh", "-c", server(":"));
        awaitKey(OURS);
        ETCD.pause();
        try {
            segue.signal("TERM");
            segue.awaitLog("Captured terminated. Exiting...");
            segue.signal("TERM");

            assertThat(segue.exitCode()).isEqualTo(5);
            assertThat(told).hasContent("ready\nTERM\n");
        } finally {
            ETCD.resume();
        }
    }

    @Test
    void serverEndsWhileMembersAreWaitedFor_isNotOutlived() throws IOException {
        acknowledge(1, true);
        Path end = folder.resolve("end");
        SegueProcess segue = register(
                "--drain-timeout", "5m", "--", "sh", "-c", "until test -e " + end + "; do sleep 0.05; done; exit 7");
        awaitKey(OURS);
        segue.signal("TERM");
        segue.awaitLog("out of the store; waiting");

        Files.writeString(end, "");

        assertThat(segue.exitCode()).isEqualTo(7);
    }

    @Test
    void serverEndsByItself_storeAway_isNotOutlived() throws IOException {
        Path end = folder.resolve("end");
        SegueProcess segue = register(
                "--drain-timeout", "5m", "--", "sh", "-c", "until test -e " + end + "; do sleep 0.05; done; exit 7");
        awaitKey(OURS);
        ETCD.stop();
        try {
            Files.writeString(end, "");

            assertThat(segue.exitCode()).isEqualTo(7);
            assertThat(segue.log()).contains("WARN " + KEY + ": not taken out, runs out of the store within 10 s");
        } finally {
            ETCD.start();
        }
    }

    @Test
    void serverEndsByItself_isTakenOutAtOnceAndItsExitCodeIsOurs() throws IOException {
        acknowledge(1, true);
        Path end = folder.resolve("end");
        SegueProcess segue =
                register("--ttl", "60s", "--", "sh", "-c", "until test -e " + end + "; do sleep 0.05; done; exit 7");
        awaitKey(OURS);

        Files.writeString(end, "");

        assertThat(segue.exitCode()).isEqualTo(7);
        assertThat(ETCD.entries("/app/")).isEmpty();
        assertThat(segue.messages()).endsWith("INFO sh ended with exit code 7", "INFO " + KEY + ": out of the store");
    }

    @Test
    void segueKilled_keyIsGoneWithinItsTtl() {
        SegueProcess segue = register("--ttl", "2s");
        awaitKey(OURS);

        segue.close();

        awaitNoKey();
    }

    @Test
    void segueKilledAndStartedAgain_takesItsKeyOver() {
        SegueProcess first = register("--ttl", "60s");
        awaitKey(OURS);
        long lease = ETCD.leaseOf(KEY);
        first.close();
        assertThat(ETCD.entries("/app/")).containsKey(KEY);

        SegueProcess second = register("--ttl", "60s");
        second.awaitLog("INFO " + KEY + ": registered");

        assertThat(ETCD.leaseOf(KEY)).isNotZero().isNotEqualTo(lease);
        assertThat(second.terminate()).isZero();
        assertThat(ETCD.entries("/")).isEmpty();
    }

    @Test
    void storeLosesTheKey_isPutAgain() {
        SegueProcess segue = registerServer(":");
        awaitKey(OURS);

        ETCD.kill();
        segue.awaitLog("WARN " + KEY + ": runs out of the store within 10 s unless it answers before: ");
        ETCD.wipe();

        awaitKey(OURS);
        segue.awaitLog("INFO " + KEY + ": kept in the store now, after ");
        assertThat(segue.linesWith(": registered")).isEqualTo(1);
    }

    @Test
    void storeNotThereAtFirst_serverStartsAndIsRegisteredLater() {
        ETCD.stop();
        SegueProcess segue;
        try {
            segue = registerServer(":");
            segue.awaitLog("WARN " + KEY + ": not in the store yet: etcd " + ETCD.url());
            Site.awaitText(told, "ready\n");
        } finally {
            ETCD.start();
        }
        awaitKey(OURS);
        assertThat(segue.isAlive()).isTrue();
    }

    @Test
    void anotherValueInTheStore_startsNothing() {
        long revision = ETCD.put(KEY, THEIRS);
        SegueProcess segue = registerServer(":");

        assertThat(segue.exitCode()).isEqualTo(1);

        assertThat(told).doesNotExist();
        assertThat(ETCD.revision()).isEqualTo(revision);
        assertThat(segue.messages())
                .last()
                .asString()
                .startsWith("ERROR " + KEY
                        + ": holds another value than --value, so it is another server's; nothing was" + " changed");
        assertThat(segue.log()).doesNotContain(OURS).doesNotContain(THEIRS);
    }

    @Test
    void othersOverwriteTheKey_isLeftUntilItIsDeleted() {
        SegueProcess segue = register("--ttl", "2s", "--", "sh", "-c", server(":"));
        awaitKey(OURS);

        ETCD.put(KEY, THEIRS);
        segue.awaitLog("ERROR " + KEY + ": left as it is, because somebody else has written it");
        assertThat(ETCD.entries("/app/")).containsEntry(KEY, THEIRS);
        ETCD.delete(KEY);
        awaitKey(OURS);

        segue.awaitLog("INFO " + KEY + ": registered again");
        assertThat(segue.linesWith("left as it is")).isEqualTo(1);
    }

    @Test
    void othersOverwriteTheKey_isNotTakenOutWithIt() {
        SegueProcess segue = registerServer(":");
        awaitKey(OURS);
        ETCD.put(KEY, THEIRS);

        assertThat(segue.terminate()).isEqualTo(5);

        assertThat(ETCD.entries("/app/")).containsEntry(KEY, THEIRS);
    }

    /** To put back what it found a switch would need the lease; without it the key would outlive its server. */
    @Test
    void switchPutsAnotherValue_isRefusedAndTheKeyIsKept() {
        acknowledge(1, true);
        SegueProcess segue = registerServer(":");
        awaitKey(OURS);
        long lease = ETCD.leaseOf(KEY);

        SegueProcess change = SegueProcess.start(
                folder,
                "switch",
                "--group",
                "web",
                "--put",
                KEY + "=" + THEIRS,
                "--timeout",
                "1s",
                "--node",
                ETCD.url().toString());
        started.add(change);
        assertThat(change.exitCode()).as(change.out() + change.log()).isEqualTo(1);

        assertThat(change.out())
                .contains(KEY + " is under a lease, so a server keeps it, as segue register does (stop that first);"
                        + " nothing was changed");
        assertThat(ETCD.entries("/app/")).containsEntry(KEY, OURS);
        assertThat(ETCD.leaseOf(KEY)).isEqualTo(lease).isPositive();
        assertThat(segue.linesWith("left as it is")).isZero();
    }

    @Test
    void serverCannotBeStarted_isAnErrorAndNothingIsPut() {
        SegueProcess segue = register("--", "/no/such/program");

        assertThat(segue.exitCode()).isEqualTo(3);

        assertThat(segue.messages())
                .endsWith("ERROR /no/such/program: could not be started: no such file or directory");
        assertThat(ETCD.entries("/")).isEmpty();
    }

    @Test
    void serverElsewhere_term_endsWith0OnceItIsSafeToStop() {
        SegueProcess segue = register();
        awaitKey(OURS);
        acknowledge(ETCD.revision(), true);
        segue.signal("TERM");
        segue.awaitLog("out of the store; waiting");

        acknowledge(ETCD.revision(), true);

        assertThat(segue.exitCode()).isZero();
        assertThat(segue.messages().get(segue.messages().size() - 1)).contains(KEY + ": safe to stop, after ");
    }

    @Test
    void serverElsewhere_termThatEndsUnsafe_isAnExitCodeOfItsOwn() {
        acknowledge(1, true);
        SegueProcess late = register("--drain-timeout", "500ms");
        awaitKey(OURS);
        assertThat(late.terminate()).isEqualTo(1);

        SegueProcess hurried = register();
        awaitKey(OURS);
        hurried.signal("INT");
        hurried.awaitLog("out of the store; waiting");
        hurried.signal("TERM");
        assertThat(hurried.exitCode()).isEqualTo(130);

        SegueProcess alone = register("--drain-timeout", "500ms");
        awaitKey(OURS);
        ETCD.stop();
        try {
            assertThat(alone.terminate()).isEqualTo(4);
        } finally {
            ETCD.start();
        }
    }

    @Test
    void serverElsewhere_noGroup_waitsForNobody() {
        acknowledge(1, true);
        SegueProcess segue = start("--no-drain");
        awaitKey(OURS);

        assertThat(segue.terminate()).isZero();

        assertThat(segue.log()).contains(KEY + ": out of the store; nobody is waited for (--no-drain without --group)");
    }

    /** A shell that tells of its signals, does {@code first} and serves until TERM; its exit code is 5. */
    private String server(String first) {
        return "trap 'echo TERM >> %1$s; exit 5' TERM; trap 'echo HUP >> %1$s' HUP; %2$s; echo ready >> %1$s; while :; do"
                        .formatted(told, first)
                + " sleep 0.05; done";
    }

    private SegueProcess registerServer(String first) {
        return register("--", "sh", "-c", server(first));
    }

    /** With {@code further} as flags and child. */
    private SegueProcess register(String... further) {
        List<String> arguments = new ArrayList<>(List.of("--group", "web"));
        arguments.addAll(Arrays.asList(further));
        return start(arguments.toArray(String[]::new));
    }

    private SegueProcess start(String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "register",
                "--key",
                KEY,
                "--value",
                OURS,
                "--probe",
                probe(),
                "--probe-interval",
                "50ms",
                "--node",
                ETCD.url().toString()));
        arguments.addAll(Arrays.asList(further));
        SegueProcess segue = SegueProcess.start(folder, arguments.toArray(String[]::new));
        started.add(segue);
        return segue;
    }

    private String probe() {
        return "tcp://127.0.0.1:" + health.port();
    }

    /** What the member says: that it has applied what the store held at {@code revision}. */
    private static void acknowledge(long revision, boolean drained) {
        ETCD.put(MEMBER, """
                {"format":1,"version":"0.1.0","resources":[{"name":"app","dest":"/app.conf","keys":["/app/upstream"],
                 "state":"applied","revision":%1$d,"applied_revision":%1$d,"settled":true,"drained":%2$b,
                 "since":"2026-11-27T06:00:00Z"}]}
                """.formatted(revision, drained));
    }

    private static void awaitKey(String value) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(ETCD.entries("/app/")).isEqualTo(Map.of(KEY, value)));
    }

    private static void awaitNoKey() {
        await().atMost(PATIENCE).until(() -> ETCD.entries("/app/").isEmpty());
    }
}
