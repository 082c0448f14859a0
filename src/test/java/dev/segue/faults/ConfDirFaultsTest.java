package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.e2e.Site;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the confdir and of the targets' folders. No look at everything is near: only the edit itself can be noticed. */
@Tag("server")
@Timeout(120)
class ConfDirFaultsTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.put("/app/name", "x");
        site = Site.in(folder, ETCD).template("app.ftl", "app ${getv('/app/name')}");
    }

    @Test
    void brokenFilesAmongGoodOnesAtTheStart_areHeldBackAloneUntilMended() throws IOException {
        site.oldTarget("toml")
                .oldTarget("template")
                .template("broken.ftl", "app ${getv('/app/name'")
                .resource("template", "broken.ftl")
                .resourceText("toml", "[template")
                .resource("zz-also-good", "app.ftl");
        try (SegueProcess segue = start()) {
            site.awaitText("good", "good 0");
            site.awaitText("zz-also-good", "app x");
            site.awaitToldOnce(segue, "WARN conf.d/toml.toml:1:10: unexpected end of input, expected ]");
            segue.awaitLog("WARN conf.d/template.toml: templates/broken.ftl:");
            assertThat(site.text("toml")).isEqualTo("old toml");
            assertThat(site.text("template")).isEqualTo("old template");

            site.resource("toml", "app.ftl").template("broken.ftl", "mended ${getv('/app/name')}");
            site.awaitText("toml", "app x");
            site.awaitText("template", "mended x");
            site.awaitToldOnce(segue, "INFO conf.d/toml.toml: right again");
            site.awaitRecovered(segue, "template");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void resourceRemoved_costsNothingAnyMore() throws IOException {
        site.resource("removed", "app.ftl");
        try (SegueProcess segue = start()) {
            site.awaitText("removed", "app x");
            site.removeResource("removed").resource("instead", "app.ftl");
            site.awaitText("instead", "app x");

            ETCD.put("/app/name", "y");
            site.awaitText("instead", "app y");
            assertThat(site.text("removed")).isEqualTo("app x");

            double requests = ETCD.metric("grpc_server_started_total");
            Duration cpu = segue.cpu();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            assertThat(ETCD.metric("grpc_server_started_total")).isEqualTo(requests);
            assertThat(segue.cpu().minus(cpu)).isLessThan(Duration.ofMillis(500));
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void targetsFolderDeleted_isMadeAgainWithTheNextChange() throws IOException {
        site.resource("sub/removed", "app.ftl");
        try (SegueProcess segue = start()) {
            site.awaitText("sub/removed", "app x");
            delete(site.target("sub"));

            ETCD.put("/app/name", "y");
            site.awaitText("sub/removed", "app y");
            ETCD.put("/app/name", "x");
            site.awaitText("sub/removed", "app x");
            assertThat(segue.linesWith(" WARN ")).isZero();
            assertThat(segue.terminate()).isZero();
        }
    }

    /** What the link leads to is not Segue's to make, perhaps a disk that is yet to be mounted. */
    @Test
    void targetsFolderCannotBeMade_isWaitedFor() throws IOException {
        Path later = site.note("later");
        Files.createSymbolicLink(site.target("link"), later);
        site.resource("link/app", "app.ftl");
        try (SegueProcess segue = start()) {
            site.awaitToldOnce(
                    segue,
                    "WARN conf.d/link/app.toml: " + site.target("link/app") + ": folder " + site.target("link")
                            + " cannot be used: not a directory");

            Files.createDirectory(later);
            Site.awaitText(later.resolve("app"), "app x");
            site.awaitRecovered(segue, "link/app");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void confDirDeletedAndMadeAgain_isTakenUp() throws IOException {
        try (SegueProcess segue = start()) {
            site.awaitText("good", "good 0");
            delete(site.confDir());
            segue.awaitLog("WARN " + site.confDir() + ": no such folder");
            assertThat(site.text("good")).isEqualTo("good 0");

            site.template("good.ftl", "anew ${getv('/good')}").template("app.ftl", "app ${getv('/app/name')}");
            site.resource("later", "app.ftl").resourceText("good", """
                    [template]
                    src = "good.ftl"
                    dest = "%s"
                    keys = ["/good"]
                    """.formatted(site.target("good")));
            site.awaitText("good", "anew 0");
            site.awaitText("later", "app x");

            site.template("app.ftl", "edited ${getv('/app/name')}");
            site.awaitText("later", "edited x");
            assertThat(segue.linesWith("no such folder")).isEqualTo(1);
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void confDirSwapped_isTakenUp() throws IOException {
        try (SegueProcess segue = start()) {
            site.awaitText("good", "good 0");
            Path other = site.note("other");
            Files.createDirectories(other.resolve("conf.d"));
            Files.createDirectories(other.resolve("templates"));
            Files.copy(site.confDir().resolve("conf.d/good.toml"), other.resolve("conf.d/good.toml"));
            Files.writeString(other.resolve("templates/good.ftl"), "swapped ${getv('/good')}");

            Files.move(site.confDir(), site.note("aside"));
            Files.move(other, site.confDir());
            site.awaitText("good", "swapped 0");

            site.template("good.ftl", "edited ${getv('/good')}");
            site.awaitText("good", "edited 0");
            assertThat(segue.terminate()).isZero();
        }
    }

    /** As an editor that truncates the file and writes into it, in pieces that are templates too. */
    @Test
    void templateHalfWritten_neverLastsBeyondItsSecondHalf() throws IOException {
        site.template("app.ftl", "first ${getv('/app/name')}").resource("half", "app.ftl");
        try (SegueProcess segue = start()) {
            site.awaitText("half", "first x");

            site.template("app.ftl", "second ");
            site.awaitText("half", "second ");
            append("templates/app.ftl", "${getv('/app/na");
            segue.awaitLog("WARN conf.d/half.toml: templates/app.ftl:1:");
            assertThat(site.text("half")).isEqualTo("second ");
            append("templates/app.ftl", "me')}");
            site.awaitText("half", "second x");
            site.awaitRecovered(segue, "half");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void filesWrittenInPieces_endAsTheyWereMeant() throws IOException {
        Random random = new Random(20_261_124);
        site.resource("pieces", "app.ftl");
        try (SegueProcess segue = start()) {
            site.awaitText("pieces", "app x");
            for (int round = 0; round < 30; round++) {
                String template =
                        "<#-- " + "-".repeat(random.nextInt(40)) + " -->round " + round + " ${getv('/app/name')}";
                writeInPieces("templates/app.ftl", template, random);
                String resource = Files.readString(site.confDir().resolve("conf.d/pieces.toml"));
                writeInPieces("conf.d/pieces.toml", resource, random);
                if (random.nextInt(4) == 0) {
                    site.awaitText("pieces", "round " + round + " x");
                }
            }
            site.awaitText("pieces", "round 29 x");
            site.awaitGoodFollows();
            assertThat(site.text("pieces")).isEqualTo("round 29 x");
            assertThat(segue.messages()).noneMatch(line -> line.startsWith("ERROR "));
            assertThat(segue.terminate()).isZero();
        }
    }

    private void writeInPieces(String file, String text, Random random) throws IOException {
        Files.writeString(site.confDir().resolve(file), "");
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(text.length(), start + 1 + random.nextInt(text.length()));
            append(file, text.substring(start, end));
            start = end;
            if (random.nextInt(3) == 0) {
                // Long enough for what is there to be taken up.
                await().pollDelay(Duration.ofMillis(random.nextInt(150)))
                        .atMost(PATIENCE)
                        .until(() -> true);
            }
        }
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(site.confDir().resolve(file), text, StandardOpenOption.APPEND);
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private SegueProcess start() {
        return site.start("--watch", "--interval=1h");
    }
}
