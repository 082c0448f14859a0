package dev.segue.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.segue.plan.KeptFile;
import dev.segue.testing.CapturedLog;
import dev.segue.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What several processes, other users and kill -9 do to a journal. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JournalProcessTest {
    private static final Path TARGET = Path.of("/etc/nginx/app.conf");
    private static final String NAME = "etc+nginx+app.conf.entry";

    @TempDir
    Path temp;

    private final CapturedLog log = new CapturedLog();
    private Path state = Path.of("/");

    @BeforeEach
    void nameTheFolder() throws IOException {
        state = temp.toRealPath().resolve("state");
    }

    @AfterEach
    void restore() {
        log.close();
    }

    @Test
    void record_killedAtAnyTime_leavesAWholeEntry() throws Exception {
        Random random = new Random(42);
        long highest = 0;
        for (int round = 0; round < 12; round++) {
            try (JournalProcess writer = JournalProcess.start("churn", state, TARGET)) {
                assertThat(writer.nextLine()).isEqualTo("churning");
                long deadline = System.nanoTime() + random.nextInt(40_000_000);
                while (System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
                writer.kill();
            }
            JournalEntry entry = Journal.in(state).entry(TARGET).orElseThrow();

            JournalEntry expected = JournalProcess.numbered(entry.revision());
            assertThat(entry.installed()).isEqualTo(expected.installed());
            assertThat(entry.owed()).isEqualTo(expected.owed());
            assertThat(entry.previous().map(KeptFile::digest)).hasValue(expected.installed());
            assertThat(names()).as("the dead one's temporary file is gone").containsExactly(NAME);
            highest = Math.max(highest, entry.revision());
        }
        assertThat(highest).as("records before a kill").isGreaterThan(1);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void claim_otherProcessHasIt_namesItUntilItEnds() throws Exception {
        try (JournalProcess other = JournalProcess.start("hold", state, TARGET);
                Journal journal = Journal.in(state)) {
            assertThat(other.nextLine()).isEqualTo("Optional.empty");

            assertThat(journal.claim(TARGET)).hasValue(other.pid());
            assertThat(journal.claim(TARGET)).hasValue(other.pid());
            assertThat(journal.claim(Path.of("/etc/other"))).isEmpty();

            other.kill();
            assertThat(journal.claim(TARGET)).isEmpty();
            assertOthersAreRefused();
        }
        try (JournalProcess other = JournalProcess.start("hold", state, TARGET)) {
            assertThat(other.nextLine()).as("after close").isEqualTo("Optional.empty");
        }
    }

    @Test
    void claim_pidOfTheOtherUnreadable_isZero() throws Exception {
        try (JournalProcess other = JournalProcess.start("hold", state, TARGET);
                Journal journal = Journal.in(state)) {
            assertThat(other.nextLine()).isEqualTo("Optional.empty");
            for (String text : List.of("", "rubbish", "0", "4194400", "1 1", "99999999999999999999")) {
                Shell.run("printf '%s\\n' \"$2\" > \"$1\"", state.resolve("etc+nginx+app.conf.lock"), text);
                assertThat(journal.claim(TARGET)).as(text).hasValue(0L);
            }
        }
    }

    @Test
    void claim_again_isOursStill() throws Exception {
        try (Journal journal = Journal.in(state)) {
            assertThat(journal.claim(TARGET)).isEmpty();
            assertThat(journal.claim(TARGET)).isEmpty();

            assertOthersAreRefused();
            assertThat(Shell.run("cat \"$1\"/*.lock; stat -c %a \"$1\"/*.lock", state))
                    .isEqualTo(ProcessHandle.current().pid() + "\n600\n");
        }
    }

    @Test
    void claim_secondJournalOfThisProcess_isRefusedAndBreaksNothing() throws Exception {
        Journal first = Journal.in(state);
        Journal second = Journal.in(state);
        assertThat(first.claim(TARGET)).isEmpty();

        long us = ProcessHandle.current().pid();
        assertThat(second.claim(TARGET)).hasValue(us);
        assertThat(second.claim(TARGET)).hasValue(us);
        second.forget(TARGET);
        second.close();
        assertOthersAreRefused();

        first.close();
        assertThat(second.claim(TARGET)).isEmpty();
        second.close();
    }

    @Test
    void claim_interruptedThread_isKept() throws Exception {
        try (Journal journal = Journal.in(state)) {
            Thread.currentThread().interrupt();
            boolean ours = journal.claim(TARGET).isEmpty();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(ours).isTrue();
            assertOthersAreRefused();
        }
    }

    @Test
    void forget_claimed_letsOthersHaveIt() throws Exception {
        try (Journal journal = Journal.in(state)) {
            journal.claim(TARGET);
            journal.record(TARGET, JournalProcess.numbered(1));
            journal.forget(TARGET);

            try (JournalProcess other = JournalProcess.start("hold", state, TARGET)) {
                assertThat(other.nextLine()).isEqualTo("Optional.empty");
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(journal.claim(TARGET)).hasValue(other.pid()));
            }
        }
    }

    @Test
    void record_notPermitted_isToldAndClaimsAreFree() throws Exception {
        Files.createDirectory(state);
        assertThat(CapturedLog.lines(recordAsNobody()))
                .containsExactly(
                        "WARN " + state.resolve(NAME) + ": cannot be written: permission denied;"
                                + " what is owed will be forgotten if Segue is killed",
                        "Optional.empty");
        assertThat(state).isEmptyDirectory();

        Shell.run("chown 65534:65534 \"$1\"", state);
        assertThat(CapturedLog.lines(recordAsNobody())).containsExactly("Optional.empty");
        assertThat(names()).containsExactly(NAME, "etc+nginx+app.conf.lock");
    }

    @Test
    void record_folderCannotBeMade_isTold() throws Exception {
        Path parent = Files.createDirectory(state);
        state = parent.resolve("deeper");

        assertThat(CapturedLog.lines(recordAsNobody()))
                .hasSize(2)
                .first()
                .asString()
                .contains(": cannot be written: permission denied; ");
    }

    private String recordAsNobody() throws Exception {
        assumeThat(Shell.run("id -u").strip()).as("only root becomes nobody").isEqualTo("0");
        String asNobody = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
        assumeThat(Shell.run(asNobody + "test -r target/classes && echo yes || echo no"))
                .as("nobody cannot read target/classes")
                .isEqualTo("yes\n");
        Path jars = Files.createTempDirectory(temp, "jars");
        String classpath = JournalProcess.classes() + ":" + JournalProcess.copiedJars(jars);
        Shell.run("chmod 0755 \"$1\" \"$2\"; chmod 0644 \"$2\"/*", temp, jars);
        return Shell.run(
                asNobody + "\"$1\" -XX:TieredStopAtLevel=1 -cp \"$2\" \"$3\" record \"$4\" \"$5\"",
                JournalProcess.java(),
                classpath,
                JournalProcess.class.getName(),
                state,
                TARGET);
    }

    private void assertOthersAreRefused() throws Exception {
        try (JournalProcess other = JournalProcess.start("hold", state, TARGET)) {
            assertThat(other.nextLine())
                    .isEqualTo("Optional[" + ProcessHandle.current().pid() + "]");
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(state)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
