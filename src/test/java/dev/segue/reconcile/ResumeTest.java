package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.journal.Journal;
import dev.segue.journal.JournalEntry;
import dev.segue.journal.JournalEntry.Rejected;
import dev.segue.plan.KeptFile;
import dev.segue.plan.Owed;
import dev.segue.testing.MemoryKeyStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the next run makes of journal and target as a kill leaves them, at each place where it may strike. */
@Timeout(60)
class ResumeTest {
    private static final KeptFile OLD = KeptFile.of(bytes("old"), 0644, 0, 0);
    private static final String NEW = KeptFile.digestOf(bytes("new"));

    @TempDir
    Path folder;

    private Workbench bench;
    private ShellProgram program;
    private Turns turns;

    @BeforeEach
    void oneResource() throws Exception {
        bench = new Workbench(folder);
        program = ShellProgram.in(folder);
        bench.confDir.template("x.ftl", "${getv(\"/x/v\")}");
        bench.store.put("/x/v", "new");
        define("x.toml");
        turns = new Turns(bench);
    }

    @Test
    void killedBeforeTheRename_installsAndReloadsOnce() throws Exception {
        target("old");
        left(Owed.RELOAD, NEW, OLD);

        turns.start();
        assertServed("new", 1);
    }

    @Test
    void killedBeforeTheRename_storeLost_reloadsNothingThatIsNotThere() throws Exception {
        target("old");
        left(Owed.RELOAD, NEW, OLD);
        bench.store.lose();
        turns.start();
        assertThat(program.reloads()).isZero();
        assertThat(bench.text("x.conf")).isEqualTo("old");

        bench.store.find();
        turns.turn(Duration.ofSeconds(1));
        assertServed("new", 1);
    }

    @Test
    void killedAfterTheRename_reloadsOnce() throws Exception {
        target("new");
        left(Owed.RELOAD, NEW, OLD);

        turns.start();
        assertServed("new", 1);
    }

    @Test
    void killedAfterTheRename_storeLost_reloadsOnceAndNotAgainWhenItIsBack() throws Exception {
        target("new");
        left(Owed.RELOAD, NEW, OLD);
        bench.store.lose();
        turns.start();
        assertServed("new", 1);

        bench.store.find();
        turns.turn(Duration.ofSeconds(1));
        assertServed("new", 1);
    }

    @Test
    void killedAfterTheRename_otherKeysByNow_installsThoseAndReloadsOnce() throws Exception {
        target("new");
        left(Owed.RELOAD, NEW, OLD);
        bench.store.put("/x/v", "newer");

        turns.start();
        assertServed("newer", 1);
    }

    @Test
    void killedAfterTheRename_programRefuses_previousOfThenComesBack() throws Exception {
        target("bad");
        left(Owed.RELOAD, KeptFile.digestOf(bytes("bad")), OLD);
        bench.store.put("/x/v", "bad");

        turns.start();

        assertThat(bench.text("x.conf")).isEqualTo("old");
        assertThat(program.served("x.conf")).isEqualTo("old");
        assertThat(turns.owed("x.conf")).isEqualTo(Owed.NOTHING);
        assertThat(program.reloads()).isEqualTo(2);
    }

    /** The run's own store answers, but what lies there comes of another one. */
    @Test
    void killedAfterTheRename_otherStoreLost_reloadsOnceAndNotAgainWhenItIsBack() throws Exception {
        MemoryKeyStore other = new MemoryKeyStore();
        other.put("/x/v", "new");
        bench.others.put("other", other);
        bench.confDir.resource(
                "x.toml",
                "x.ftl",
                bench.target("x.conf"),
                "/x",
                program.reload(),
                "[backend]",
                "backend = \"file\"",
                "file = [\"other\"]");
        target("new");
        left(Owed.RELOAD, NEW, OLD);
        other.lose();

        turns.start();
        turns.turn(Duration.ZERO);
        assertThat(program.reloads()).isEqualTo(1);
        assertThat(turns.owed("x.conf")).isEqualTo(Owed.NOTHING);

        other.find();
        turns.turn(Duration.ofSeconds(1));
        turns.turn(Duration.ZERO);
        assertServed("new", 1);
    }

    @Test
    void killedAfterTheRename_storeLostAndProgramRefuses_previousOfThenComesBack() throws Exception {
        target("bad");
        left(Owed.RELOAD, KeptFile.digestOf(bytes("bad")), OLD);
        bench.store.lose();

        turns.start();

        assertThat(bench.text("x.conf")).isEqualTo("old");
        assertThat(program.served("x.conf")).isEqualTo("old");
        assertThat(turns.owed("x.conf")).isEqualTo(Owed.NOTHING);
    }

    @Test
    void killedAfterThePutBack_storeLost_tellsTheProgram() throws Exception {
        target("old");
        left(Owed.RELOAD, OLD.digest(), OLD);
        bench.store.lose();

        turns.start();
        assertThat(program.served("x.conf")).isEqualTo("old");
        assertServed("old", 1);
    }

    @Test
    void killedAfterAFirstFileWasTakenAway_storeLost_tellsTheProgram() throws Exception {
        left(Owed.RELOAD, KeptFile.DIGEST_OF_ABSENT, KeptFile.ABSENT);
        bench.store.lose();

        turns.start();

        assertThat(program.reloads()).isEqualTo(1);
        assertThat(turns.owed("x.conf")).isEqualTo(Owed.NOTHING);
        assertThat(bench.target("x.conf")).doesNotExist();
    }

