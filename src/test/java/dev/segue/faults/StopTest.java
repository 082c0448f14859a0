package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.faults.Gate.Side;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Segue told to stop (SIGTERM) while a command hangs that has no time limit, and started again. */
@Tag("server")
@Timeout(120)
class StopTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration IN_TIME = Duration.ofSeconds(3);

    @TempDir
    static Path folder;

    private GatedSite site;

    @BeforeEach
    void newSite() throws IOException {
        ETCD.put("/app/text", "one");
        site = GatedSite.in(folder, ETCD);
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** What hangs when it is told to stop, the text that lies in the target's place then, and what is owed. */
    enum Moment {
        WHILE_IT_CHECKS("one", "nothing") {
            @Override
            Gate hang(GatedSite site) throws IOException {
                return held(site.check());
            }
        },
        WHILE_IT_RELOADS("two", "reload") {
            @Override
            Gate hang(GatedSite site) throws IOException {
                return held(site.reload());
            }
        },
        WHILE_IT_VERIFIES("two", "reload") {
            @Override
            Gate hang(GatedSite site) throws IOException {
                return held(site.verify());
            }
        },
        WHILE_IT_GOES_BACK("one", "reload") {
            @Override
            Gate hang(GatedSite site) throws IOException {
                // The one that is held is to tell nginx of the old file.
                site.reload().failOnce();
                return held(site.reload());
            }
        };

        private final String inPlace;
        private final String owed;

        Moment(String inPlace, String owed) {
            this.inPlace = inPlace;
            this.owed = owed;
        }

        abstract Gate hang(GatedSite site) throws IOException;

        static Gate held(Gate gate) throws IOException {
            gate.hold(Side.BEFORE);
            return gate;
        }
    }

    @ParameterizedTest
    @EnumSource
    void toldToStop_leavesNothingButWhatTheNextStartFinishes(Moment moment) throws IOException {
        SegueProcess first = site.start();
        site.awaitConverged("one");
        Gate hanging = moment.hang(site);
        site.put("two");
        hanging.awaitHeld();

        long start = System.nanoTime();
        assertThat(first.terminate()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);

        hanging.assertNobodyLeft();
        assertThat(site.leftovers()).isEmpty();
        site.assertTargetIsOneOf(moment.inPlace);
        assertThat(site.stateDir().owed(site.target())).isEqualTo(moment.owed);
        hanging.open();
        int reloads = site.reload().runs();

        SegueProcess second = site.start();
        site.awaitConverged("two");
        assertThat(site.reload().runs()).isEqualTo(reloads + 1);
        assertThat(second.terminate()).isZero();
    }
}
