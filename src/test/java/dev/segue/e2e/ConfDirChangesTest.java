package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Edits of conf.d and templates are taken up at once, without a restart and long before the next full look. */
@Tag("server")
@Timeout(120)
class ConfDirChangesTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    static Path folder;

    private static Site site;
    private static SegueProcess segue;

    @BeforeAll
    static void start() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv('/app/name')}");
        segue = site.start("--watch", "--interval=1h");
        site.awaitText("good", "good 0");
    }

    @AfterAll
    static void stop() {
        segue.close();
    }

    @Test
    void resourceAdded_isApplied() throws IOException {
        site.resource("added", "app.ftl");

        site.awaitText("added", "app x");
    }

    @Test
    void resourceAddedInANewFolder_isApplied() throws IOException {
        site.resource("team/web/added", "app.ftl");
        site.awaitText("team/web/added", "app x");

        site.resource("team/web/another", "app.ftl");
        site.awaitText("team/web/another", "app x");
    }

    @Test
    void resourceEdited_isAppliedAndFollowsItsNewKeys() throws IOException {
        site.resource("edited", "app.ftl");
        site.awaitText("edited", "app x");
        ETCD.put("/elsewhere", "1");
        site.template("elsewhere.ftl", "elsewhere ${getv('/elsewhere')}")
                .resourceText("edited", """
                [template]
                src = "elsewhere.ftl"
                dest = "%s"
                keys = ["/elsewhere"]
                """.formatted(site.target("edited")));
        site.awaitText("edited", "elsewhere 1");

        ETCD.put("/elsewhere", "2");
        site.awaitText("edited", "elsewhere 2");
    }

    @Test
    void resourceRemoved_leavesItsTargetAlone() throws IOException {
        ETCD.put("/app/removed", "1");
        site.template("removed.ftl", "${getv('/app/removed')}").resource("removed", "removed.ftl");
        site.awaitText("removed", "1");

        site.removeResource("removed").resource("instead", "app.ftl");
        site.awaitText("instead", "app x");
        ETCD.put("/app/removed", "2");
        site.awaitGoodFollows();

        assertThat(site.text("removed")).isEqualTo("1");
    }

    @Test
    void resourceBroken_keepsItsLastGoodDefinitionUntilItIsMended() throws IOException {
        ETCD.put("/app/broken", "1");
        site.template("broken.ftl", "${getv('/app/broken')}").resource("broken", "broken.ftl");
        site.awaitText("broken", "1");

        site.resource("broken", "broken.ftl", "modee = \"0600\"");
        site.awaitToldOnce(segue, "WARN conf.d/broken.toml:5: unknown key \"modee\" (did you mean \"mode\"?)");
        ETCD.put("/app/broken", "2");
        site.awaitText("broken", "2");

        site.template("mended.ftl", "mended ${getv('/app/broken')}").resource("broken", "mended.ftl");
        site.awaitText("broken", "mended 2");
        site.awaitToldOnce(segue, "INFO conf.d/broken.toml: right again");
    }

    @Test
    void templateEdited_isAppliedAndSoIsOneItIncludes() throws IOException {
        site.template("part.ftl", "part").template("whole.ftl", "whole <#include 'part.ftl'>");
        site.resource("whole", "whole.ftl");
        site.awaitText("whole", "whole part");

        site.template("whole.ftl", "all <#include 'part.ftl'>");
        site.awaitText("whole", "all part");

        site.template("part.ftl", "piece");
        site.awaitText("whole", "all piece");
    }

    @Test
    void templateGone_keepsTheTargetUntilItIsBack() throws IOException {
        site.template("gone.ftl", "1").resource("gone", "gone.ftl");
        site.awaitText("gone", "1");

        Files.delete(site.confDir().resolve("templates/gone.ftl"));
        segue.awaitLog("WARN conf.d/gone.toml: templates/gone.ftl: no such template");
        assertThat(site.text("gone")).isEqualTo("1");

        site.template("gone.ftl", "2");
        site.awaitText("gone", "2");
        site.awaitRecovered(segue, "gone");
    }

    /** As Kubernetes renews a mounted ConfigMap: files are links through a folder's link that is swapped. */
    @Test
    void foldersSwappedBehindALink_areTakenUp() throws IOException {
        Site mounted = Site.in(folder, ETCD);
        Path templates = mounted.confDir().resolve("templates");
        writeVersion(templates, "..1", "good ${getv('/good')}");
        link(templates, "..1");
        Files.delete(templates.resolve("good.ftl"));
        Files.createSymbolicLink(templates.resolve("good.ftl"), Path.of("..data/good.ftl"));
        ETCD.put("/good", "1");
        try (SegueProcess daemon = mounted.start("--watch", "--interval=1h")) {
            mounted.awaitText("good", "good 1");

            writeVersion(templates, "..2", "better ${getv('/good')}");
            link(templates, "..2");

            mounted.awaitText("good", "better 1");
            assertThat(daemon.terminate()).isZero();
        }
    }

    private static void writeVersion(Path templates, String version, String text) throws IOException {
        Files.writeString(Files.createDirectory(templates.resolve(version)).resolve("good.ftl"), text);
    }

    private static void link(Path templates, String version) throws IOException {
        Path fresh = Files.createSymbolicLink(templates.resolve("..data_tmp"), Path.of(version));
        Files.move(fresh, templates.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
