package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets that cannot be written. */
@Tag("server")
@Timeout(120)
class BadTargetTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    static Path folder;

    private static Site site;
    private static SegueProcess segue;

    @BeforeAll
    static void start() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv(\"/app/name\")}");
        segue = site.start("--interval=20ms");
        site.awaitText("good", "good 0");
    }

    @AfterAll
    static void stop() {
        segue.close();
    }

    @AfterEach
    void nothingStagedIsLeft() throws IOException {
        assertThat(site.leftovers()).isEmpty();
    }

    @Test
    void folderInTheTargetsPlace_isNotTouched() throws IOException {
        Path dest = Files.createDirectory(site.target("folder"));
        Path inside = Files.writeString(dest.resolve("inside"), "kept");
        site.resource("folder", "app.ftl");
        site.awaitToldOnce(segue, "WARN conf.d/folder.toml: " + dest + ": cannot be a target: is a directory");
        assertThat(inside).hasContent("kept");

        Files.delete(inside);
        Files.delete(dest);

        site.awaitText("folder", "app x");
        site.awaitRecovered(segue, "folder");
    }

    @Test
    void fileInTheFoldersPlace_isNotTouched() throws IOException {
        Path file = Files.writeString(site.target("file"), "kept");
        site.resource("file/app", "app.ftl");
        site.awaitToldOnce(
                segue,
                "WARN conf.d/file/app.toml: " + file + "/app: folder " + file + " cannot be used: not a directory");
        assertThat(file).hasContent("kept");

        Files.delete(file);

        site.awaitText("file/app", "app x");
        site.awaitRecovered(segue, "file/app");
    }

    @Test
    void linksInACircle_areNotFollowedForEver() throws IOException {
        Path dest = Files.createSymbolicLink(site.target("circle"), Path.of("circle2"));
        Files.createSymbolicLink(site.target("circle2"), Path.of("circle"));
        site.resource("circle", "app.ftl");
        site.awaitToldOnce(
                segue,
                "WARN conf.d/circle.toml: " + dest
                        + ": symbolic link cannot be followed: too many levels of symbolic links");

        Files.delete(site.target("circle2"));

        site.awaitText("circle2", "app x");
        site.awaitRecovered(segue, "circle");
        assertThat(dest).isSymbolicLink();
    }

    @ParameterizedTest
    @CsvSource({"owner, nobdy, user", "group, wheeel, group"})
    void unknownAccount_leavesTheTargetAlone(String key, String name, String kind) throws IOException {
        site.oldTarget(key).resource(key, "app.ftl", key + " = \"" + name + "\"");
        site.awaitToldOnce(
                segue,
                "WARN conf.d/" + key + ".toml: " + site.target(key) + ": " + key + " \"" + name
                        + "\" cannot be looked up: no such " + kind);
        assertThat(site.text(key)).isEqualTo("old " + key);

        site.resource(key, "app.ftl");

        site.awaitText(key, "app x");
        site.awaitRecovered(segue, key);
    }

    @Test
    void readOnlyFileSystem_keepsTheOldFile() throws Exception {
        Path mount = mountTmpfs("read-only", "size=64k");
        try {
            Path dest = Files.writeString(mount.resolve("app"), "old");
            run("mount", "-o", "remount,ro", mount.toString());
            site.resource("read-only/app", "app.ftl");
            site.awaitToldOnce(
                    segue,
                    "WARN conf.d/read-only/app.toml: " + dest + ": cannot be staged in " + mount
                            + ": read-only file system");
            assertThat(dest).hasContent("old");
            assertOutOfSyncIsToldOnce(dest);

            run("mount", "-o", "remount,rw", mount.toString());

            site.awaitText("read-only/app", "app x");
            site.awaitRecovered(segue, "read-only/app");
        } finally {
            site.removeResource("read-only/app");
            unmount(mount);
        }
    }

    @Test
    void fullDisk_keepsTheOldFileAndNothingElse() throws Exception {
        Path mount = mountTmpfs("full", "size=64k");
        try {
            Path dest = Files.writeString(mount.resolve("app"), "old");
            site.template("large.ftl", "<#list 1..10000 as i>0123456789</#list>")
                    .resource("full/app", "large.ftl");
            site.awaitToldOnce(
                    segue,
                    "WARN conf.d/full/app.toml: " + dest + ": cannot be staged in " + mount
                            + ": no space left on device");
            assertThat(dest).hasContent("old");
            assertThat(mount).isDirectoryContaining("glob:**/app");
            assertOutOfSyncIsToldOnce(dest);

            run("mount", "-o", "remount,size=1m", mount.toString());

            site.awaitText("full/app", "0123456789".repeat(10_000));
            site.awaitRecovered(segue, "full/app");
        } finally {
            site.removeResource("full/app");
            unmount(mount);
        }
    }

    private static void assertOutOfSyncIsToldOnce(Path dest) {
        assertThat(segue.messages()).containsOnlyOnce("INFO Target config " + dest + " out of sync");
    }

    private static Path mountTmpfs(String name, String options) throws Exception {
        Path mount = Files.createDirectory(site.target(name));
        boolean mounted = exitCode("mount", "-t", "tmpfs", "-o", options, "tmpfs", mount.toString()) == 0;
        assumeTrue(mounted, "mounting a tmpfs is not permitted here");
        return mount;
    }

    private static void unmount(Path mount) throws Exception {
        // Lazily: Segue may be looking at it this moment.
        run("umount", "-l", mount.toString());
    }

    private static void run(String... command) throws Exception {
        assertThat(exitCode(command)).as(String.join(" ", command)).isZero();
    }

    private static int exitCode(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
