package dev.segue.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.segue.resource.FileAttributes;
import dev.segue.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What depends on who the process is: its user and its umask. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OtherProcessTest {
    private static final String AS_NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups ";

    @TempDir
    Path temp;

    private Path folder = Path.of("/");
    private Path dest = Path.of("/");

    @BeforeEach
    void nameTheTarget() throws IOException {
        folder = temp.toRealPath();
        dest = folder.resolve("app.conf");
    }

    /** Installs {@code new} at the first argument, for the owner in the second if there is one; prints how it went. */
    public static void main(String... arguments) {
        Optional<String> owner = arguments.length > 1 ? Optional.of(arguments[1]) : Optional.empty();
        FileAttributes attributes = new FileAttributes(Optional.empty(), owner, Optional.empty());
        byte[] bytes = "new".getBytes(StandardCharsets.UTF_8);
        try (StagedFile staged =
                new TargetFiles(InstantSource.system()).stage(Path.of(arguments[0]), bytes, attributes)) {
            System.out.print(staged.install());
        } catch (FileException e) {
            System.out.print(e.getMessage());
        }
    }

    @Test
    void install_strictUmask_stillMakes0644And0755() throws Exception {
        dest = folder.resolve("a/app.conf");

        assertThat(install("umask 077; exec", "")).isEqualTo("SWAPPED");

        assertThat(Shell.run("stat -c %a \"$1\"", dest)).isEqualTo("644\n");
        assertThat(Shell.run("stat -c %a \"$1\"", folder.resolve("a"))).isEqualTo("755\n");
    }

    @Test
    void install_notRoot_ownFileIsSwapped() throws Exception {
        assumeRoot();
        Files.writeString(dest, "old");
        Shell.run("chown -R 65534:65534 \"$1\"", folder);

        assertThat(install(AS_NOBODY, "")).isEqualTo("SWAPPED");

        assertThat(dest).hasContent("new");
    }

    @Test
    void stage_notRoot_ownerCannotBeKept() throws Exception {
        assumeRoot();
        Files.writeString(dest, "old");
        Shell.run("chmod 0777 \"$1\"; chown 1234 \"$1/app.conf\"", folder);

        assertThat(install(AS_NOBODY, "")).isEqualTo(dest + ": owner 1234 cannot be set: operation not permitted");
        assertThat(Shell.run("ls -A \"$1\"", folder)).isEqualTo("app.conf\n");
        assertThat(dest).hasContent("old");
    }

    @Test
    void stage_notRoot_cannotGiveAway() throws Exception {
        assumeRoot();
        Shell.run("chmod 0777 \"$1\"", folder);

        assertThat(install(AS_NOBODY, "root")).isEqualTo(dest + ": owner root cannot be set: operation not permitted");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void stage_folderNotWritable_saysSo() throws Exception {
        assumeRoot();
        Shell.run("chmod 0755 \"$1\"", folder);

        assertThat(install(AS_NOBODY, "")).isEqualTo(dest + ": cannot be staged in " + folder + ": permission denied");

        dest = folder.resolve("a/app.conf");
        assertThat(install(AS_NOBODY, ""))
                .isEqualTo(dest + ": folder " + folder + "/a cannot be made: permission denied");
    }

    @Test
    void stage_folderNotSearchable_saysSo() throws Exception {
        assumeRoot();
        Shell.run("chmod 0700 \"$1\"", folder);

        assertThat(install(AS_NOBODY, "")).isEqualTo(dest + ": cannot be read: permission denied");
    }

    private String install(String how, String owner) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = Path.of("target", "classes").toAbsolutePath() + ":"
                + Path.of("target", "test-classes").toAbsolutePath();
        return Shell.run(
                how + " \"$1\" -XX:TieredStopAtLevel=1 -cp \"$2\" dev.segue.files.OtherProcessTest \"$3\" $4",
                java,
                classes,
                dest,
                owner);
    }

    private static void assumeRoot() throws Exception {
        assumeThat(Shell.run("id -u").strip()).as("only root becomes nobody").isEqualTo("0");
        String readable = Shell.run(AS_NOBODY + "test -r target/classes && echo yes || echo no");
        assumeThat(readable).as("nobody cannot read target/classes").isEqualTo("yes\n");
    }
}
