package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An etcd that goes, comes back, comes late or comes back empty: files stay, and what is put next is applied. */
@Tag("server")
@Timeout(120)
class OutageTest {
    /** The words before it depend on what Segue was doing when etcd went. */
    private static final String LOST = "; files stay as they are, trying again until it answers";

    @RegisterExtension
    final EtcdServer etcd = EtcdServer.plain();

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void newSite() throws IOException {
        site = Site.in(folder, etcd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch"})
    void storeKilledAndRestarted_filesStayAndTheFirstPutIsApplied(String mode) {
        try (SegueProcess segue = site.start(mode)) {
            site.awaitText("good", "good 0");
            etcd.kill();
            segue.awaitLog(LOST);
            assertThat(site.text("good")).isEqualTo("good 0");

            etcd.start();
            segue.awaitLog("INFO " + etcd.url() + ": back after ");
            site.awaitGoodFollows();

            assertThat(segue.linesWith(LOST)).isEqualTo(1);
            assertThat(segue.linesWith(": back after ")).isEqualTo(1);
            assertThat(segue.terminate()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch"})
    void storeNotThereAtTheStart_isWaitedFor(String mode) throws IOException {
        etcd.stop();
        site.oldTarget("good");
        try (SegueProcess segue = site.start(mode)) {
            segue.awaitLog(LOST);
            assertThat(site.text("good")).isEqualTo("old good");

            etcd.start();
            site.awaitText("good", "good 0");
            site.awaitGoodFollows();

            assertThat(segue.linesWith(LOST)).isEqualTo(1);
            assertThat(segue.linesWith(": back after ")).isEqualTo(1);
            assertThat(segue.terminate()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch"})
    void storeWiped_filesStayUntilItHoldsKeysAgain(String mode) {
        try (SegueProcess segue = site.start(mode)) {
            site.awaitText("good", "good 0");
            etcd.kill();
            etcd.wipe();
            String missing =
                    "WARN conf.d/good.toml: templates/good.ftl:1:6: key /good does not exist (there are no keys)";
            segue.awaitLog(missing);
            assertThat(site.text("good")).isEqualTo("good 0");

            site.awaitGoodFollows();
            site.awaitRecovered(segue, "good");

            assertThat(segue.messages()).containsOnlyOnce(missing);
            assertThat(segue.terminate()).isZero();
        }
    }
}
