package dev.segue.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.journal.JournalEntry.Rejected;
import dev.segue.plan.KeptFile;
import dev.segue.plan.Owed;
import dev.segue.testing.CapturedLog;
import dev.segue.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JournalTest {
    private static final Path TARGET = Path.of("/etc/nginx/app.conf");
    private static final String NAME = "etc+nginx+app.conf.entry";
    private static final String DIGEST = "a".repeat(64);
    private static final JournalEntry APPLIED =
            new JournalEntry("conf.d/app.toml", Owed.NOTHING, DIGEST, 7, Optional.empty(), Optional.empty());
    private static final JournalEntry OWED =
            new JournalEntry("conf.d/app.toml", Owed.RELOAD, DIGEST, 8, Optional.empty(), Optional.empty());

    @TempDir
    Path temp;

    private final Shell shell = new Shell();
    private final CapturedLog log = new CapturedLog();
    private Path state = Path.of("/");

    @BeforeEach
    void nameTheFolder() throws IOException {
        state = temp.toRealPath().resolve("var/state");
    }

    @AfterEach
    void restore() throws Exception {
        log.close();
        shell.unmount();
    }

    @Test
    void entry_nothingRecorded_isUnknownAndTouchesNothing() {
        assertThat(Journal.in(state).entry(TARGET)).isEmpty();

        assertThat(temp).isEmptyDirectory();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void record_thenNextStart_knowsAllOfIt() throws Exception {
        byte[] binary = {0, (byte) 0xff, '\n', '\n', '\r', 'x'};
        JournalEntry entry = new JournalEntry(
                "conf.d/app.toml",
                Owed.RELOAD,
                DIGEST,
                9,
                Optional.of(KeptFile.of(binary, 0640, 33, 34)),
                Optional.of(new Rejected(DIGEST, 2)));
        Journal journal = Journal.in(state);
        journal.record(TARGET, entry);
        assertThat(journal.entry(TARGET)).hasValue(entry);

        JournalEntry read = Journal.in(state).entry(TARGET).orElseThrow();

        assertThat(read).usingRecursiveComparison().ignoringFields("previous").isEqualTo(entry);
        assertThat(read.previous().orElseThrow().bytes()).hasValue(binary);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void record_first_makesFolderAndFileForOurEyesAlone() throws Exception {
        Journal.in(state).record(TARGET, OWED);

        assertThat(Shell.run("cd \"$1\" && stat -c '%a %n' . *", state)).isEqualTo("700 .\n600 " + NAME + "\n");
        assertThat(Shell.run("stat -c %a \"$1\"", temp.resolve("var"))).isEqualTo("755\n");
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void record_folderThereAlready_keepsItsMode() throws Exception {
        Files.createDirectories(state);
        Shell.run("chmod 0750 \"$1\"", state);

        Journal.in(state).record(TARGET, OWED);

        assertThat(Shell.run("stat -c %a \"$1\"", state)).isEqualTo("750\n");
    }

    @Test
    void record_stateDirectoryIsALink_isFollowed() throws Exception {
        Path real = Files.createDirectory(temp.resolve("real"));
        Files.createSymbolicLink(temp.resolve("link"), real);

        Journal.in(temp.resolve("link")).record(TARGET, OWED);
        Journal.in(temp.resolve("link/deeper")).record(TARGET, OWED);

        assertThat(real.resolve(NAME)).isRegularFile();
        assertThat(real.resolve("deeper").resolve(NAME)).isRegularFile();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void record_again_replacesTheEntry() throws Exception {
        Journal journal = Journal.in(state);
        journal.record(TARGET, OWED);
        journal.record(TARGET, APPLIED);

        assertThat(journal.entry(TARGET)).hasValue(APPLIED);
        assertThat(Journal.in(state).entry(TARGET)).hasValue(APPLIED);
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void record_stateDirectoryDeletedMeanwhile_makesItAgain() throws Exception {
        Journal journal = Journal.in(state);
        journal.record(TARGET, OWED);
        Shell.run("rm -r \"$1\"", state);

        journal.record(TARGET, APPLIED);

        assertThat(Journal.in(state).entry(TARGET)).hasValue(APPLIED);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void record_interruptedThread_writesAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        Journal.in(state).record(TARGET, OWED);
        assertThat(Thread.interrupted()).isTrue();

        Thread.currentThread().interrupt();
        Optional<JournalEntry> read = Journal.in(state).entry(TARGET);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(read).hasValue(OWED);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void record_strangeTargets_eachHaveTheirOwnEntry() throws Exception {
        List<Path> targets = Stream.of(
                        "/etc/a b",
                        "/etc/a\nb",
                        "/etc/a+b",
                        "/etc/a/b",
                        "/etc/\u00e4\ud83d\ude00",
                        "/etc/x",
                        "/etc/x.entry",
                        "/etc/x.lock",
                        "/etc/x.entry.damaged",
                        "/long" + "/folder".repeat(500),
                        "/Long" + "/folder".repeat(500))
                .map(Path::of)
                .toList();
        Journal journal = Journal.in(state);
        for (int i = 0; i < targets.size(); i++) {
            journal.record(targets.get(i), JournalProcess.numbered(i + 1));
            journal.claim(targets.get(i));
        }
        journal.close();

        Journal next = Journal.in(state);
        for (int i = 0; i < targets.size(); i++) {
            assertThat(next.entry(targets.get(i)).orElseThrow().revision()).isEqualTo(i + 1);
        }
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void entry_cutShort_isToldOnceAndMovedAside() throws Exception {
        Journal.in(state).record(TARGET, OWED);
        byte[] whole = Files.readAllBytes(state.resolve(NAME));
        byte[] cut = Arrays.copyOf(whole, whole.length - 2);
        Files.write(state.resolve(NAME), cut);
        Journal journal = Journal.in(state);

        assertThat(journal.entry(TARGET)).isEmpty();
        assertThat(journal.entry(TARGET)).isEmpty();

        assertThat(log.lines())
                .containsExactly("WARN " + state.resolve(NAME) + ": cannot be used: it is cut short; kept as " + NAME
                        + ".damaged, and a reload counts as owed");
        assertThat(journal.mayOwe(TARGET)).isTrue();
        assertThat(names()).containsExactly(NAME + ".damaged");
        assertThat(state.resolve(NAME + ".damaged")).hasBinaryContent(cut);
        journal.record(TARGET, APPLIED);
        assertThat(journal.mayOwe(TARGET)).isFalse();
        assertThat(Journal.in(state).entry(TARGET)).hasValue(APPLIED);
    }

    @Test
    void entry_unknownVersion_isMovedAside() throws Exception {
        Files.createDirectories(state);
        Files.writeString(state.resolve(NAME), "version = 2\nowed = reload\n\n");

        assertThat(Journal.in(state).entry(TARGET)).isEmpty();

        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains(": cannot be used: its version is 2, this Segue knows 1; kept as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkdir", "mkfifo", "ln -s .", "truncate -s 99999999"})
    void entry_otherThanAFile_isMovedAside(String command) throws Exception {
        Files.createDirectories(state);
        Shell.run(command + " \"$1\"", state.resolve(NAME));
        Journal journal = Journal.in(state);

        assertThat(journal.entry(TARGET)).isEmpty();

        assertThat(log.lines()).singleElement().asString().contains(": cannot be used: it is ");
        assertThat(names()).containsExactly(NAME + ".damaged");
        journal.record(TARGET, OWED);
        assertThat(Journal.in(state).entry(TARGET)).hasValue(OWED);
    }

    @Test
    void entry_damagedOnAReadOnlyDisk_isLeftThere() throws Exception {
        Files.createDirectories(state);
        shell.mountSmallDisk(state, "");
        Files.writeString(state.resolve(NAME), "rubbish\n\n");
        Shell.run("mount -o remount,ro \"$1\"", state);

        assertThat(Journal.in(state).entry(TARGET)).isEmpty();

        assertThat(log.lines()).singleElement().asString().contains("; left there, and a reload counts as owed");
    }

    @Test
    void record_paidWhileTheDiskIsFull_leavesNoEntryThatStillOwes() throws Exception {
        Files.createDirectories(state);
        shell.mountSmallDisk(state, "");
        Journal journal = Journal.in(state);
        journal.record(TARGET, OWED);
        fill();

        journal.record(TARGET, APPLIED);

        assertThat(Journal.in(state).entry(TARGET)).hasValue(APPLIED);
        assertThat(names()).containsExactly(NAME, "filler");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void record_diskFullThenFree_isToldOnceEach() throws Exception {
        Files.createDirectories(state);
        shell.mountSmallDisk(state, "");
        Journal journal = Journal.in(state);
        journal.record(TARGET, APPLIED);
        fill();

        journal.record(TARGET, OWED);
        journal.record(Path.of("/etc/other"), OWED);
        journal.record(TARGET, OWED);

        String warning =
                ": cannot be written: no space left on device; what is owed will be forgotten if Segue is killed";
        assertThat(log.lines()).containsExactly("WARN " + state.resolve(NAME) + warning);
        assertThat(journal.entry(TARGET)).hasValue(OWED);
        assertThat(Journal.in(state).entry(TARGET)).as("the one before, whole").hasValue(APPLIED);
        assertThat(names()).containsExactly(NAME, "filler");

        Files.delete(state.resolve("filler"));
        journal.record(TARGET, OWED);
        journal.record(Path.of("/etc/other"), OWED);

        assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO " + state + "/etc+other.entry: is written again");
        assertThat(Journal.in(state).entry(TARGET)).hasValue(OWED);

        fill();
        journal.record(TARGET, OWED);
        assertThat(log.lines()).hasSize(3).last().asString().startsWith("WARN");
    }

    private void fill() throws Exception {
        Shell.run("cat /dev/zero > \"$1\" 2>/dev/null || true", state.resolve("filler"));
    }

    @Test
    void record_readOnlyDisk_isTold() throws Exception {
        Files.createDirectories(state);
        shell.mountSmallDisk(state, ",ro");
        Journal journal = Journal.in(state);

        journal.record(TARGET, OWED);

        assertThat(log.lines()).singleElement().asString().contains(": cannot be written: read-only file system; ");
        assertThat(journal.entry(TARGET)).hasValue(OWED);
        assertThat(journal.claim(TARGET)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "state/deeper", "state/deep/er"})
    void record_stateDirectoryIsAFile_isTold(String place) throws Exception {
        Files.writeString(temp.resolve("state"), "a file");
        Journal journal = Journal.in(temp.resolve(place));

        assertThat(journal.entry(TARGET)).isEmpty();
        assertThat(journal.claim(TARGET)).isEmpty();
        journal.record(TARGET, OWED);

        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN " + temp.resolve(place).resolve(NAME) + ": cannot be written: ");
        assertThat(journal.entry(TARGET)).hasValue(OWED);
        assertThat(temp.resolve("state")).hasContent("a file");
    }

    @Test
    void record_directoryInItsPlace_leavesNoTemporaryFile() throws Exception {
        Journal journal = Journal.in(state);
        assertThat(journal.entry(TARGET)).isEmpty();
        Files.createDirectories(state.resolve(NAME).resolve("x"));

        journal.record(TARGET, OWED);

        assertThat(log.lines()).singleElement().asString().contains(": cannot be written: is a directory; ");
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void entry_leftoversOfTheDead_areRemoved() throws Exception {
        Files.createDirectories(state);
        long us = ProcessHandle.current().pid();
        Files.writeString(state.resolve(".new-4194400-0a1b2c3d-1"), "x");
        Files.writeString(state.resolve(".new-" + us + "-00000000-7"), "x");
        Files.writeString(state.resolve(".new-1-0a1b2c3d-1"), "of a living process");
        Files.writeString(state.resolve("notes"), "x");

        assertThat(Journal.in(state).entry(TARGET)).isEmpty();

        assertThat(names()).containsExactly(".new-1-0a1b2c3d-1", "notes");
    }

    @Test
    void inMemory_remembersAndTouchesNothing() {
        Journal journal = Journal.inMemory();
        journal.record(TARGET, OWED);

        assertThat(journal.entry(TARGET)).hasValue(OWED);
        assertThat(journal.entry(Path.of("/etc/other"))).isEmpty();
        assertThat(journal.claim(TARGET)).isEmpty();
        assertThat(Journal.inMemory().claim(TARGET)).isEmpty();
        journal.record(TARGET, APPLIED);
        journal.forget(TARGET);
        assertThat(journal.entry(TARGET)).isEmpty();
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void forget_nothingOwed_deletesTheEntry() throws Exception {
        Journal journal = Journal.in(state);
        journal.record(TARGET, APPLIED);

        journal.forget(TARGET);

        assertThat(journal.entry(TARGET)).isEmpty();
        assertThat(state.resolve(NAME)).doesNotExist();
    }

    @Test
    void forget_owed_keepsTheEntry() {
        Journal journal = Journal.in(state);
        journal.record(TARGET, OWED);

        journal.forget(TARGET);

        assertThat(journal.entry(TARGET)).hasValue(OWED);
        assertThat(Journal.in(state).entry(TARGET)).hasValue(OWED);
    }

    @Test
    void forget_whatAnotherHas_leavesItsEntry() {
        try (Journal other = Journal.in(state)) {
            other.record(TARGET, APPLIED);
            other.claim(TARGET);

            Journal.in(state).forget(TARGET);

            assertThat(Journal.in(state).entry(TARGET)).hasValue(APPLIED);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(state)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
