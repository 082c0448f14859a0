package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was found in step at one look is not taken for in step at the next when anything that it comes of has changed. */
@Timeout(60)
class InStepTest {
    @TempDir
    Path folder;

    private Workbench bench;
    private Loop loop;

    @BeforeEach
    void twoLooks() throws Exception {
        bench = new Workbench(folder);
        bench.filesSettled();
        bench.confDir.template("part.ftl", "one").template("x.ftl", "${getv('/x/v')} <#include 'part.ftl'>");
        bench.confDir.resource("x.toml", "x.ftl", bench.target("x.conf"), "/x");
        bench.store.put("/x/v", "1");
        loop = bench.loop();
        loop.lookAtEverything();
        turn();
        look();
        assertThat(bench.text("x.conf")).isEqualTo("1 one");
    }

    @Test
    void nothingChanged_isInSync() throws Exception {
        look();

        assertThat(bench.board.picture().resources().get(0).outcome()).isEqualTo(new Outcome.InSync());
        assertThat(bench.text("x.conf")).isEqualTo("1 one");
    }

    @Test
    void targetEdited_isPutRight() throws Exception {
        Files.writeString(bench.target("x.conf"), "9 one");
        look();

        assertThat(bench.text("x.conf")).isEqualTo("1 one");
    }

    @Test
    void targetReplacedByOneOfTheSameSize_isPutRight() throws Exception {
        Path other = Files.writeString(bench.target("other"), "9 one");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(bench.target("x.conf")));
        Files.move(other, bench.target("x.conf"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        look();

        assertThat(bench.text("x.conf")).isEqualTo("1 one");
    }

    @Test
    void targetDeleted_isMadeAgain() throws Exception {
        Files.delete(bench.target("x.conf"));
        look();

        assertThat(bench.text("x.conf")).isEqualTo("1 one");
    }

    @Test
    void targetBehindALinkThatIsTurned_isPutRight() throws Exception {
        Path place = bench.target("place");
        Path other = Files.writeString(bench.target("other"), "9 one");
        Files.move(bench.target("x.conf"), place);
        Files.createSymbolicLink(bench.target("x.conf"), place);
        look();
        look();
        Files.delete(bench.target("x.conf"));
        Files.createSymbolicLink(bench.target("x.conf"), other);
        look();

        assertThat(other).hasContent("1 one");
    }

    @Test
    void modeEdited_isPutRightIfTheResourceAsksForOne() throws Exception {
        bench.confDir.resource("x.toml", "x.ftl", bench.target("x.conf"), "/x", "mode = \"0640\"");
        look();
        look();
        Files.setPosixFilePermissions(bench.target("x.conf"), PosixFilePermissions.fromString("rw-rw-rw-"));
        look();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.target("x.conf"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void includeEdited_isTakenUp() throws Exception {
        bench.confDir.template("part.ftl", "two");
        look();

        assertThat(bench.text("x.conf")).isEqualTo("1 two");
    }

    @Test
    void definitionEdited_isTakenUp() throws Exception {
        bench.confDir.template("y.ftl", "y").resource("x.toml", "y.ftl", bench.target("x.conf"), "/x");
        look();

        assertThat(bench.text("x.conf")).isEqualTo("y");
    }

    @Test
    void keyChanged_isApplied() throws Exception {
        bench.store.put("/x/v", "2");
        look();

        assertThat(bench.text("x.conf")).isEqualTo("2 one");
    }

    @Test
    void textOfMoreThanKeys_isRenderedAtEachLook() throws Exception {
        bench.confDir.template("part.ftl", "${hostname()}");
        look();
        assertThat(bench.text("x.conf")).isEqualTo("1 bench");
        bench.hostName(() -> "other");
        look();

        assertThat(bench.text("x.conf")).isEqualTo("1 other");
    }

    private void look() throws Exception {
        bench.pass(Workbench.INTERVAL);
        turn();
    }

    private void turn() throws Exception {
        loop.turn(loop.mail());
        loop.turn(loop.mail());
    }
}
