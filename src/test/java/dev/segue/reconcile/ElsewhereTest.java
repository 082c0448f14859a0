package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.segue.plan.Outcome;
import dev.segue.status.ResourceStatus;
import dev.segue.status.StoreStatus;
import dev.segue.testing.MemoryKeyStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Resources that read other stores than the run's own, turn by turn. */
@Timeout(60)
class ElsewhereTest {
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final String BOTH = "keys = [\"/app\", \"secrets:/tls\"]";
    private static final String SECRETS = """
            [backend.secrets]
            backend = "file"
            file = ["secrets"]
            """;

    @TempDir
    Path folder;

    private Workbench bench;
    private MemoryKeyStore secrets = new MemoryKeyStore();
    private Loop loop;

    /** One resource of both stores, one of the run's own alone, one of the other alone. */
    @BeforeEach
    void threeResources() throws Exception {
        bench = new Workbench(folder);
        bench.others.put("secrets", secrets);
        bench.confDir
                .template("both.ftl", "${getv(\"/app/v\")} ${getv(\"/tls/key\")}")
                .template("own.ftl", "${getv(\"/app/v\")}")
                .template("other.ftl", "${getv(\"/tls/key\")}");
        define("both", BOTH, SECRETS);
        define("own", "keys = [\"/app\"]", "");
        define("other", "keys = [\"/tls\"]", """
                [backend]
                backend = "file"
                file = ["secrets"]
                """);
        bench.store.put("/app/v", "1");
        secrets.put("/tls/key", "a");
        loop = bench.loop();
    }

    @Test
    void firstTurns_otherStoreIsReadOnceForAllOfItsResources() throws Exception {
        start();

        assertTexts("1 a", "1", "a");
        assertThat(secrets.reads()).isEqualTo(1);
        assertThat(bench.others).hasSize(1);
    }

    @Test
    void changeInEitherStore_isAppliedWhereItIsRead() throws Exception {
        start();
        secrets.put("/tls/key", "b");
        turn(MOMENT);
        assertTexts("1 b", "1", "b");

        bench.store.put("/app/v", "2");
        turn(Duration.ofSeconds(1));
        assertTexts("2 b", "2", "b");
        assertThat(status("both").revision()).isEqualTo(status("own").revision());
    }

    @Test
    void nothingHappens_bothAreReadAtTheIntervalAndNotBefore() throws Exception {
        start();
        long own = bench.store.reads();
        turn(Workbench.INTERVAL.minus(Duration.ofSeconds(1)));
        assertThat(secrets.reads()).isEqualTo(1);
        assertThat(bench.store.reads()).isEqualTo(own);

        turn(Duration.ofSeconds(1));
        assertThat(secrets.reads()).isEqualTo(2);
        assertThat(bench.store.reads()).isEqualTo(own + 1);
    }

    @Test
    void changeThatNobodyTold_isFoundAtTheInterval() throws Exception {
        loop.turn(loop.mail());
        loop.turn(loop.mail());
        loop.turn(loop.mail());
        assertTexts("1 a", "1", "a");

        secrets.put("/tls/key", "b");
        turn(MOMENT);
        assertTexts("1 a", "1", "a");
        turn(Workbench.INTERVAL);
        assertTexts("1 b", "1", "b");
    }

    @Test
    void otherStoreLost_itsResourcesStayAndTheRestGoOn() throws Exception {
        start();
        secrets.lose();
        turn(MOMENT);
        assertThat(other().lostSince()).isPresent();
        assertThat(bench.board.picture().store().isUp()).isTrue();

        bench.store.put("/app/v", "2");
        turn(MOMENT);
        // What is known of the store that is lost still holds.
        assertTexts("2 a", "2", "a");
        assertThat(loop.untilNextDue()).isLessThanOrEqualTo(Duration.ofSeconds(1));

        secrets.find();
        secrets.put("/tls/key", "b");
        turn(Duration.ofSeconds(1));
        assertTexts("2 b", "2", "b");
        assertThat(other().isUp()).isTrue();
    }

    @Test
    void otherStoreNotThereAtStart_onlyItsResourcesWait() throws Exception {
        secrets.lose();
        start();
        assertThat(bench.text("own.conf")).isEqualTo("1");
        assertThat(bench.target("both.conf")).doesNotExist();
        assertThat(bench.target("other.conf")).doesNotExist();
        assertThat(status("both").outcome()).isInstanceOf(Outcome.Pending.class);

        secrets.find();
        turn(Duration.ofSeconds(1));
        assertTexts("1 a", "1", "a");
    }