    @Test
    void killedAfterAFirstFileWasTakenAway_laneMatesGoOn() throws Exception {
        left(Owed.RELOAD, KeptFile.DIGEST_OF_ABSENT, KeptFile.ABSENT);
        bench.store.delete("/x/v");
        bench.confDir.template("y.ftl", "bad");
        bench.confDir.resource("y.toml", "y.ftl", bench.target("y.conf"), "/x", program.reload());

        turns.start();

        assertThat(turns.failed("x").reason()).contains("key /x/v does not exist");
        assertThat(turns.owed("x.conf")).isEqualTo(Owed.NOTHING);
        assertThat(turns.failed("y").reason()).startsWith("reload command exited 1");
        assertThat(bench.target("y.conf")).doesNotExist();
    }

    @Test
    void killedAfterTheUndoReload_triesTheRefusedFileOnceMore() throws Exception {
        target("old");
        record(new JournalEntry(
                "conf.d/x.toml", Owed.NOTHING, OLD.digest(), 0, Optional.empty(), Optional.of(new Rejected(NEW, 1))));

        turns.start();
        assertServed("new", 1);
    }

    @Test
    void tornTarget_comesBackThenGoesOn() throws Exception {
        target("ne");
        left(Owed.RELOAD, NEW, OLD);

        turns.start();
        assertServed("new", 1);
    }

    @Test
    void resourceRenamedInBetween_paysWhatTheTargetOwes() throws Exception {
        target("new");
        left(Owed.RELOAD, NEW, OLD);
        Files.delete(bench.confDir.path().resolve("conf.d/x.toml"));
        define("renamed.toml");

        turns.start();
        assertServed("new", 1);
    }

    @Test
    void damagedJournal_convergesByTheFileAlone() throws Exception {
        target("old");
        left(Owed.RELOAD, NEW, OLD);
        damageTheJournal();

        turns.start();
        assertServed("new", 1);
    }

    @Test
    void damagedJournal_fileIsAsWanted_reloadsOnceInCaseThatIsOwed() throws Exception {
        target("new");
        left(Owed.RELOAD, NEW, OLD);
        damageTheJournal();

        turns.start();
        assertServed("new", 1);
        turns.start();
        assertServed("new", 1);
    }

    @Test
    void damagedJournal_programRefuses_fileThatLiesThereStaysAndIsTriedAgain() throws Exception {
        target("bad");
        bench.store.put("/x/v", "bad");
        left(Owed.RELOAD, KeptFile.digestOf(bytes("bad")), OLD);
        damageTheJournal();

        turns.start();
        assertThat(bench.text("x.conf")).isEqualTo("bad");
        assertThat(turns.owed("x.conf")).isEqualTo(Owed.RELOAD);

        bench.store.put("/x/v", "new");
        turns.turn(Duration.ofSeconds(1));
        assertServed("new", 2);
    }

    @Test
    void secondRunOnOneTarget_saysSoAndTakesOverWhenTheFirstIsGone() throws Exception {
        bench.store.put("/x/v", "first");
        turns.start();
        Workbench other = new Workbench(folder);
        other.confDir.template("x.ftl", "second");
        other.confDir.resource("x.toml", "x.ftl", other.target("x.conf"), "/x", program.reload());
        Turns second = new Turns(other);
        second.start();

        assertThat(second.failed("x").reason())
                .isEqualTo(other.target("x.conf") + " is kept by another Segue (pid "
                        + ProcessHandle.current().pid() + "); left to it");
        assertThat(bench.text("x.conf")).isEqualTo("first");

        bench.endRun();
        second.turn(Duration.ofSeconds(1));
        assertServed("second", 2);
        other.endRun();
    }

    /** The program serves {@code content} and was told {@code reloads} times; nothing is owed, and nothing more comes. */
    private void assertServed(String content, int reloads) throws Exception {
        assertThat(bench.text("x.conf")).isEqualTo(content);
        assertThat(program.served("x.conf")).isEqualTo(content);
        assertThat(turns.owed("x.conf")).isEqualTo(Owed.NOTHING);
        assertThat(program.reloads()).isEqualTo(reloads);
    }

    private void define(String file) throws IOException {
        bench.confDir.resource(file, "x.ftl", bench.target("x.conf"), "/x", program.reload());
    }

    private void target(String content) throws IOException {
        Files.writeString(bench.target("x.conf"), content);
    }

    private void left(Owed owed, String installed, KeptFile previous) {
        record(new JournalEntry("conf.d/x.toml", owed, installed, 1, Optional.of(previous), Optional.empty()));
    }

    private void record(JournalEntry entry) {
        try (Journal journal = Journal.in(bench.target("state"))) {
            journal.record(bench.target("x.conf"), entry);
        }
    }

    private void damageTheJournal() throws IOException {
        try (Stream<Path> entries = Files.list(bench.target("state"))) {
            for (Path entry :
                    entries.filter(file -> file.toString().endsWith(".entry")).toList()) {
                Files.writeString(entry, "nonsense");
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
