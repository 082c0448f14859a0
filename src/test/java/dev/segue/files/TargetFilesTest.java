package dev.segue.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.segue.files.StagedFile.Installed;
import dev.segue.resource.FileAttributes;
import dev.segue.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TargetFilesTest {
    private static final byte[] OLD = bytes("old content\n");
    private static final byte[] NEW = bytes("new\n");

    @TempDir
    Path temp;

    private final TargetFiles files = new TargetFiles(InstantSource.system());
    private final Shell shell = new Shell();
    private Path folder = Path.of("/");
    private Path dest = Path.of("/");

    @BeforeEach
    void nameTheTarget() throws IOException {
        folder = temp.toRealPath();
        dest = folder.resolve("app.conf");
    }

    @AfterEach
    void unmount() throws Exception {
        shell.unmount();
    }

    @Test
    void look_nothingThere_isAbsent() throws FileException {
        CurrentFile current = files.look(dest);

        assertThat(current.exists()).isFalse();
        assertThat(current.holds(new byte[0])).isFalse();
        assertThat(current.has(files.resolve(dest, FileAttributes.UNSET))).isFalse();
        assertThat(current.bytes()).isEmpty();
        assertThat(current).hasToString("absent");
    }

    @Test
    void look_folderMissingToo_isAbsent() throws FileException {
        assertThat(files.look(folder.resolve("a/b/app.conf")).exists()).isFalse();
    }

    @Test
    void look_file_holdsExactlyItsBytes() throws Exception {
        Files.write(dest, OLD);

        CurrentFile current = files.look(dest);

        assertThat(current.exists()).isTrue();
        assertThat(current.holds(bytes("old content\n"))).isTrue();
        assertThat(current.holds(bytes("old content!"))).isFalse();
        assertThat(current.holds(bytes("old content"))).isFalse();
        assertThat(current.bytes()).hasValue(OLD);
        assertThat(current).hasToString("12 bytes");
    }

    @Test
    void look_attributes_onlyWhatIsAskedForCounts() throws Exception {
        Files.write(dest, OLD);
        Shell.run("chmod 2750 \"$1\"", dest);
        String owner = Files.getOwner(dest).getName();

        CurrentFile current = files.look(dest);

        assertThat(current.has(files.resolve(dest, FileAttributes.UNSET))).isTrue();
        assertThat(current.has(files.resolve(dest, attributes(02750, owner, null))))
                .isTrue();
        assertThat(current.has(files.resolve(dest, attributes(0750, null, null))))
                .isFalse();
        assertThat(current.has(files.resolve(dest, attributes(null, "12345", null))))
                .isFalse();
        assertThat(current.has(files.resolve(dest, attributes(null, null, "12345"))))
                .isFalse();
    }

    @Test
    void look_ownerByNumber_isTheSameOwner() throws Exception {
        Files.write(dest, OLD);
        String uid = Shell.run("stat -c %u \"$1\"", dest).strip();
        String gid = Shell.run("stat -c %g \"$1\"", dest).strip();

        assertThat(files.look(dest).has(files.resolve(dest, attributes(null, uid, gid))))
                .isTrue();
    }

    @Test
    void look_directory_isRefused() throws IOException {
        Files.createDirectory(dest);

        assertThatThrownBy(() -> files.look(dest))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": cannot be a target: is a directory");
    }

    @Test
    void look_pipe_isRefusedUnopened() throws Exception {
        Shell.run("mkfifo \"$1\"", dest);

        assertThatThrownBy(() -> files.look(dest))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": cannot be a target: is not a regular file");
    }

    @Test
    void look_someHugeFile_isRefused() throws Exception {
        Shell.run("truncate -s 16777217 \"$1\"", dest);

        assertThatThrownBy(() -> files.look(dest))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": cannot be compared: 16777217 bytes are no configuration file (limit 16777216)");
    }

    @Test
    void look_parentIsAFile_namesIt() throws IOException {
        Files.write(dest, OLD);

        assertThatThrownBy(() -> files.look(dest.resolve("x/y.conf")))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + "/x/y.conf: folder " + dest + " cannot be used: not a directory");
    }

    @Test
    void resolve_unknownNames_areRefused() {
        assertThatThrownBy(() -> files.resolve(dest, attributes(null, "no-such-user", null)))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": owner \"no-such-user\" cannot be looked up: no such user");
        assertThatThrownBy(() -> files.resolve(dest, attributes(null, null, "no-such-group")))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": group \"no-such-group\" cannot be looked up: no such group");
    }

    @Test
    void stage_leavesTheTargetAlone() throws Exception {
        Files.write(dest, OLD);

        try (StagedFile staged = files.stage(dest, NEW, attributes(0640, null, null))) {
            assertThat(dest).hasBinaryContent(OLD);
            assertThat(staged.path()).hasBinaryContent(NEW).hasParent(folder);
            assertThat(staged.path().getFileName().toString()).matches("\\.app\\.conf\\.segue-\\d+-[0-9a-f]{8}-1");
            assertThat(mode(staged.path())).isEqualTo("640");
        }
        assertThat(names(folder)).containsExactly("app.conf");
    }

    @Test
    void install_newFile_is0644OfTheProcess() throws Exception {
        assertThat(install(NEW, FileAttributes.UNSET)).isEqualTo(Installed.SWAPPED);

        assertThat(dest).hasBinaryContent(NEW);
        assertThat(mode(dest)).isEqualTo("644");
        assertThat(Shell.run("stat -c %u \"$1\"", dest)).isEqualTo(Shell.run("id -u"));
        assertThat(names(folder)).containsExactly("app.conf");
    }

    @Test
    void install_existingFile_keepsItsModeAndOwner() throws Exception {
        assumeRoot();
        Files.write(dest, OLD);
        Shell.run("chown 1234:2345 \"$1\"; chmod 4751 \"$1\"", dest);

        install(NEW, FileAttributes.UNSET);

        assertThat(dest).hasBinaryContent(NEW);
        assertThat(modeAndOwner(dest)).isEqualTo("4751 1234 2345");
    }

    @Test
    void install_attributesByNumber_areSetWithSpecialBits() throws Exception {
        assumeRoot();

        install(NEW, attributes(06755, "1234", "2345"));

        assertThat(modeAndOwner(dest)).isEqualTo("6755 1234 2345");
    }

    @Test
    void install_attributesByName_areSet() throws Exception {
        assumeRoot();
        Files.write(dest, OLD);

        install(NEW, attributes(0400, "nobody", "daemon"));

        assertThat(Shell.run("stat -c '%a %U %G' \"$1\"", dest)).isEqualTo("400 nobody daemon\n");
    }

    @Test
    void install_sameBytesOtherMode_changesTheMode() throws Exception {
        Files.write(dest, OLD);

        install(OLD, attributes(0600, null, null));

        assertThat(mode(dest)).isEqualTo("600");
        assertThat(dest).hasBinaryContent(OLD);
    }

    @Test
    void install_missingFolders_areMade() throws Exception {
        dest = folder.resolve("a/b/app.conf");

        install(NEW, FileAttributes.UNSET);

        assertThat(dest).hasBinaryContent(NEW);
        assertThat(mode(folder.resolve("a"))).isEqualTo("755");
        assertThat(mode(folder.resolve("a/b"))).isEqualTo("755");
    }

    @Test
    void install_nameWithBlanksAndAccents_isJustAName() throws Exception {
        dest = folder.resolve("my app (new) \\040.conf");

        install(NEW, FileAttributes.UNSET);

        assertThat(names(folder)).containsExactly("my app (new) \\040.conf");
    }

    @Test
    void install_targetBecameADirectory_failsAndLeavesNothing() throws Exception {
        try (StagedFile staged = files.stage(dest, NEW, FileAttributes.UNSET)) {
            Files.createDirectory(dest);

            assertThatThrownBy(staged::install)
                    .isInstanceOf(FileException.class)
                    .hasMessage(dest + ": cannot be installed: is a directory");
        }
        assertThat(names(folder)).containsExactly("app.conf");
        assertThat(dest).isEmptyDirectory();
    }

    @Test
    void install_interruptedThread_finishesAndStaysInterrupted() throws Exception {
        Files.write(dest, OLD);
        Thread.currentThread().interrupt();

        Installed installed = install(NEW, FileAttributes.UNSET);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(installed).isEqualTo(Installed.SWAPPED);
        assertThat(dest).hasBinaryContent(NEW);
        assertThat(names(folder)).containsExactly("app.conf");
    }

    @Test
    void install_whileOthersRead_theySeeOldOrNewAndNothingElse() throws Exception {
        byte[] a = bytes("a".repeat(100_000));
        byte[] b = bytes("b".repeat(120_000));
        install(a, attributes(0640, null, null));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> reads = reader.submit(() -> readUntil(done, List.of(a, b), List.of(0640, 0604)));
            for (int i = 0; i < 200; i++) {
                install(i % 2 == 0 ? b : a, attributes(i % 2 == 0 ? 0604 : 0640, null, null));
            }
            done.set(true);
            assertThat(reads.get()).isPositive();
        } finally {
            done.set(true);
            reader.shutdown();
        }
        assertThat(names(folder)).containsExactly("app.conf");
    }

    private int readUntil(AtomicBoolean done, List<byte[]> contents, List<Integer> modes) throws IOException {
        int reads = 0;
        do {
            assertThat(Files.readAllBytes(dest)).isIn(contents);
            assertThat((Integer) Files.getAttribute(dest, "unix:mode") & 07777).isIn(modes);
            reads++;
        } while (!done.get());
        return reads;
    }

    @Test
    void install_link_staysAndItsTargetIsReplaced() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("site.conf");
        Files.write(real, OLD);
        Files.createSymbolicLink(folder.resolve("hop"), Path.of("real/site.conf"));
        Files.createSymbolicLink(dest, Path.of("hop"));

        try (StagedFile staged = files.stage(dest, NEW, FileAttributes.UNSET)) {
            assertThat(staged.path()).hasParent(folder.resolve("real"));
            staged.install();
        }

        assertThat(dest).isSymbolicLink().hasBinaryContent(NEW);
        assertThat(folder.resolve("hop")).isSymbolicLink();
        assertThat(real).isRegularFile().hasBinaryContent(NEW);
        assertThat(Files.isSymbolicLink(real)).isFalse();
        assertThat(names(folder.resolve("real"))).containsExactly("site.conf");
    }

    @Test
    void install_linkInALinkedFolder_isRelativeToWhereItReallyLies() throws Exception {
        Files.createDirectories(folder.resolve("deep/er"));
        Files.createSymbolicLink(folder.resolve("short"), Path.of("deep/er"));
        Files.createSymbolicLink(folder.resolve("deep/er/app.conf"), Path.of("../site.conf"));
        dest = folder.resolve("short/app.conf");

        install(NEW, FileAttributes.UNSET);

        assertThat(folder.resolve("deep/site.conf")).hasBinaryContent(NEW);
    }

    @Test
    void install_danglingLink_makesWhatItPointsTo() throws Exception {
        Files.createSymbolicLink(dest, Path.of("later/site.conf"));
        assertThat(files.look(dest).exists()).isFalse();

        install(NEW, FileAttributes.UNSET);

        assertThat(dest).isSymbolicLink();
        assertThat(folder.resolve("later/site.conf")).isRegularFile().hasBinaryContent(NEW);
    }

    @Test
    void look_linksInACircle_areRefused() throws IOException {
        Files.createSymbolicLink(dest, Path.of("other"));
        Files.createSymbolicLink(folder.resolve("other"), Path.of("app.conf"));

        assertThatThrownBy(() -> files.look(dest))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": symbolic link cannot be followed: too many levels of symbolic links");
    }

    @Test
    void keepCopy_staysWhereverTheStagedFileGoes() throws Exception {
        Path copy = folder.resolve(".app.conf.segue-kept");
        Files.write(copy, OLD);

        try (StagedFile staged = files.stage(dest, NEW, attributes(0600, null, null))) {
            assertThat(staged.keepCopy()).isEqualTo(copy);
            staged.install();
        }

        assertThat(names(folder)).containsExactly(".app.conf.segue-kept", "app.conf");
        assertThat(copy).hasBinaryContent(NEW);
        assertThat(mode(copy)).isEqualTo("600");
        Files.write(copy, OLD);
        assertThat(dest).hasBinaryContent(NEW);
    }

    @Test
    void removeLeftovers_onlyOfTheDeadAndOfThisTarget() throws Exception {
        long us = ProcessHandle.current().pid();
        Path ofDead = Files.write(folder.resolve(".app.conf.segue-4194400-0a1b2c3d-1"), OLD);
        Path ofOurPidsFormerLife = Files.write(folder.resolve(".app.conf.segue-" + us + "-00000000-1"), OLD);
        Files.write(folder.resolve(".app.conf.segue-1-0a1b2c3d-1"), OLD);
        Files.write(folder.resolve(".app.conf.segue-kept"), OLD);
        Files.write(folder.resolve(".other.conf.segue-4194400-0a1b2c3d-1"), OLD);
        Files.write(folder.resolve(".app.conf.segue-4194400-0a1b2c3d-1.bak"), OLD);

        try (StagedFile staged = files.stage(dest, NEW, FileAttributes.UNSET)) {
            assertThat(files.removeLeftovers(dest)).containsExactlyInAnyOrder(ofDead, ofOurPidsFormerLife);

            assertThat(names(folder))
                    .containsExactlyInAnyOrder(
                            staged.path().getFileName().toString(),
                            ".app.conf.segue-1-0a1b2c3d-1",
                            ".app.conf.segue-kept",
                            ".other.conf.segue-4194400-0a1b2c3d-1",
                            ".app.conf.segue-4194400-0a1b2c3d-1.bak");
        }
    }

    @Test
    void removeLeftovers_noFolder_findsNone() throws FileException {
        assertThat(files.removeLeftovers(folder.resolve("a/app.conf"))).isEmpty();
    }

    @Test
    void stage_diskFull_leavesNothing() throws Exception {
        shell.mountSmallDisk(folder, "");
        Files.write(dest, OLD);

        assertThatThrownBy(() -> files.stage(dest, new byte[100_000], FileAttributes.UNSET))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": cannot be staged in " + folder + ": no space left on device");
        assertThat(dest).hasBinaryContent(OLD);
        assertThat(names(folder)).containsExactly("app.conf");
    }

    @Test
    void stage_readOnlyDisk_saysSo() throws Exception {
        shell.mountSmallDisk(folder, ",ro");

        assertThatThrownBy(() -> files.stage(dest, NEW, FileAttributes.UNSET))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": cannot be staged in " + folder + ": read-only file system");
        assertThatThrownBy(() -> files.stage(folder.resolve("a/app.conf"), NEW, FileAttributes.UNSET))
                .isInstanceOf(FileException.class)
                .hasMessage(folder + "/a/app.conf: folder " + folder + "/a cannot be made: read-only file system");
    }

    @Test
    void install_bindMountedTarget_isRewrittenInPlace() throws Exception {
        Path origin = Files.write(folder.resolve("origin"), OLD);
        Files.write(dest, new byte[0]);
        shell.bind(origin, dest);

        Installed installed = install(NEW, attributes(02640, null, null));

        assertThat(installed).isEqualTo(Installed.IN_PLACE);
        assertThat(dest).hasBinaryContent(NEW);
        assertThat(origin).hasBinaryContent(NEW);
        assertThat(mode(origin)).isEqualTo("2640");
        assertThat(names(folder)).containsExactly("app.conf", "origin");
    }

    @Test
    void install_bindMountedTarget_keepsItsOwner() throws Exception {
        assumeRoot();
        Path origin = Files.write(folder.resolve("origin"), OLD);
        Files.write(dest, new byte[0]);
        Shell.run("chown 1234:2345 \"$1\"; chmod 0604 \"$1\"", origin);
        shell.bind(origin, dest);

        install(NEW, FileAttributes.UNSET);

        assertThat(modeAndOwner(origin)).isEqualTo("604 1234 2345");
    }

    @Test
    void install_bindMountedTargetWithNewOwner_keepsItsSpecialBits() throws Exception {
        assumeRoot();
        Path origin = Files.write(folder.resolve("origin"), OLD);
        Files.write(dest, new byte[0]);
        Shell.run("chmod 4755 \"$1\"", origin);
        shell.bind(origin, dest);

        install(NEW, attributes(null, "1234", "2345"));

        assertThat(modeAndOwner(origin)).isEqualTo("4755 1234 2345");
    }

    @Test
    void install_bindMountBehindALinkWithABlank_isRewrittenInPlace() throws Exception {
        Path origin = Files.write(folder.resolve("origin"), OLD);
        Path mounted = Files.write(Files.createDirectory(folder.resolve("a b")).resolve("app.conf"), new byte[0]);
        shell.bind(origin, mounted);
        Files.createSymbolicLink(folder.resolve("short"), Path.of("a b"));
        dest = folder.resolve("short/app.conf");

        assertThat(install(NEW, FileAttributes.UNSET)).isEqualTo(Installed.IN_PLACE);
        assertThat(origin).hasBinaryContent(NEW);
    }

    @Test
    void install_bindMountedTargetAndInterrupted_isWrittenWhole() throws Exception {
        Path origin = Files.write(folder.resolve("origin"), OLD);
        Files.write(dest, new byte[0]);
        shell.bind(origin, dest);
        Thread.currentThread().interrupt();

        install(NEW, FileAttributes.UNSET);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(origin).hasBinaryContent(NEW);
    }

    @Test
    void install_bindMountOnAFullDisk_isPutBack() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        shell.mountSmallDisk(disk, "");
        Path origin = Files.write(disk.resolve("origin"), OLD);
        Shell.run("chmod 0640 \"$1\"", origin);
        Files.write(dest, new byte[0]);
        shell.bind(origin, dest);

        assertThatThrownBy(() -> install(new byte[100_000], attributes(0604, null, null)))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": cannot be rewritten in place: no space left on device");
        assertThat(origin).hasBinaryContent(OLD);
        assertThat(mode(origin)).isEqualTo("640");
        assertThat(names(folder)).containsExactly("app.conf", "disk");
    }

    private Installed install(byte[] bytes, FileAttributes attributes) throws FileException {
        try (StagedFile staged = files.stage(dest, bytes, attributes)) {
            return staged.install();
        }
    }

    private static FileAttributes attributes(@Nullable Integer mode, @Nullable String owner, @Nullable String group) {
        return new FileAttributes(Optional.ofNullable(mode), Optional.ofNullable(owner), Optional.ofNullable(group));
    }

    private static void assumeRoot() throws Exception {
        assumeThat(Shell.run("id -u").strip()).as("only root gives files away").isEqualTo("0");
    }

    private static String mode(Path file) throws Exception {
        return Shell.run("stat -c %a \"$1\"", file).strip();
    }

    private static String modeAndOwner(Path file) throws Exception {
        return Shell.run("stat -c '%a %u %g' \"$1\"", file).strip();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