    @Test
    void otherStoreNotThere_ownStoreIsReadNoOftenerForThat() throws Exception {
        secrets.lose();
        start();
        long own = bench.store.reads();
        long other = secrets.reads();
        for (int second = 1; second < Workbench.INTERVAL.toSeconds(); second++) {
            turn(Duration.ofSeconds(1));
        }

        assertThat(secrets.reads()).isGreaterThan(other + 5);
        assertThat(bench.store.reads()).isEqualTo(own);
    }

    @Test
    void ownStoreIsReadAgainButLost_whatItHeldBeforeNobodyReadItIsNotTaken() throws Exception {
        start();
        delete("both");
        delete("own");
        loop.confDirChanged();
        turn(MOMENT);
        bench.store.lose();
        bench.confDir.template("new.ftl", "${getv(\"/app/v\")}");
        define("new", "keys = [\"/app\"]", "");
        loop.confDirChanged();
        turn(MOMENT);
        assertThat(bench.target("new.conf")).doesNotExist();

        bench.store.find();
        turn(Duration.ofSeconds(1));
        assertThat(bench.text("new.conf")).isEqualTo("1");
    }

    @Test
    void twoStoresAtOnePlace_eachHasAStateOfItsOwn() throws Exception {
        MemoryKeyStore more = new MemoryKeyStore();
        more.lose();
        bench.others.put("more", more);
        define("both", BOTH, SECRETS.replace("[\"secrets\"]", "[\"more\"]"));
        loop = bench.loop();
        start();
        turn(Duration.ofSeconds(5));

        assertThat(bench.board.picture().otherStores())
                .extracting(StoreStatus::description, StoreStatus::isUp, StoreStatus::reads)
                .containsExactlyInAnyOrder(tuple("memory", false, 0L), tuple("memory (2)", true, 1L));
    }

    @Test
    void readEndsInAnError_theStoreIsReadAgain() throws Exception {
        bench.lanes(task -> {
            try {
                task.run();
            } catch (StackOverflowError e) {
                // As a thread of the pool: it ends, and nobody else hears of it.
            }
        });
        loop = bench.loop();
        secrets.whenReadNext(() -> {
            throw new StackOverflowError("made by the test");
        });
        start();
        assertThat(other().lostSince()).isPresent();

        turn(Duration.ofSeconds(1));
        assertTexts("1 a", "1", "a");
    }

    @Test
    void ownStoreNotThereAtStart_onlyItsResourcesWait() throws Exception {
        bench.store.lose();
        start();
        assertThat(bench.text("other.conf")).isEqualTo("a");
        assertThat(bench.target("both.conf")).doesNotExist();

        bench.store.find();
        turn(Duration.ofSeconds(1));
        assertTexts("1 a", "1", "a");
    }

