package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.faults.Gate.Side;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Segue killed (SIGKILL) before and after each rung of the ladder, and started again. */
@Tag("server")
@Timeout(180)
class KillTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    /** When it is killed, and whether the new file is in place then. */
    enum Moment {
        WHILE_IT_CHECKS(false) {
            @Override
            void kill(GatedSite site, SegueProcess segue) throws IOException {
                site.check().hold(Side.BEFORE);
                site.put("two");
                site.check().awaitHeld();
                assertThat(site.leftovers()).hasSize(1);
                segue.signal("KILL");
            }
        },
        WHEN_THE_CHECK_HAS_PASSED(false) {
            @Override
            void kill(GatedSite site, SegueProcess segue) throws IOException {
                site.check().killsSegue(Side.AFTER);
                site.put("two");
            }
        },
        WHEN_THE_JOURNAL_KNOWS(true) {
            @Override
            void kill(GatedSite site, SegueProcess segue) throws IOException {
                killWhenALineIs(site, "owed = reload", site.stateDir().path() + "/*.entry");
            }
        },
        WHEN_IT_IS_INSTALLED(true) {
            @Override
            void kill(GatedSite site, SegueProcess segue) throws IOException {
                killWhenALineIs(site, "*two*", site.target().toString());
            }
        },
        BEFORE_THE_RELOAD(true) {
            @Override
            void kill(GatedSite site, SegueProcess segue) throws IOException {
                site.reload().killsSegue(Side.BEFORE);
                site.reload().hold(Side.BEFORE);
                site.put("two");
            }
        },
        WHILE_IT_RELOADS(true) {
            @Override
            void kill(GatedSite site, SegueProcess segue) throws IOException {
                site.reload().hold(Side.BEFORE);
                site.put("two");
                site.reload().awaitHeld();
                segue.signal("KILL");
            }
        },
        AFTER_THE_RELOAD(true) {
            @Override
            void kill(GatedSite site, SegueProcess segue) throws IOException {
                site.reload().killsSegue(Side.AFTER);
                site.put("two");
            }
        },
        WHILE_IT_VERIFIES(true) {
            @Override
            void kill(GatedSite site, SegueProcess segue) throws IOException {
                site.verify().hold(Side.BEFORE);
                site.put("two");
                site.verify().awaitHeld();
                segue.signal("KILL");
            }
        },
        WHEN_IT_IS_VERIFIED(true) {
            @Override
            void kill(GatedSite site, SegueProcess segue) throws IOException {
                site.verify().killsSegue(Side.AFTER);
                site.put("two");
            }
        };

        private final boolean perhapsInstalled;

        Moment(boolean perhapsInstalled) {
            this.perhapsInstalled = perhapsInstalled;
        }

        /** Puts "two" and has {@code segue} killed. */
        abstract void kill(GatedSite site, SegueProcess segue) throws IOException;

        /** The check leaves a watcher behind, which asks without a pause, and no reload can come before it. */
        static void killWhenALineIs(GatedSite site, String pattern, String files) throws IOException {
            site.check().does("""
                    { while :; do
                        for file in %s; do
                            while IFS= read -r line; do
                                case $line in %s) kill -s KILL "$SEGUE"; exit ;; esac
                            done < "$file"
                        done
                    done; } > /dev/null 2>&1 &
                    true""".formatted(files, pattern.replace(" ", "\\ ")));
            site.reload().hold(Side.BEFORE);
            site.put("two");
        }
    }

    @ParameterizedTest
    @EnumSource
    void killed_nextStartFinishesTheWork(Moment moment) throws IOException {
        SegueProcess first = site.start();
        site.awaitConverged("one");

        moment.kill(site, first);
        await().atMost(PATIENCE).until(() -> !first.isAlive());
        endOrphans();
        if (moment.perhapsInstalled) {
            site.assertTargetIsOneOf("one", "two");
        } else {
            site.assertTargetIsOneOf("one");
        }
        int reloads = site.reload().runs();

        SegueProcess second = site.start();
        site.awaitConverged("two");
        assertThat(site.reload().runs()).isEqualTo(reloads + 1);
        assertThat(second.terminate()).isZero();
    }

    @Test
    void killedWhenApplied_nextStartReloadsNothing() throws IOException {
        SegueProcess first = site.start();
        site.awaitConverged("one");
        site.put("two");
        site.awaitConverged("two");
        first.signal("KILL");
        first.exitCode();

        SegueProcess second = site.start("--interval=50ms");
        site.put("three");
        site.awaitConverged("three");
        assertThat(site.reload().runs()).isEqualTo(3);
        assertThat(second.terminate()).isZero();
    }

    @Test
    void killedAtTheFirstInstall_nextStartReloads() throws IOException {
        site.reload().killsSegue(Side.BEFORE);
        site.reload().hold(Side.BEFORE);
        SegueProcess first = site.start();
        site.reload().awaitHeld();
        await().atMost(PATIENCE).until(() -> !first.isAlive());
        endOrphans();
        site.assertTargetIsOneOf("one");
        assertThat(site.stateDir().owed(site.target())).isEqualTo("reload");
        assertThat(site.stateDir().previous(site.target())).isEqualTo("absent");
        assertThat(site.nginx().fetch("/")).isEqualTo("no answer");

        SegueProcess second = site.start();
        site.awaitConverged("one");
        assertThat(second.terminate()).isZero();
    }

    /** What is owed was decided already: it does not need the store. */
    @Test
    void killedBeforeTheReload_nextStartReloadsAlsoWithoutTheStore() throws IOException {
        SegueProcess first = site.start();
        site.awaitConverged("one");
        Moment.BEFORE_THE_RELOAD.kill(site, first);
        await().atMost(PATIENCE).until(() -> !first.isAlive());
        endOrphans();
        assertThat(site.nginx().fetch("/")).isEqualTo("one");

        ETCD.stop();
        try {
            SegueProcess second = site.start();
            site.awaitConverged("two");
            ETCD.start();
            site.put("three");
            site.awaitConverged("three");
            assertThat(second.terminate()).isZero();
        } finally {
            ETCD.start();
        }
    }

    @Test
    void killedWhileItGoesBack_nextStartTriesAnew() throws IOException {
        SegueProcess first = site.start();
        site.awaitConverged("one");
        site.reload().failOnce();
        site.reload().hold(Side.BEFORE);
        site.put("two");
        // The first reload fails; the one that is held is to tell nginx of the old file.
        site.reload().awaitHeld();
        first.signal("KILL");
        first.exitCode();
        endOrphans();
        site.assertTargetIsOneOf("one");

        SegueProcess second = site.start();
        site.awaitConverged("two");
        assertThat(second.terminate()).isZero();
    }

    private void endOrphans() throws IOException {
        site.check().endOrphans();
        site.reload().endOrphans();
        site.verify().endOrphans();
        site.check().open();
        site.reload().open();
        site.verify().open();
    }
}
