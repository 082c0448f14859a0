package dev.segue.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.segue.plan.KeptFile;
import dev.segue.resource.FileAttributes;
import dev.segue.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
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
class PutBackTest {
    private static final byte[] OLD = {'o', 'l', 'd', 0, (byte) 0xff, '\r', '\n'};
    private static final byte[] NEW = "new content\n".getBytes(StandardCharsets.UTF_8);

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
    void keep_file_hasAllOfIt() throws Exception {
        assumeRoot();
        Files.write(dest, OLD);
        Shell.run("chown 1234:2345 \"$1\"; chmod 4640 \"$1\"", dest);

        CurrentFile current = files.look(dest);
        KeptFile kept = current.keep();

        assertThat(kept.bytes()).hasValue(OLD);
        assertThat(List.of(kept.mode(), kept.uid(), kept.gid())).containsExactly(04640, 1234, 2345);
        assertThat(kept.digest())
                .isEqualTo(current.digest())
                .isEqualTo(Shell.run("sha256sum < \"$1\"", dest).substring(0, 64));
    }

    @Test
    void keep_nothingThere_isAbsent() throws Exception {
        CurrentFile current = files.look(dest);

        assertThat(current.keep().exists()).isFalse();
        assertThat(current.digest()).isEqualTo(KeptFile.DIGEST_OF_ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"640 1234 2345", "4751 0 2345", "0 65534 0", "644 0 0", "600 4294967294 3000000000"})
    void putBack_otherModeAndOwner_isWhatItWas(String modeAndOwner) throws Exception {
        assumeRoot();
        Files.write(dest, OLD);
        String[] parts = modeAndOwner.split(" ", -1);
        Shell.run("chown \"$2:$3\" \"$1\"; chmod \"$4\" \"$1\"", dest, parts[1], parts[2], parts[0]);
        KeptFile previous = files.look(dest).keep();
        install(new FileAttributes(Optional.of(0604), Optional.of("77"), Optional.of("78")));

        files.putBack(dest, previous);

        assertThat(dest).hasBinaryContent(OLD);
        assertThat(modeAndOwner(dest)).isEqualTo(modeAndOwner);
        assertThat(names(folder)).containsExactly("app.conf");
    }

    @Test
    void putBack_targetDeletedWithItsFolder_isThereAgain() throws Exception {
        dest = Files.createDirectory(folder.resolve("a")).resolve("app.conf");
        KeptFile previous = kept(OLD, "0640");
        Files.delete(dest);
        Files.delete(folder.resolve("a"));

        files.putBack(dest, previous);

        assertThat(dest).hasBinaryContent(OLD);
        assertThat(modeAndOwner(dest)).startsWith("640 ");
    }

    @Test
    void putBack_absent_deletesTheFile() throws Exception {
        install(FileAttributes.UNSET);

        files.putBack(dest, KeptFile.ABSENT);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void putBack_absentAndAbsentAlready_isFine() throws Exception {
        files.putBack(dest, KeptFile.ABSENT);
        files.putBack(folder.resolve("a/b/app.conf"), KeptFile.ABSENT);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void putBack_absentBehindALink_leavesTheLink() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("site.conf");
        Files.createSymbolicLink(dest, Path.of("real/site.conf"));
        install(FileAttributes.UNSET);

        files.putBack(dest, KeptFile.ABSENT);

        assertThat(dest).isSymbolicLink();
        assertThat(Files.exists(real, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(real.getParent()).isEmptyDirectory();
    }

    @Test
    void putBack_fileBehindALink_leavesTheLink() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("site.conf");
        Files.createSymbolicLink(dest, Path.of("real/site.conf"));
        KeptFile previous = kept(OLD, "0640");
        install(FileAttributes.UNSET);

        files.putBack(dest, previous);

        assertThat(dest).isSymbolicLink().hasBinaryContent(OLD);
        assertThat(Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(modeAndOwner(real)).startsWith("640 ");
        assertThat(names(folder.resolve("real"))).containsExactly("site.conf");
    }

    @Test
    void putBack_absentButADirectoryNow_isRefused() throws Exception {
        Files.createDirectory(dest);

        assertThatThrownBy(() -> files.putBack(dest, KeptFile.ABSENT))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": cannot be a target: is a directory");
        assertThat(dest).isDirectory();
    }

    @Test
    void putBack_bindMount_isRewrittenInPlace() throws Exception {
        assumeRoot();
        Path origin = mountedTarget();
        Shell.run("chown 1234:2345 \"$1\"; chmod 0640 \"$1\"", origin);
        KeptFile previous = files.look(dest).keep();
        install(new FileAttributes(Optional.of(0604), Optional.of("77"), Optional.of("78")));

        files.putBack(dest, previous);

        assertThat(origin).hasBinaryContent(OLD);
        assertThat(modeAndOwner(origin)).isEqualTo("640 1234 2345");
        assertThat(names(folder)).containsExactly("app.conf", "origin");
    }

    @Test
    void putBack_absentOnABindMount_saysWhyItStays() throws Exception {
        Path origin = mountedTarget();

        assertThatThrownBy(() -> files.putBack(dest, KeptFile.ABSENT))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": cannot be deleted: it is a mount point");
        assertThat(origin).hasBinaryContent(OLD);
    }

    @Test
    void putBack_diskFull_leavesTheTargetAndNoStagedFile() throws Exception {
        shell.mountSmallDisk(folder, "");
        Files.write(dest, NEW);

        assertThatThrownBy(() -> files.putBack(dest, KeptFile.of(new byte[100_000], 0644, 0, 0)))
                .isInstanceOf(FileException.class)
                .hasMessage(dest + ": cannot be staged in " + folder + ": no space left on device");
        assertThat(dest).hasBinaryContent(NEW);
        assertThat(names(folder)).containsExactly("app.conf");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void putBack_interruptedThread_finishesAndStaysInterrupted(boolean mounted) throws Exception {
        if (mounted) {
            mountedTarget();
        }
        KeptFile previous = kept(OLD, "0640");
        install(FileAttributes.UNSET);
        Thread.currentThread().interrupt();

        files.putBack(dest, previous);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(dest).hasBinaryContent(OLD);
        assertThat(modeAndOwner(dest)).startsWith("640 ");
    }

    @Test
    void putBack_absentOnAnInterruptedThread_deletesTheFile() throws Exception {
        install(FileAttributes.UNSET);
        Thread.currentThread().interrupt();

        files.putBack(dest, KeptFile.ABSENT);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    private Path mountedTarget() throws Exception {
        Path origin = Files.write(folder.resolve("origin"), OLD);
        Files.write(dest, new byte[0]);
        shell.bind(origin, dest);
        return origin;
    }

    private KeptFile kept(byte[] content, String mode) throws Exception {
        Files.write(dest, content);
        Shell.run("chmod \"$2\" \"$1\"", dest, mode);
        return files.look(dest).keep();
    }

    private void install(FileAttributes attributes) throws FileException {
        try (StagedFile staged = files.stage(dest, NEW, attributes)) {
            staged.install();
        }
    }

    private static void assumeRoot() throws Exception {
        assumeThat(Shell.run("id -u").strip()).as("only root gives files away").isEqualTo("0");
    }

    private static String modeAndOwner(Path file) throws Exception {
        return Shell.run("stat -c '%a %u %g' \"$1\"", file).strip();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
