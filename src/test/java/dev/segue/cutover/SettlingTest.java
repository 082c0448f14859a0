package dev.segue.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.command.CommandRunner;
import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.cutover.Settling.Look;
import dev.segue.resource.ConfDirectory;
import dev.segue.resource.Resource;
import dev.segue.resource.ResourceDefaults;
import dev.segue.testing.ConfDirFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A {@code settle_cmd}; what the processes of a {@code pid_file} say is in {@code OlderWorkersTest}. */
@Timeout(60)
class SettlingTest {
    private static final Look DRAINED = new Look(Settlement.DRAINED, Optional.empty(), List.of());

    @TempDir
    Path folder;

    private final Settling settling = new Settling(CommandRunner.create(System::nanoTime));

    @Test
    void of_noReloadYet_asksNobody() throws Exception {
        assertThat(settling.of(resource("echo asked >> " + log()), 0)).isEqualTo(DRAINED);

        assertThat(log()).doesNotExist();
    }

    @Test
    void of_reloaded_asksUntilItSucceedsAndThenOnceForEachReload() throws Exception {
        Path settled = folder.resolve("settled");
        Resource resource = resource("echo asked >> " + log() + "; test -e " + settled);
        for (int i = 0; i < 3; i++) {
            assertThat(settling.of(resource, 1).settlement()).isEqualTo(Settlement.OLD_ACCEPT);
        }
        assertThat(asked()).isEqualTo(3);

        Files.createFile(settled);
        for (int i = 0; i < 3; i++) {
            assertThat(settling.of(resource, 1)).isEqualTo(DRAINED);
        }
        assertThat(asked()).isEqualTo(4);

        for (int i = 0; i < 3; i++) {
            assertThat(settling.of(resource, 2)).isEqualTo(DRAINED);
        }
        assertThat(asked()).isEqualTo(5);
    }

    @Test
    void of_target_isInThePlaceOfBothNames() throws Exception {
        settling.of(resource("echo {{.src}} {{.dest}} > " + log()), 1);

        assertThat(log()).hasContent(folder.resolve("x.conf") + " " + folder.resolve("x.conf"));
    }

    @Test
    void of_commandThatHangs_isEndedAtItsTimeAndHasNotSettled() throws Exception {
        Look look = settling.of(resource("exec sleep 300", "settle_timeout = \"200ms\""), 1);

        assertThat(look)
                .isEqualTo(new Look(
                        Settlement.OLD_ACCEPT,
                        Optional.of("settle command was ended after its time limit of 0.2 s"),
                        List.of()));
    }

    @Test
    void of_commandThatFails_saysHowAndNoMoreOfItsOutputThanALogBears() throws Exception {
        Look look = settling.of(resource("yes \"$(head -c 9000 /dev/zero | tr -c x x)\" | head -n 200; exit 3"), 1);

        assertThat(look.settlement()).isEqualTo(Settlement.OLD_ACCEPT);
        assertThat(look.why()).contains("settle command exited 3");
        assertThat(look.output())
                .hasSizeBetween(2, 21)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(502));
    }

    @Test
    void of_noCommandAndNoPidFile_countsAsDrained() throws Exception {
        ConfDirFolder confDir = ConfDirFolder.in(folder).template("x.ftl", "x");
        confDir.resource("x.toml", "x.ftl", folder.resolve("x.conf"), "/x");

        assertThat(settling.of(read(confDir), 1)).isEqualTo(DRAINED);
    }

    private Resource resource(String settle, String... further) throws Exception {
        ConfDirFolder confDir = ConfDirFolder.in(folder).template("x.ftl", "x");
        String lines = "settle_cmd = '" + settle + "'\n" + String.join("\n", further);
        confDir.resource("x.toml", "x.ftl", folder.resolve("x.conf"), "/x", lines);
        return read(confDir);
    }

    private static Resource read(ConfDirFolder confDir) throws Exception {
        return new ConfDirectory(confDir.path(), ResourceDefaults.STANDARD, InstantSource.system())
                .read()
                .resources()
                .get(0);
    }

    private Path log() {
        return folder.resolve("log");
    }

    private int asked() throws IOException {
        return Files.readAllLines(log()).size();
    }
}
