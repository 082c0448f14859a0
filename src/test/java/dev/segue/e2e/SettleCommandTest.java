package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A program of which a {@code settle_cmd} says when it has settled: until then its member acknowledges nothing. */
@Tag("server")
@Timeout(150)
class SettleCommandTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String WHY = "settle command exited 3";

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.deletePrefix("/");
        ETCD.put("/app/a", "1");
        site = Site.in(folder, ETCD).template("x.ftl", "${getvs('/app/*')?size}");
    }

    @Test
    void programThatDoesNotSettle_isNamedWithWhyByWhoeverWaitsAndShowsNoOutput() throws IOException {
        Path settled = Files.createFile(site.note("settled"));
        site.resource(
                "x",
                "x.ftl",
                "reload_cmd = \"true\"",
                "settle_cmd = \"test -e " + settled + " || { seq 9000; echo hunter2; exit 3; }\"");
        try (SegueProcess member = member();
                SegueProcess wait = ask("wait", "--group", "web", "--key", "/app/a")) {
            assertThat(wait.exitCode()).as(wait.out() + wait.log()).isZero();
            Files.delete(settled);
            try (SegueProcess run = ask("switch", "--group", "web", "--put", "/app/b=1", "--timeout", "20s")) {
                member.awaitLog("WARN conf.d/x.toml: applied, but has not settled after 10 s: " + WHY);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(status())
                                .contains("web  m1  conf.d/x.toml  settling")
                                .contains(WHY)
                                .doesNotContain("hunter2"));
                await().atMost(PATIENCE)
                        .until(() -> ETCD.entries("/app/").keySet().equals(Set.of("/app/a")));
                Files.createFile(settled);

                assertThat(run.exitCode()).as(run.out() + run.log()).isEqualTo(1);
                assertThat(run.out())
                        .contains("0 of 1 member of web came there within 20 s (m1: conf.d/x.toml applied, but " + WHY
                                + ")")
                        .contains("undone: put /app/b, and nobody uses it any more")
                        .doesNotContain("hunter2");
            }
            member.awaitLog("INFO conf.d/x.toml: settled after ");
            assertThat(ETCD.entries("/segue/web/").values()).noneMatch(said -> said.contains("hunter2"));
            assertThat(member.linesWith("conf.d/x.toml:   "))
                    .as("lines of its output")
                    .isEqualTo(21);
            assertThat(member.linesWith("has not settled")).isEqualTo(1);
        }
    }

    @Test
    void stop_whileTheCommandHangs_leavesNoChild() throws IOException {
        Path pid = site.note("pid");
        site.resource(
                "x",
                "x.ftl",
                "reload_cmd = \"true\"",
                "settle_cmd = \"trap '' TERM; echo $$ > " + pid + "; while :; do sleep 0.05; done\"",
                "settle_timeout = \"1m\"");
        try (SegueProcess member = member()) {
            await().atMost(PATIENCE).until(() -> Files.exists(pid) && Files.size(pid) > 1);
            ProcessHandle child = ProcessHandle.of(
                            Long.parseLong(Files.readString(pid).strip()))
                    .orElseThrow();
            try {
                assertThat(member.terminate()).isZero();
                assertThat(child.isAlive()).isFalse();
            } finally {
                child.destroyForcibly();
            }
        }
    }

    private SegueProcess member() {
        return site.start("--watch", "--acknowledge", "web", "--member", "m1");
    }

    private SegueProcess ask(String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--request-timeout=20s", ETCD.url().toString()))
                .toArray(String[]::new);
        return site.startBare(all);
    }

    private String status() {
        try (SegueProcess run =
                site.startBare("status", "web", "--node", ETCD.url().toString())) {
            assertThat(run.exitCode()).isZero();
            return run.out().replaceAll(" {2,}", "  ");
        }
    }
}
