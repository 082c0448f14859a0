package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.store.ClaimedKey.Claim;
import dev.segue.store.StoreException;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.FreePorts;
import dev.segue.testing.TcpGate;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key that is there while we keep it, and of which nothing that others wrote is ever lost. */
@Tag("server")
@Timeout(120)
class EtcdClaimedKeyTest {
    private static final String NAME = "/app/upstream/py1";
    private static final String OURS = "10.0.0.1:8080";
    private static final String THEIRS = "10.0.0.9:8080";

    /** Longer than a test, so that nothing runs out by itself. */
    private static final Duration LONG_LIFE = Duration.ofSeconds(60);

    @RegisterExtension
    static final EtcdServer etcd = EtcdServer.plain();

    private final List<EtcdClaimedKey> open = new ArrayList<>();
    private EtcdClaimedKey key = open(LONG_LIFE, Stores.loopback(1));

    @BeforeEach
    void clear() {
        etcd.deletePrefix("/");
        key = open(LONG_LIFE, etcd.url());
    }

    @AfterEach
    void close() {
        open.forEach(EtcdClaimedKey::close);
    }

    @Test
    void keep_nobodyHasIt_putsItUnderALeaseAndThenLeavesItAlone() throws Exception {
        assertThat(key.keep()).isEqualTo(Claim.OURS);
        long revision = etcd.revision();
        assertThat(key.keep()).isEqualTo(Claim.OURS);

        assertThatTheKeyHolds(OURS);
        assertThat(etcd.leaseOf(NAME)).isNotZero();
        assertThat(etcd.revision()).isEqualTo(revision);
    }

