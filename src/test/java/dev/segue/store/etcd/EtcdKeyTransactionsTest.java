package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import dev.segue.keys.ByteText;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.KeyTransactions.Guard;
import dev.segue.store.KeyTransactions.Versioned;
import dev.segue.store.KeyTransactions.Write;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.FreePorts;
import dev.segue.testing.TcpGate;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a get gives, what a commit makes, and what is known after a failure. */
@Tag("server")
@Timeout(120)
class EtcdKeyTransactionsTest {
    @RegisterExtension
    static final EtcdServer etcd = EtcdServer.plain();

    private EtcdKeyTransactions keys = Stores.transactions(Stores.loopback(1));

    @BeforeEach
    void open() {
        etcd.deletePrefix("/");
        keys = Stores.transactions(etcd.url());
    }

    @AfterEach
    void close() {
        keys.close();
    }

    @Test
    void get_keyThere_hasValueAndRevision() throws Exception {
        long revision = etcd.put("/a", "1");
        etcd.put("/a/b", "2");

        assertThat(keys.get("/a")).isEqualTo(new Versioned("/a", Optional.of("1"), revision));
    }

    @Test
    void get_keyNotThere_isEmptyAtZero() throws Exception {
        etcd.put("/a/b", "2");

        assertThat(keys.get("/a")).isEqualTo(new Versioned("/a", Optional.empty(), 0));
    }

    @Test
    void get_earlierRevision_isAsItWas() throws Exception {
        long before = etcd.revision();
        long first = etcd.put("/a", "1");
        long second = etcd.put("/a", "2");
        long deleted = etcd.delete("/a");

        assertThat(keys.get("/a", before)).contains(new Versioned("/a", Optional.empty(), 0));
        assertThat(keys.get("/a", first)).contains(new Versioned("/a", Optional.of("1"), first));
        assertThat(keys.get("/a", second)).contains(new Versioned("/a", Optional.of("2"), second));
        assertThat(keys.get("/a", deleted)).contains(new Versioned("/a", Optional.empty(), 0));
    }

    @Test
    void get_revisionUnknownToTheStore_isEmpty() throws Exception {
        long first = etcd.put("/a", "1");
        long second = etcd.put("/a", "2");
        etcd.compact(second);

        assertThat(keys.get("/a", first)).as("compacted").isEmpty();
        assertThat(keys.get("/a", second)).as("kept").isPresent();
        assertThat(keys.get("/a", second + 1)).as("yet to come").isEmpty();
        assertThat(keys.get("/a", 0)).as("before the first").isEmpty();
        assertThat(keys.get("/a", -1)).as("before the first").isEmpty();
    }

    @Test
    void deletedAt_aWhileAgo_isThatRevision() throws Exception {
        etcd.put("/a", "1");
        etcd.delete("/a");
        etcd.compact(etcd.put("/a", "2"));
        long deleted = etcd.delete("/a");
        etcd.put("/b", "3");
        etcd.put("/a/b", "4");

        assertThat(keys.deletedAt("/a")).hasValue(deleted);
    }

    @Test
    void deletedAt_longAgo_isNotFound() throws Exception {
        etcd.put("/a", "1");
        etcd.delete("/a");
        for (int i = 0; i <= 100; i++) {
            etcd.put("/b", "3");
        }

        assertThat(keys.deletedAt("/a")).isEmpty();
        assertThat(keys.deletedAt("/never")).isEmpty();
    }

    @Test
    void deletedAt_compacted_isNotFound() throws Exception {
        etcd.put("/a", "1");
        etcd.delete("/a");
        etcd.compact(etcd.put("/b", "3"));
        etcd.put("/b", "4");

        assertThat(keys.deletedAt("/a")).isEmpty();
    }

    @Test
    void commit_guardsHold_makesAllWritesAtOneRevision() throws Exception {
        long old = etcd.put("/old", "1");

        long made = keys.commit(
                        List.of(new Guard("/old", old), new Guard("/new", 0)),
                        List.of(put("/new", "2"), put("/other", "3"), delete("/old")))
                .orElseThrow();

        assertThat(made).isEqualTo(etcd.revision()).isEqualTo(old + 1);
        assertThat(etcd.entries("/")).containsExactly(Map.entry("/new", "2"), Map.entry("/other", "3"));
        assertThat(keys.get("/new").modRevision()).isEqualTo(made);
        assertThat(keys.get("/other").modRevision()).isEqualTo(made);
    }

