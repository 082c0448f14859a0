package dev.segue.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ConfDirectoryTest {
    @TempDir
    Path confDir;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(confDir.resolve("conf.d"));
    }

    @Test
    void read_filesInSubFolders_areSortedByName() throws Exception {
        write("b.toml", "/t/b");
        write("a/z.toml", "/t/z");
        write("a.toml", "/t/a");

        assertThat(read().resources())
                .extracting(Resource::name)
                .containsExactly("conf.d/a.toml", "conf.d/a/z.toml", "conf.d/b.toml");
        assertThat(read().problems()).isEmpty();
        assertThat(read().notes()).isEmpty();
    }

    @Test
    void read_badFiles_holdBackOnlyThemselves() throws Exception {
        write("good.toml", "/t/good");
        writeText("broken.toml", "[template\n");
        writeText("short.toml", "[template]\nsrc = 'a'\ndest = 'b'\nkeys = ['/']\n");
        Files.write(confDir.resolve("conf.d/latin1.toml"), "# \u00fc".getBytes(StandardCharsets.ISO_8859_1));
        Files.createSymbolicLink(confDir.resolve("conf.d/nowhere.toml"), Path.of("gone.toml"));
        Files.createSymbolicLink(confDir.resolve("conf.d/device.toml"), Path.of("/dev/null"));

        ResourceSet set = read();
        assertThat(set.resources()).extracting(Resource::name).containsExactly("conf.d/good.toml");
        assertThat(set.problems())
                .containsExactly(
                        new Problem("conf.d/broken.toml:1:10", "unexpected end of line, expected ]"),
                        new Problem("conf.d/device.toml", "is not a file"),
                        new Problem("conf.d/latin1.toml", "is not UTF-8 text"),
                        new Problem("conf.d/nowhere.toml", "cannot be read: a link to a file that is not there"),
                        new Problem(
                                "conf.d/short.toml:3",
                                "dest \"b\" is not an absolute path (confd takes it from the folder in which it was"
                                        + " started)"));
    }

    @Test
    void read_hiddenFilesAndEditorsLeftovers_areNotSeen() throws Exception {
        write("a.toml", "/t/a");
        Files.createSymbolicLink(confDir.resolve("conf.d/.#a.toml"), Path.of("me@host.123"));
        for (String name :
                new String[] {"a.toml~", ".a.toml.swp", "#a.toml#", "a.toml.bak", "README", ".hidden.toml"}) {
            writeText(name, "not TOML");
        }

        assertThat(read().problems()).isEmpty();
        assertThat(read().resources()).hasSize(1);
    }

    @Test
    void read_mountedConfigMap_readsEachFileOnce() throws Exception {
        write("..2026_11_23/a.toml", "/t/a");
        Files.createSymbolicLink(confDir.resolve("conf.d/..data"), Path.of("..2026_11_23"));
        Files.createSymbolicLink(confDir.resolve("conf.d/a.toml"), Path.of("..data/a.toml"));

        assertThat(read().resources()).extracting(Resource::name).containsExactly("conf.d/a.toml");
        assertThat(read().problems()).isEmpty();
    }

    @Test
    void read_linkedFolderAndLoop_followsTheOneAndIgnoresTheOther() throws Exception {
        Path elsewhere = Files.createDirectory(confDir.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("x.toml"), text("/t/x"));
        Files.createSymbolicLink(confDir.resolve("conf.d/linked"), elsewhere);
        Files.createSymbolicLink(confDir.resolve("conf.d/loop"), Path.of("."));

        assertThat(read().resources()).extracting(Resource::name).containsExactly("conf.d/linked/x.toml");
        assertThat(read().problems()).isEmpty();
    }

    @Test
    void read_twoFilesWithOneTarget_refusesTheLaterAndNamesBoth() throws Exception {
        write("a.toml", "/t/same");
        write("b.toml", "/t/x/../same");
        write("c.toml", "/t/other");

        ResourceSet set = read();
        assertThat(set.resources()).extracting(Resource::name).containsExactly("conf.d/a.toml", "conf.d/c.toml");
        assertThat(set.problems())
                .containsExactly(new Problem("conf.d/b.toml:3", "dest /t/same is the target of conf.d/a.toml already"));
    }

    @Test
    void read_twoTargetsThatAreOneFileThroughALink_refusesTheLater() throws Exception {
        Path real = Files.createDirectory(confDir.resolve("real"));
        Path link = Files.createSymbolicLink(confDir.resolve("link"), real);
        write("a.toml", real.resolve("x/app.conf").toString());
        write("b.toml", link.resolve("x/app.conf").toString());

        assertThat(read().problems())
                .containsExactly(new Problem(
                        "conf.d/b.toml:3",
                        "dest " + link + "/x/app.conf is the target of conf.d/a.toml already (there: " + real
                                + "/x/app.conf)"));
    }

    @Test
    void read_targetThatIsALinkToATargetThatIsNotThereYet_refusesTheLater() throws Exception {
        Path real = confDir.resolve("app.conf");
        Path link = Files.createSymbolicLink(confDir.resolve("link.conf"), Path.of("app.conf"));
        write("a.toml", real.toString());
        write("b.toml", link.toString());

        assertThat(read().problems())
                .containsExactly(new Problem(
                        "conf.d/b.toml:3",
                        "dest " + link + " is the target of conf.d/a.toml already (there: " + real + ")"));
    }

    @Test
    void read_targetThatIsALinkToItself_isNobodyElsesTarget() throws Exception {
        Path round = confDir.resolve("round.conf");
        Files.createSymbolicLink(round, Path.of("round.conf"));
        write("a.toml", round.toString());
        write("b.toml", confDir.resolve("b.conf").toString());

        assertThat(read().problems()).isEmpty();
    }

    @Test
    void read_emptyFolder_isANoteAndNoProblem() throws Exception {
        ResourceSet set = read();

        assertThat(set.resources()).isEmpty();
        assertThat(set.problems()).isEmpty();
        assertThat(set.notes()).containsExactly(new Problem(confDir + "/conf.d", "holds no resource file (*.toml)"));
    }

    @Test
    void read_noFolders_saysWhatIsMissing() throws Exception {
        Files.delete(confDir.resolve("conf.d"));
        assertThatThrownBy(this::read)
                .isInstanceOf(ProblemsException.class)
                .hasMessage(confDir + "/conf.d: no such folder (resource files go there, as *.toml)");

        assertThatThrownBy(() -> new ConfDirectory(
                                confDir.resolve("gone"), ResourceDefaults.STANDARD, InstantSource.system())
                        .read())
                .hasMessage(
                        confDir + "/gone: no such folder (--confdir names the one that holds conf.d and templates)");

        Files.writeString(confDir.resolve("conf.d"), "");
        assertThatThrownBy(this::read).hasMessage(confDir + "/conf.d: not a folder");
    }

    @Test
    void keepingFrom_badEdit_keepsTheLastGoodDefinition() throws Exception {
        write("a.toml", "/t/a");
        write("b.toml", "/t/b");
        ResourceSet before = read();
        writeText("a.toml", "[template\n");
        Files.delete(confDir.resolve("conf.d/b.toml"));

        ResourceSet after = read().keepingFrom(before);
        assertThat(after.resources()).containsExactly(before.resources().get(0));
        assertThat(after.problems()).hasSize(1);
    }

    @Test
    void keepingFrom_targetOfTheBadFileTakenByAnother_leavesItToTheOther() throws Exception {
        write("a.toml", "/t/a");
        ResourceSet before = read();
        writeText("a.toml", "[template\n");
        write("b.toml", "/t/a");

        assertThat(read().keepingFrom(before).resources())
                .extracting(Resource::name)
                .containsExactly("conf.d/b.toml");
    }

    private ResourceSet read() throws ProblemsException {
        return new ConfDirectory(confDir, ResourceDefaults.STANDARD, InstantSource.system()).read();
    }

    private void write(String name, String dest) throws IOException {
        writeText(name, text(dest));
    }

    private void writeText(String name, String text) throws IOException {
        Path file = confDir.resolve("conf.d").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String text(String dest) {
        return "[template]\nsrc = 'a.ftl'\ndest = '" + dest + "'\nkeys = ['/app']\n";
    }
}
