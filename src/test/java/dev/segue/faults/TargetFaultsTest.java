package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.e2e.Site;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What may happen to a target, its disk, and Segue's own folder. */
@Tag("server")
@Timeout(120)
class TargetFaultsTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    Path folder;

    private final Shell shell = new Shell();
    private Site site;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv('/app/name')}");
    }

    @AfterEach
    void unmount() throws Exception {
        shell.unmount();
    }

    @Test
    void editedOrDeletedByHand_isPutRightAtTheNextLook() throws IOException {
        site.resource("app", "app.ftl", "reload_cmd = \"echo >> " + site.note("reloads") + "\"");
        try (SegueProcess segue = site.start("--interval=200ms")) {
            site.awaitText("app", "app x");
            Files.writeString(site.target("app"), "edited");
            site.awaitText("app", "app x");
            Files.delete(site.target("app"));
            site.awaitText("app", "app x");
            await().untilAsserted(() -> assertThat(site.note("reloads")).hasContent("\n\n\n"));
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void readerOfATargetThatChangesAllTheTime_neverSeesHalfOfIt() throws IOException {
        String line = "0123456789".repeat(2000);
        site.template("app.ftl", "${getv('/app/name')}\n" + line + "\n${getv('/app/name')}\n")
                .resource("app", "app.ftl");
        try (SegueProcess segue = site.start("--watch", "--quiet-period=0", "--max-delay=0")) {
            site.awaitText("app", "x\n" + line + "\nx\n");
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<List<String>> reader = CompletableFuture.supplyAsync(() -> {
                List<String> torn = new ArrayList<>();
                while (!done.get()) {
                    String text = Site.text(site.target("app"));
                    String first = text.lines().findFirst().orElse("");
                    if (!text.equals(first + "\n" + line + "\n" + first + "\n")) {
                        torn.add(first + " and " + text.length() + " characters");
                    }
                }
                return torn;
            });
            for (int i = 0; i < 100; i++) {
                ETCD.put("/app/name", "x".repeat(1 + i));
            }
            site.awaitText("app", "x".repeat(100) + "\n" + line + "\n" + "x".repeat(100) + "\n");
            done.set(true);
            assertThat(reader.join()).isEmpty();
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void fullDiskUnderABindMount_keepsTheOldFileAndIsWrittenWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        shell.mountSmallDisk(disk, "");
        Path real = Files.writeString(disk.resolve("real"), "old");
        Path dest = Files.writeString(disk.resolve("dest"), "hidden by the mount");
        shell.bind(real, dest);
        String large = "0123456789".repeat(2400);
        site.template("large.ftl", large);
        site.resourceText(
                "app",
                "[template]\nsrc = \"large.ftl\"\ndest = \"" + dest + "\"\nkeys = [\"/app\"]\nreload_cmd = \"echo >> "
                        + site.note("reloads") + "\"\n");
        // Room enough to stage, too little to rewrite.
        Path filler = Files.write(disk.resolve("filler"), new byte[16 * 1024]);
        try (SegueProcess segue = site.start("--interval=1h")) {
            segue.awaitLog("WARN conf.d/app.toml: " + dest + ": cannot be rewritten in place: no space left on device");
            assertThat(dest).hasContent("old");
            assertThat(site.note("reloads")).doesNotExist();

            Files.delete(filler);
            Site.awaitText(dest, large);
            segue.awaitLog("INFO conf.d/app.toml: recovered after ");
            assertThat(site.note("reloads")).hasContent("\n");
            assertThat(segue.terminate()).isZero();
        }
        try (Stream<Path> files = Files.list(disk)) {
            assertThat(files).containsExactlyInAnyOrder(real, dest);
        }
    }

    @Test
    void killedWhileABindMountIsRewritten_isPutBackThoughEtcdIsDown() throws Exception {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path dest = Files.writeString(folder.resolve("dest"), "hidden by the mount");
        shell.bind(real, dest);
        Path reloads = site.note("reloads");
        site.resourceText(
                "app",
                "[template]\nsrc = \"app.ftl\"\ndest = \"" + dest + "\"\nkeys = [\"/app\"]\nreload_cmd = \"cat " + dest
                        + " >> " + reloads + "; test -e " + site.note("up") + " || exec sleep 100\"\n");
        try (SegueProcess segue = site.start("--interval=1h")) {
            await().until(() -> Site.text(dest).equals("app x") && Files.exists(reloads));
            segue.signal("KILL");
            segue.exitCode();
        }
        // As far as a rewrite had come when the machine lost its power.
        Files.writeString(dest, "ap");
        Files.createFile(site.note("up"));
        ETCD.stop();
        try (SegueProcess segue = site.start("--interval=1h")) {
            segue.awaitLog(
                    "WARN " + dest
                            + ": neither what was installed nor what was there before, as after an edit by hand or an install that broke off; put back as it was before");
            assertThat(dest).hasContent("old");
            await().untilAsserted(() -> assertThat(reloads).hasContent("app xold"));

            ETCD.start();
            Site.awaitText(dest, "app x");
            await().untilAsserted(() -> assertThat(reloads).hasContent("app xoldapp x"));
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void secondSegueOnATarget_saysSoAndTakesOverWhenTheFirstIsKilled() throws IOException {
        site.resource("app", "app.ftl");
        try (SegueProcess first = site.start("--watch")) {
            site.awaitText("app", "app x");
            try (SegueProcess second = site.start("--watch", "--interval=500ms")) {
                second.awaitLog("WARN conf.d/app.toml: " + site.target("app") + " is kept by another Segue (pid "
                        + first.pid() + "); left to it");
                first.signal("KILL");
                first.exitCode();

                second.awaitLog("INFO conf.d/app.toml: recovered after ");
                ETCD.put("/app/name", "y");
                site.awaitText("app", "app y");
                assertThat(second.terminate()).isZero();
            }
        }
    }

    @Test
    void stateFolderThatIsAFile_isToldOnceAndAllGoesOn() throws IOException {
        Path state = Files.writeString(folder.resolve("no-folder"), "");
        site.resource("app", "app.ftl", "reload_cmd = \"echo >> " + site.note("reloads") + "\"");
        try (SegueProcess segue = site.start("--watch", "--interval=200ms", "--state-dir=" + state)) {
            site.awaitText("app", "app x");
            ETCD.put("/app/name", "y");
            site.awaitText("app", "app y");
            site.awaitGoodFollows();
            assertThat(segue.linesWith("what is owed will be forgotten if Segue is killed"))
                    .isEqualTo(1);
            Site.awaitText(site.note("reloads"), "\n\n");
            assertThat(segue.terminate()).isZero();
        }
    }
}