    @Test
    void otherStoreDoesNotAnswer_theRestGoOnMeanwhile() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch answer = new CountDownLatch(1);
        try {
            bench.lanes(threads);
            loop = bench.loop();
            follow();
            secrets.whenReadNext(() -> awaitQuietly(answer));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                turn(MOMENT);
                return Files.exists(bench.target("own.conf"));
            });
            assertThat(bench.target("both.conf")).doesNotExist();

            answer.countDown();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                turn(MOMENT);
                return Files.exists(bench.target("both.conf")) && Files.exists(bench.target("other.conf"));
            });
        } finally {
            answer.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void everythingWantedDuringARead_isReadAgainAfterIt() throws Exception {
        start();
        secrets.whenReadNext(() -> {
            // Within the read that the first wish begins.
            loop.lookAtEverything();
            secrets.put("/tls/key", "b");
        });
        loop.lookAtEverything();
        turn(MOMENT);
        turn(MOMENT);

        assertThat(secrets.reads()).isGreaterThanOrEqualTo(3);
        assertTexts("1 b", "1", "b");
    }

    @Test
    void noResourceReadsOwnStore_itIsNotAskedAndNotMissed() throws Exception {
        delete("both");
        delete("own");
        bench.store.lose();
        loop = bench.loop();
        start();

        assertThat(bench.text("other.conf")).isEqualTo("a");
        assertThat(bench.store.reads()).isZero();
        assertThat(bench.board.picture().isStoreRead()).isFalse();
        assertThat(loop.untilNextDue()).isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    void lastResourceOfAStoreIsDeleted_theStoreIsClosedAndForgotten() throws Exception {
        start();
        delete("both");
        delete("other");
        loop.confDirChanged();
        turn(MOMENT);
        long reads = secrets.reads();

        turn(Workbench.INTERVAL);
        assertThat(secrets.reads()).isEqualTo(reads);
        assertThat(bench.board.picture().otherStores()).isEmpty();
        assertThat(loop.untilNextDue()).isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    void resourceTakesUpAnotherStore_readsItAtOnce() throws Exception {
        start();
        MemoryKeyStore more = new MemoryKeyStore();
        more.put("/tls/key", "m");
        bench.others.put("more", more);
        define("both", BOTH, SECRETS.replace("[\"secrets\"]", "[\"more\"]"));
        loop.confDirChanged();
        turn(MOMENT);
        turn(MOMENT);

        assertTexts("1 m", "1", "a");
    }

    @Test
    void minKeys_countsTheKeysOfAllStores() throws Exception {
        define("both", BOTH + "\nmin_keys = 3", SECRETS);
        loop = bench.loop();
        start();
        assertThat(status("both").reason().orElseThrow()).startsWith("2 of at least 3 keys below /app, /tls; ");

        secrets.put("/tls/cert", "c");
        turn(MOMENT);
        assertThat(bench.text("both.conf")).isEqualTo("1 a");
    }

    @Test
    void once_otherStoreLost_itsResourcesFailAndTheRestAreDone() throws Exception {
        secrets.lose();

        List<ResourceStatus> all = loop.once();

        assertThat(bench.text("own.conf")).isEqualTo("1");
        assertThat(bench.target("both.conf")).doesNotExist();
        assertThat(all.stream().filter(status -> status.outcome().isGood()).map(ResourceStatus::name))
                .containsExactly("conf.d/own.toml");
        assertThat(status("both").reason()).contains("memory: not reachable: lost by the test");
    }

    @Test
    void once_otherStoreLost_theRestOfATransactionSaysForWhomItWaits() throws Exception {
        define("both", BOTH + "\ntransaction = \"t\"", SECRETS);
        define("own", "keys = [\"/app\"]\ntransaction = \"t\"", "");
        loop = bench.loop();
        secrets.lose();

        loop.once();

        assertThat(bench.target("own.conf")).doesNotExist();
        assertThat(status("own").reason())
                .contains("its transaction \"t\" waits for conf.d/both.toml; " + bench.target("own.conf")
                        + " left as it was");
    }

    @Test
    void once_allStoresThere_allIsDone() throws Exception {
        loop.once();

        assertTexts("1 a", "1", "a");
    }

    private void define(String name, String keys, String backend) throws Exception {
        bench.confDir.resource(name + ".toml", """
                [template]
                src = "%1$s.ftl"
                dest = "%2$s"
                %3$s
                %4$s""".formatted(name, bench.target(name + ".conf"), keys, backend));
    }

    private void delete(String name) throws Exception {
        Files.delete(bench.confDir.path().resolve("conf.d").resolve(name + ".toml"));
    }

    private void assertTexts(String both, String own, String other) throws Exception {
        assertThat(List.of(bench.text("both.conf"), bench.text("own.conf"), bench.text("other.conf")))
                .containsExactly(both, own, other);
    }

    private void start() throws Exception {
        follow();
        turn(Duration.ZERO);
    }

    private void follow() {
        bench.store.follow(loop::storeChanged);
        bench.elsewhere().follow(loop::elsewhereChanged);
    }

    /** Time passes; then a turn that begins reads and passes, one that takes up what was read, one that hears of passes. */
    private void turn(Duration afterwards) throws Exception {
        bench.pass(afterwards);
        loop.turn(loop.mail());
        loop.turn(loop.mail());
        loop.turn(loop.mail());
    }

    private ResourceStatus status(String name) {
        return bench.board.picture().resources().stream()
                .filter(status -> status.name().equals("conf.d/" + name + ".toml"))
                .findFirst()
                .orElseThrow();
    }

    private StoreStatus other() {
        return bench.board.picture().otherStores().get(0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
