package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.AppProcess;
import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.SteadyLoad;
import dev.segue.testing.TcpGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three nginx, each with its Segue, under load, while {@code segue switch} changes the server behind them. */
@Tag("server")
@Timeout(1200)
class CutoverTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CUTOVERS = Integer.getInteger("segue.cutovers", 6);

    private static final Pattern SAFE = Pattern.compile("safe to stop, after ([0-9.]+) s");

    @TempDir
    Path folder;

    private NginxGroup web;
    private AppProcess current = AppProcess.begin();
    private int number;

    @BeforeEach
    void startMembers() throws IOException {
        web = NginxGroup.in(folder, ETCD);
        ETCD.deletePrefix("/");
        current.awaitReady();
        ETCD.put("/app/upstream/s0", current.endpoint());
        for (String name : List.of("web1", "web2", "web3")) {
            web.member(name);
        }
        awaitMembers(3);
    }

    @AfterEach
    void stopAll() throws Exception {
        current.close();
        web.end();
    }

    @Test
    void switch_againAndAgainUnderLoad_noRequestFailsThoughTheOldServerIsKilledAtOnce() {
        List<Double> idleSeconds = new ArrayList<>();
        List<SteadyLoad> loads = web.load();
        List<CompletableFuture<String>> slow = new ArrayList<>();
        for (int i = 0; i < CUTOVERS; i++) {
            if (i % 3 == 1) {
                web.servers().forEach(nginx -> slow.add(CompletableFuture.supplyAsync(() -> nginx.fetch("/slow"))));
            }
            AppProcess next = AppProcess.start();
            SegueProcess run = switchTo(next);
            assertThat(run.exitCode()).as(run.out() + run.log()).isZero();
            Matcher safe = SAFE.matcher(run.out());
            assertThat(safe.find()).as(run.out()).isTrue();
            if (slow.stream().allMatch(CompletableFuture::isDone)) {
                idleSeconds.add(Double.valueOf(safe.group(1)));
            }
            current.close();
            current = next;
        }
        loads.forEach(SteadyLoad::close);
        idleSeconds.sort(null);
        System.out.println("from the put to \"safe to stop\", median of " + idleSeconds.size()
                + " with nothing in flight: " + idleSeconds.get(idleSeconds.size() / 2) + " s");
        assertThat(slow.stream().map(CompletableFuture::join)).allMatch("ok\n"::equals);
        assertThat(loads).allSatisfy(load -> {
            assertThat(load.failures()).isEmpty();
            assertThat(load.sent()).isPositive();
        });
    }

    @Test
    void switch_oneMembersCheckFails_namesItAndUndoesItself() throws IOException {
        List<SteadyLoad> loads = web.load();
        Files.writeString(web.refusal("web2"), "");
        try (AppProcess next = AppProcess.start()) {
            SegueProcess run = switchTo(next);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains("web2: ")
                    .contains("check command")
                    .contains("undone: ")
                    .contains(", and nobody uses it any more");
        }
        assertThatNothingChanged(loads);
    }

    @Test
    void switch_oneMemberStandsStill_failsInTimeAndUndoesItself() throws IOException {
        List<SteadyLoad> loads = web.load();
        web.members().get(2).signal("STOP");
        try (AppProcess next = AppProcess.start()) {
            SegueProcess run = switchTo(next, "--timeout", "3s");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains("web3: ")
                    .contains("within 3 s")
                    .contains("undone: ")
                    .containsPattern("may still be in use by .*web3");
        } finally {
            web.members().get(2).signal("CONT");
        }
        assertThatNothingChanged(loads);
    }

    @Test
    void switch_lineToOneMemberBreaks_failsInTimeAndCompletesOnceItIsBack() throws IOException {
        assertThatSwitchFailsAndCompletesLater(
                TcpGate::cut, TcpGate::open, "3s", "web4: conf.d/nginx.toml is at revision ");
    }

    /** For longer than its lease lives. */
    @Test
    void switch_lineToOneMemberGoesDead_failsInTimeAndCompletesOnceItIsBack() throws IOException {
        assertThatSwitchFailsAndCompletesLater(
                TcpGate::silence,
                TcpGate::heal,
                "20s",
                "web4: is gone from the store: it was stopped, or is cut off from it");
    }

    /** A fourth member uses the new server already, and cannot say so any more, nor hear that it shall not. */
    private void assertThatSwitchFailsAndCompletesLater(
            Consumer<TcpGate> fails, Consumer<TcpGate> heals, String timeout, String why) throws IOException {
        try (TcpGate line = TcpGate.to(ETCD.port())) {
            web.member("web4", "http://127.0.0.1:" + line.port());
            awaitMembers(4);
            List<SteadyLoad> loads = web.load();
            Path holds = Files.createFile(web.hold("web4"));
            AppProcess next = AppProcess.start();
            web.own(next);
            SegueProcess run = switchTo(next, "--timeout", timeout);
            await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("web4-holds-on")));
            fails.accept(line);
            Files.delete(holds);

            assertThat(run.exitCode()).as(run.out() + run.log()).isEqualTo(1);
            assertThat(run.out())
                    .contains(" came there within " + timeout.replace("s", " s"))
                    .contains(why)
                    .containsPattern("undone: put /app/upstream/s1, but may still be in use by .*web4");
            assertThat(ETCD.entries("/app/")).containsOnlyKeys("/app/upstream/s0");

            heals.accept(line);
            awaitMembers(4);
            SegueProcess again = again(next);
            assertThat(again.exitCode()).as(again.out() + again.log()).isZero();
            assertThat(again.out()).contains("web4  applied, drained").contains("safe to stop");
            current.close();
            awaitMore(loads);
            loads.forEach(SteadyLoad::close);
            assertThat(loads).allSatisfy(load -> assertThat(load.failures()).isEmpty());
        }
    }

    @Test
    void switch_interrupted_undoesItself() throws IOException {
        List<SteadyLoad> loads = web.load();
        web.members().get(1).signal("STOP");
        try (AppProcess next = AppProcess.start()) {
            SegueProcess run = switchTo(next, "--timeout", "5s");
            await().atMost(PATIENCE).until(() -> ETCD.entries("/app/").size() == 2);
            run.signal("INT");
            assertThat(run.exitCode()).as(run.out() + run.log()).isEqualTo(130);
            assertThat(run.out()).contains("undone: ");
        } finally {
            web.members().get(1).signal("CONT");
        }
        assertThatNothingChanged(loads);
    }

    @Test
    void switch_interruptedByOneThatChangesAKey_saysWhichAndDoesNotDelete() throws IOException {
        web.members().get(0).signal("STOP");
        try (AppProcess next = AppProcess.start()) {
            SegueProcess run = switchTo(next);
            await().atMost(PATIENCE).until(() -> ETCD.entries("/app/").size() == 2);
            ETCD.put("/app/upstream/s0", "127.0.0.1:1");
            web.members().get(0).signal("CONT");
            assertThat(run.exitCode()).as(run.out() + run.log()).isEqualTo(1);
            assertThat(run.out())
                    .contains("somebody else changed /app/upstream/s0")
                    .contains("undone: ");
            assertThat(ETCD.entries("/app/")).containsOnlyKeys("/app/upstream/s0");
        } finally {
            web.members().get(0).signal("CONT");
        }
    }

    @Test
    void switch_storeLostWhileSoaking_undoesItselfOnceItIsBack() {
        try (TcpGate line = TcpGate.to(ETCD.port());
                AppProcess next = AppProcess.start()) {
            SegueProcess run = web.start(List.of(
                    "switch",
                    "--group",
                    "web",
                    "--put",
                    "/app/upstream/s1=" + next.endpoint(),
                    "--delete",
                    "/app/upstream/s0",
                    "--soak",
                    "60s",
                    "--request-timeout",
                    "1s",
                    "http://127.0.0.1:" + line.port()));
            await().atMost(PATIENCE).until(() -> run.out().contains("all use it"));
            line.cut();
            await().atMost(PATIENCE)
                    .until(() ->
                            run.out().contains("; trying for 30 s to undo: put /app/upstream/s1") || !run.isAlive());
            line.open();

            assertThat(run.exitCode()).as(run.out() + run.log()).isEqualTo(1);
            assertThat(run.out()).contains("; undone: put /app/upstream/s1, and nobody uses it any more");
            assertThat(ETCD.entries("/app/")).containsOnlyKeys("/app/upstream/s0");
        }
    }

    @Test
    void switch_storeLostAfterTheDelete_saysThatItIsNotSafe() {
        try (TcpGate line = TcpGate.to(ETCD.port());
                AppProcess next = AppProcess.start()) {
            SegueProcess run = web.start(List.of(
                    "switch",
                    "--group",
                    "web",
                    "--put",
                    "/app/upstream/s1=" + next.endpoint(),
                    "--delete",
                    "/app/upstream/s0",
                    "--soak",
                    "1s",
                    "--timeout",
                    "2s",
                    "--request-timeout",
                    "1s",
                    "http://127.0.0.1:" + line.port()));
            await().atMost(PATIENCE).until(() -> run.out().contains("all use it"));
            web.members().get(0).signal("STOP");
            await().atMost(PATIENCE).until(() -> ETCD.entries("/app/").size() == 1);
            line.cut();

            assertThat(run.exitCode()).as(run.out() + run.log()).isEqualTo(4);
            assertThat(run.out())
                    .containsPattern("not safe to stop the old servers: etcd http://127.0.0.1:" + line.port() + ": .*"
                            + "; run the same command again, which goes on from here");
        } finally {
            web.members().get(0).signal("CONT");
        }
    }

    @Test
    void switch_ofWhatIsDone_isDoneAtOnce() {
        try (AppProcess next = AppProcess.start()) {
            assertThat(switchTo(next).exitCode()).isZero();
            long revision = ETCD.revision();
            SegueProcess again = again(next);
            assertThat(again.exitCode()).as(again.out() + again.log()).isZero();
            assertThat(again.out()).contains("safe to stop");
            assertThat(ETCD.revision()).isEqualTo(revision);
        }
    }

    @Test
    void switch_newServerFallsIllWhileSoaking_undoesItself() {
        AppProcess next = web.own(AppProcess.start());
        SegueProcess run = switchTo(next, "--soak", "60s");
        await().atMost(PATIENCE).until(() -> run.out().contains("all use it; watching for 60 s"));
        next.close();
        assertThat(run.exitCode()).as(run.out() + run.log()).isEqualTo(1);
        assertThat(run.out())
                .contains("tcp://" + next.endpoint() + ": takes no connection")
                .contains("undone: put /app/upstream/s1, and nobody uses it any more");
        assertThat(ETCD.entries("/app/")).containsOnlyKeys("/app/upstream/s0");
    }

    @Test
    void switch_noDrain_endsWhileOldWorkersStillServe() {
        CompletableFuture<String> slow =
                CompletableFuture.supplyAsync(() -> web.servers().get(0).fetch("/slow"));
        try (AppProcess next = AppProcess.start()) {
            SegueProcess run = switchTo(next, "--no-drain");
            assertThat(run.exitCode()).as(run.out() + run.log()).isZero();
            assertThat(run.out()).contains("settled: ").doesNotContain("safe to stop");
            SegueProcess drained = web.segue("wait", "--group", "web", "--key", "/app/upstream/s1", "--drained");
            assertThat(drained.exitCode()).as(drained.out() + drained.log()).isZero();
            assertThat(drained.out()).contains("web1  applied, drained");
            assertThat(slow).isCompletedWithValue("ok\n");
        }
    }

    @Test
    void switch_dryRun_tellsAndChangesNothing() {
        try (AppProcess next = AppProcess.start()) {
            SegueProcess run = switchTo(next, "--dry-run");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("would put /app/upstream/s1").contains("would delete /app/upstream/s0");
            assertThat(ETCD.entries("/app/")).containsOnlyKeys("/app/upstream/s0");
        }
    }

    @Test
    void switch_nobodyAcknowledges_changesNothing() {
        SegueProcess run = web.segue("switch", "--group", "nobody", "--put", "/app/upstream/s9=127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("nobody acknowledges in group nobody").contains("nothing was changed");
        assertThat(ETCD.entries("/app/")).hasSize(1);
    }

    @Test
    void switch_fewerMembersThanThereAre_changesNothing() {
        SegueProcess run =
                web.segue("switch", "--group", "web", "--members", "4", "--put", "/app/upstream/s9=127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("only 3 members of 4 in group web (web1, web2, web3); nothing was changed");
        assertThat(ETCD.entries("/app/")).hasSize(1);
    }

    @Test
    void switch_newServerNotWell_changesNothing() {
        SegueProcess run = web.segue(
                "switch",
                "--group",
                "web",
                "--put",
                "/app/upstream/s9=127.0.0.1:1",
                "--probe",
                "http://127.0.0.1:1/health");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("http://127.0.0.1:1/health: connection refused; nothing was changed");
        assertThat(ETCD.entries("/app/")).hasSize(1);
    }

    @Test
    void wait_keyThatWentThereAndBack_isNotTakenForWhatItWasBefore() {
        web.members().get(0).signal("STOP");
        try {
            ETCD.put("/app/upstream/s0", "127.0.0.1:1");
            ETCD.put("/app/upstream/s0", current.endpoint());
            assertThat(waitFor("/app/upstream/s0", "500ms")).isEqualTo(1);
        } finally {
            web.members().get(0).signal("CONT");
        }
        assertThat(waitFor("/app/upstream/s0", "30s")).isZero();
    }

    @Test
    void wait_goneKeyThatWasThereForAMoment_isNotTakenForWhatItWasBefore() {
        web.members().get(0).signal("STOP");
        try {
            ETCD.put("/app/upstream/s9", "127.0.0.1:1");
            ETCD.delete("/app/upstream/s9");
            assertThat(waitFor("/app/upstream/s9", "500ms")).isEqualTo(1);
        } finally {
            web.members().get(0).signal("CONT");
        }
        assertThat(waitFor("/app/upstream/s9", "30s")).isZero();
    }

    @Test
    void wait_keyThatWasNeverThere_isDone() {
        for (int i = 0; i <= 100; i++) {
            ETCD.put("/other", "1");
        }
        assertThat(waitFor("/app/upstream/s9", "30s")).isZero();
    }

    @Test
    void member_keyPutAgainAndAgain_doesNotSayEachTimeThatItHasSeenIt() {
        int puts = 300;
        long start = System.nanoTime();
        long before = ETCD.revision();
        for (int i = 0; i < puts; i++) {
            ETCD.put("/app/upstream/s0", current.endpoint());
        }
        assertThat(waitFor("/app/upstream/s0", "30s")).isZero();
        long said = ETCD.revision() - before - puts;
        long quarters = Duration.ofNanos(System.nanoTime() - start).dividedBy(Duration.ofMillis(250));
        assertThat(said).isBetween(3L, 3 * (quarters + 2));
    }

    @Test
    void wait_nobodyOrTooFew_isAFailure() {
        SegueProcess nobody = web.segue("wait", "--group", "nobody", "--revision", "1", "--timeout", "500ms");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.out()).contains("nobody acknowledges in group nobody");
        SegueProcess few = web.segue(
                "wait", "--group", "web", "--key", "/app/upstream/s0", "--members", "4", "--timeout", "500ms");
        assertThat(few.exitCode()).isEqualTo(1);
        assertThat(few.out()).contains("only 3 members of 4");
    }

    @Test
    void status_table_showsEachMember() throws IOException {
        Files.writeString(web.refusal("web2"), "");
        ETCD.put("/app/upstream/s0", "127.0.0.1:2");
        await().atMost(PATIENCE).untilAsserted(() -> {
            SegueProcess run = segueWithNode("status", "web");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                    .anyMatch(line -> line.startsWith("web web1 conf.d/nginx.toml applied "))
                    .anyMatch(line ->
                            line.startsWith("web web2 conf.d/nginx.toml failed ") && line.contains("check command"));
        });
    }

    @Test
    void member_killed_isGoneFromTheStoreAfterItsLease() {
        web.members().get(0).close();
        await().atMost(PATIENCE)
                .until(() -> ETCD.entries("/segue/web/").keySet().stream()
                        .toList()
                        .equals(List.of("/segue/web/web2", "/segue/web/web3")));
    }

    @Test
    void member_stopped_isGoneFromTheStoreAtOnce() {
        assertThat(web.members().get(0).terminate()).isZero();
        assertThat(ETCD.entries("/segue/web/")).containsOnlyKeys("/segue/web/web2", "/segue/web/web3");
    }

    @Test
    void member_whoseResourceReadsItsOwnKey_saysSoOnceAndIsQuiet() throws IOException {
        ConfDirFolder confDir = ConfDirFolder.in(Files.createDirectory(folder.resolve("all")));
        confDir.template("all.ftl", "${getvs('/*')?size}");
        confDir.resource("all.toml", "all.ftl", folder.resolve("all.txt"), "/");
        try (SegueProcess segue = SegueProcess.start(
                Files.createDirectories(folder.resolve("all").resolve("run")),
                "--watch",
                "--acknowledge",
                "all",
                "--confdir",
                confDir.path().toString(),
                ETCD.url().toString())) {
            segue.awaitLog("conf.d/all.toml reads /segue/all/");
            ETCD.put("/app/upstream/s9", "127.0.0.1:9");
            ETCD.delete("/app/upstream/s9");
            await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("all.txt")));
            assertThat(ETCD.entries("/segue/all/")).isEmpty();
            assertThat(segue.linesWith("conf.d/all.toml reads /segue/all/")).isEqualTo(1);
        }
    }

    /** Until so many say that they have applied the first server. */
    private void awaitMembers(int count) {
        String members = Integer.toString(count);
        SegueProcess wait = web.segue("wait", "--group", "web", "--members", members, "--key", "/app/upstream/s0");
        assertThat(wait.exitCode()).as(wait.out() + wait.log()).isZero();
    }

    /** How a wait for it ends. */
    private int waitFor(String key, String timeout) {
        return web.segue("wait", "--group", "web", "--members", "3", "--key", key, "--timeout", timeout)
                .exitCode();
    }

    /** Until each of them has asked some more, and been answered. */
    private static void awaitMore(List<SteadyLoad> loads) {
        for (SteadyLoad load : loads) {
            long enough = load.sent() + 20;
            await().atMost(PATIENCE).until(() -> load.sent() >= enough);
        }
    }

    private void assertThatNothingChanged(List<SteadyLoad> loads) {
        loads.forEach(SteadyLoad::close);
        assertThat(ETCD.entries("/app/")).containsExactly(Map.entry("/app/upstream/s0", current.endpoint()));
        assertThat(loads).allSatisfy(load -> assertThat(load.failures()).isEmpty());
    }

    private SegueProcess switchTo(AppProcess next, String... further) {
        String old = "/app/upstream/s" + number;
        number++;
        return run(next, old, further);
    }

    private SegueProcess again(AppProcess next) {
        return run(next, "/app/upstream/s" + (number - 1));
    }

    private SegueProcess run(AppProcess next, String old, String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "switch",
                "--group",
                "web",
                "--put",
                "/app/upstream/s" + number + "=" + next.endpoint(),
                "--delete",
                old,
                "--probe",
                "tcp://" + next.endpoint()));
        arguments.addAll(Arrays.asList(further));
        return web.segue(arguments.toArray(String[]::new));
    }

    private SegueProcess segueWithNode(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--node", ETCD.url().toString()));
        return web.start(all);
    }
}