    @Test
    void commit_oneGuardDoesNotHold_makesNothing() throws Exception {
        long revision = etcd.put("/a", "1");

        assertThat(keys.commit(List.of(new Guard("/a", revision - 1)), List.of(put("/b", "2"))))
                .as("other revision")
                .isEmpty();
        assertThat(keys.commit(List.of(new Guard("/b", 0), new Guard("/a", 0)), List.of(put("/b", "2"))))
                .as("there, contrary to the guard")
                .isEmpty();
        assertThat(keys.commit(List.of(new Guard("/c", revision)), List.of(put("/b", "2"))))
                .as("not there, contrary to the guard")
                .isEmpty();
        assertThat(etcd.revision()).isEqualTo(revision);
    }

    @Test
    void commit_keyDeletedAndPutAgain_isNotTheSameKey() throws Exception {
        long revision = etcd.put("/a", "1");
        etcd.delete("/a");
        etcd.put("/a", "1");

        assertThat(keys.commit(List.of(new Guard("/a", revision)), List.of(delete("/a"))))
                .isEmpty();
    }

    @Test
    void commit_deleteOfWhatIsNotThere_changesNothing() throws Exception {
        long revision = etcd.revision();

        assertThat(keys.commit(List.of(), List.of(delete("/a")))).hasValue(revision);
    }

    @Test
    void commit_bytesThatAreNoText_comeThroughUnchanged() throws Exception {
        byte[] name = {'/', 'a', (byte) 0xFF, 0, (byte) 0xC3};
        byte[] value = new byte[256];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }
        String key = ByteText.decode(name);
        long revision = etcd.put(name, new byte[] {1});

        keys.commit(List.of(new Guard(key, revision)), List.of(put(key, ByteText.decode(value))))
                .orElseThrow();