    @Test
    void keep_threeTimesInALife_outlivesIt() throws Exception {
        EtcdClaimedKey brief = open(Duration.ofSeconds(2), etcd.url());
        brief.keep();
        long revision = etcd.revision();

        await().pollInterval(Duration.ofMillis(600))
                .during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> brief.keep() == Claim.OURS && etcd.revision() == revision);
    }

    @Test
    void keep_noMore_runsOut() throws Exception {
        open(Duration.ofSeconds(2), etcd.url()).keep();
        assertThatTheKeyHolds(OURS);

        await().atMost(Duration.ofSeconds(20)).until(() -> etcd.entries("/").isEmpty());
    }

    @Test
    void keep_othersHaveAnotherValue_leavesIt_andComesOnceTheyAreGone() throws Exception {
        long revision = etcd.put(NAME, THEIRS);

        assertThat(key.keep()).isEqualTo(Claim.FOREIGN);
        assertThat(key.keep()).isEqualTo(Claim.FOREIGN);

        assertThat(etcd.revision()).isEqualTo(revision);
        etcd.delete(NAME);
        assertThat(key.keep()).isEqualTo(Claim.OURS);
        assertThatTheKeyHolds(OURS);
    }

    @Test
    void keep_aPredecessorLeftOurValue_takesItOver() throws Exception {
        EtcdClaimedKey predecessor = open(LONG_LIFE, etcd.url());
        predecessor.keep();
        long before = etcd.leaseOf(NAME);

        assertThat(key.keep()).isEqualTo(Claim.OURS);

        assertThat(etcd.leaseOf(NAME)).isNotZero().isNotEqualTo(before);
        assertThatTheKeyHolds(OURS);
    }

    @Test
    void keep_putByHandWithOurValue_takesItOver() throws Exception {
        etcd.put(NAME, OURS);

        assertThat(key.keep()).isEqualTo(Claim.OURS);

        assertThat(etcd.leaseOf(NAME)).isNotZero();
    }

    @Test
    void keep_aTwinTookItOver_isNotTakenBackUntilTheTwinIsGone() throws Exception {
        key.keep();
        EtcdClaimedKey twin = open(LONG_LIFE, etcd.url());
        twin.keep();
        long revision = etcd.revision();

        assertThat(key.keep()).isEqualTo(Claim.FOREIGN);
        assertThat(twin.keep()).isEqualTo(Claim.OURS);
        assertThat(etcd.revision()).isEqualTo(revision);

        twin.remove();
        assertThat(key.keep()).isEqualTo(Claim.OURS);
    }

    @Test
    void keep_othersOverwroteIt_leavesWhatTheyWrote() throws Exception {
        key.keep();
        etcd.put(NAME, THEIRS);

        assertThat(key.keep()).isEqualTo(Claim.FOREIGN);
        assertThatTheKeyHolds(THEIRS);
    }

    @Test
    void keep_othersDeletedIt_putsItAgain() throws Exception {
        key.keep();
        etcd.delete(NAME);

        assertThat(key.keep()).isEqualTo(Claim.OURS);
        assertThatTheKeyHolds(OURS);
    }

    @Test
    void keep_leaseIsGone_takesAnother() throws Exception {
        key.keep();
        long lease = etcd.leaseOf(NAME);
        etcd.revoke(lease);

        assertThat(key.keep()).isEqualTo(Claim.OURS);
        assertThat(etcd.leaseOf(NAME)).isNotZero().isNotEqualTo(lease);
    }

    @Test
    void keep_storeAway_failsAndSaysWhy_andIsWellOnceItIsBack() throws Exception {
        key.keep();
        etcd.stop();
        try {
            assertThatThrownBy(key::keep)
                    .isInstanceOf(StoreException.class)
                    .hasMessage("etcd " + etcd.url() + ": not reachable: Connection refused");
        } finally {
            etcd.start();
        }

        assertThat(key.keep()).isEqualTo(Claim.OURS);
        assertThatTheKeyHolds(OURS);
    }

    @Test
    void keep_storeWiped_putsItAgain() throws Exception {
        key.keep();
        etcd.kill();
        etcd.wipe();

        assertThat(key.keep()).isEqualTo(Claim.OURS);
        assertThatTheKeyHolds(OURS);
    }

    @Test
    void keep_firstNodeDead_asksTheNext() throws Exception {
        EtcdClaimedKey ofTwo = open(LONG_LIFE, Stores.loopback(FreePorts.next()), etcd.url());

        assertThat(ofTwo.keep()).isEqualTo(Claim.OURS);
    }

    @Test
    void keep_nodeHangs_isOursOverTheNextAllTheSame() throws Exception {
        try (TcpGate gate = TcpGate.to(etcd.port())) {
            EtcdClaimedKey ofTwo = open(Duration.ofSeconds(5), Stores.loopback(gate.port()), etcd.url());
            ofTwo.keep();
            long lease = etcd.leaseOf(NAME);
            gate.silence();

            assertThat(ofTwo.keep()).isEqualTo(Claim.OURS);
            assertThat(etcd.leaseOf(NAME)).isEqualTo(lease);
        }
    }

    @Test
    void remove_ours_saysAtWhichRevisionAndLeavesNoLease() throws Exception {
        key.keep();
        long lease = etcd.leaseOf(NAME);

        assertThat(key.remove()).hasValue(etcd.revision());

        assertThat(etcd.entries("/")).isEmpty();
        assertThat(etcd.leases()).doesNotContain(lease);
    }

    @Test
    void remove_othersOverwroteIt_leavesWhatTheyWrote() throws Exception {
        key.keep();
        long revision = etcd.put(NAME, OURS);

        assertThat(key.remove()).isEmpty();

        assertThat(etcd.revision()).isEqualTo(revision);
        assertThatTheKeyHolds(OURS);
    }

    @Test
    void remove_neverKept_leavesWhatIsThere() throws Exception {
        etcd.put(NAME, OURS);

        assertThat(key.remove()).isEmpty();

        assertThatTheKeyHolds(OURS);
    }

    @Test
    void remove_againOrAfterOthersDid_isEmpty() throws Exception {
        key.keep();
        etcd.delete(NAME);

        assertThat(key.remove()).isEmpty();
        assertThat(key.remove()).isEmpty();
    }

    @Test
    void remove_thenKeep_comesBackUnderAnotherLease() throws Exception {
        key.keep();
        long lease = etcd.leaseOf(NAME);
        key.remove();

        assertThat(key.keep()).isEqualTo(Claim.OURS);
        assertThat(etcd.leaseOf(NAME)).isNotZero().isNotEqualTo(lease);
    }

    @Test
    void remove_storeAway_failsAndCanBeTriedAgain() throws Exception {
        key.keep();
        etcd.stop();
        try {
            assertThatThrownBy(key::remove).isInstanceOf(StoreException.class);
        } finally {
            etcd.start();
        }

        assertThat(key.remove()).hasValue(etcd.revision());
        assertThat(etcd.entries("/")).isEmpty();
    }

    private EtcdClaimedKey open(Duration life, URI... nodes) {
        EtcdClaimedKey opened = new EtcdClaimedKey(Stores.settings(nodes), NAME, OURS, life);
        open.add(opened);
        return opened;
    }

    private static void assertThatTheKeyHolds(String value) {
        assertThat(etcd.entries("/")).isEqualTo(Map.of(NAME, value));
    }
}