        assertThat(keys.get(key).value())
                .map(ByteText::encode)
                .hasValueSatisfying(held -> assertThat(held).isEqualTo(value));
    }

    @Test
    void commit_emptyValue_isAValue() throws Exception {
        keys.commit(List.of(), List.of(put("/a", "")));

        assertThat(keys.get("/a").value()).contains("");
    }

    @Test
    void commit_noWrites_isAMistake() {
        assertThatThrownBy(() -> keys.commit(List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void commit_sameKeyTwice_isRefusedForSure() throws Exception {
        StoreException failure = failure(() -> keys.commit(List.of(), List.of(put("/a", "1"), put("/a", "2"))));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessage("etcd " + etcd.url() + ": duplicate key given in txn request");
    }

    @Test
    void commit_storeIsFull_isRefusedForSure() throws Exception {
        alarm("ACTIVATE");
        try {
            StoreException failure = failure(() -> keys.commit(List.of(), List.of(put("/a", "1"))));

            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure)
                    .hasMessage("etcd " + etcd.url() + ": takes no writes, its space is used up"
                            + " (compact, defragment, then disarm its alarm)");
        } finally {
            alarm("DEACTIVATE");
        }
        assertThat(keys.commit(List.of(), List.of(put("/a", "1")))).isPresent();
    }

    @Test
    void storeStopped_nothingIsWrittenForSure_andGoesOnOnceItIsBack() throws Exception {
        keys.commit(List.of(), List.of(put("/a", "1")));
        etcd.stop();
        try {
            assertThatThrownBy(() -> keys.get("/a"))
                    .hasMessage("etcd " + etcd.url() + ": not reachable: Connection refused");
            assertThatThrownBy(() -> keys.commit(List.of(), List.of(put("/a", "2"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("etcd " + etcd.url() + ": not reachable: Connection refused");
        } finally {
            etcd.start();
        }

        assertThat(keys.get("/a").value()).contains("1");
        assertThat(keys.commit(List.of(), List.of(put("/a", "3")))).isPresent();
    }

    @Test
    void storeWiped_guardsOfBeforeDoNotHold() throws Exception {
        long made = keys.commit(List.of(), List.of(put("/a", "1"))).orElseThrow();
        etcd.kill();
        etcd.wipe();

        assertThat(keys.get("/a")).isEqualTo(new Versioned("/a", Optional.empty(), 0));
        assertThat(keys.commit(List.of(new Guard("/a", made)), List.of(put("/a", "2"))))
                .isEmpty();
        assertThat(keys.commit(List.of(new Guard("/a", 0)), List.of(put("/a", "2"))))
                .hasValue(2);
    }

    @Test
    void storeHangs_failsInTime_andNothingIsWritten() throws Exception {
        keys.get("/a");
        long revision = etcd.revision();
        etcd.pause();
        try {
            long start = System.nanoTime();
            assertThat(failure(() -> keys.commit(List.of(), List.of(put("/a", "1")))))
                    .hasMessage("etcd " + etcd.url() + ": no answer within 2 s");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        } finally {
            etcd.resume();
        }

        assertThat(keys.commit(List.of(), List.of(put("/a", "2")))).hasValue(revision + 1);
    }

    @Test
    void firstNodeDead_theNextCommits() throws Exception {
        URI dead = Stores.loopback(FreePorts.next());
        try (EtcdKeyTransactions both = Stores.transactions(dead, etcd.url())) {
            assertThat(both.commit(List.of(new Guard("/a", 0)), List.of(put("/a", "1"))))
                    .isPresent();
        }
    }

    @Test
    void firstNodeHangs_theNextCommits() throws Exception {
        try (TcpGate gate = TcpGate.to(etcd.port());
                EtcdKeyTransactions both = Stores.transactions(Stores.loopback(gate.port()), etcd.url())) {
            both.get("/a");
            long revision = etcd.revision();
            gate.silence();

            assertThat(both.commit(List.of(), List.of(put("/a", "1")))).hasValue(revision + 1);
        }
    }

    private enum Outcome {
        MADE,
        NOT_KNOWN
    }

    @Test
    void commit_connectionCutAfterAnyByte_isMadeOnceOrSaidToBeUnknown() throws Exception {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        for (int bytes = 1; bytes < 400; bytes += 8) {
            long before = etcd.revision();
            try (TcpGate gate = TcpGate.to(etcd.port());
                    EtcdKeyTransactions both = Stores.transactions(Stores.loopback(gate.port()), etcd.url())) {
                gate.afterBytes(bytes, gate::cut);
                Outcome outcome = commitOnce(both);
                outcomes.add(outcome);
                long made = etcd.revision() - before;
                assertThat(made)
                        .as("cut after %d bytes: %s", bytes, outcome)
                        .isBetween(outcome == Outcome.MADE ? 1L : 0L, 1L);
            }
        }
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
    }

    private static Outcome commitOnce(EtcdKeyTransactions both) {
        try {
            assertThat(both.commit(List.of(), List.of(put("/a", "1")))).isPresent();
            return Outcome.MADE;
        } catch (StoreException e) {
            assertThat(e).hasMessageEndingWith("(whether the writes were made is not known)");
            return Outcome.NOT_KNOWN;
        }
    }

    @Test
    void storeWithoutUsers_takesALogin() throws Exception {
        try (EtcdKeyTransactions asUser = new EtcdKeyTransactions(
                Stores.settings(Certificates.SYSTEM, Optional.of(new Login("segue", "open sesame")), etcd.url()))) {
            assertThat(asUser.commit(List.of(new Guard("/a", 0)), List.of(put("/a", "1"))))
                    .isPresent();
        }
    }

    @Test
    void closeDuringACall_endsItAtOnce() throws Exception {
        etcd.pause();
        try {
            CompletableFuture<StoreException> failure =
                    CompletableFuture.supplyAsync(() -> failure(() -> keys.commit(List.of(), List.of(delete("/a")))));
            Awaitility.await()
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .anyMatch(thread -> thread.getName().startsWith("etcd-connection")));

            keys.close();

            assertThat(failure.get(1, TimeUnit.SECONDS)).hasMessage("etcd " + etcd.url() + ": closed");
        } finally {
            etcd.resume();
        }
    }

    private static void alarm(String action) {
        JsonObject alarm = new JsonObject();
        alarm.addProperty("action", action);
        alarm.addProperty("alarm", "NOSPACE");
        etcd.post("/v3/maintenance/alarm", alarm);
    }

    private static StoreException failure(ThrowingCallable call) {
        return catchThrowableOfType(StoreException.class, call);
    }

    private static Write put(String key, String value) {
        return new Write(key, Optional.of(value));
    }

    private static Write delete(String key) {
        return new Write(key, Optional.empty());
    }
}
