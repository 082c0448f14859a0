package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.ClaimedKey.Claim;
import dev.segue.store.KeyTransactions.Guard;
import dev.segue.store.KeyTransactions.Write;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.testing.CapturedLog;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.EtcdUsers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may write which key, and what is said about those who may not. */
@Tag("server")
@Timeout(120)
class EtcdRightsTest {
    private static final Login ADMIN = new Login("segue", "open sesame");
    private static final int TOKEN_SECONDS = 2;
    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(5);

    @RegisterExtension
    static final EtcdServer etcd = EtcdServer.withLogin(ADMIN, TOKEN_SECONDS);

    private static final EtcdUsers USERS = new EtcdUsers(etcd);

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void adminsKeyAndCommits_outliveTheLogin() throws Exception {
        try (EtcdKeyTransactions keys = new EtcdKeyTransactions(settings(ADMIN));
                EtcdLeasedKey key = new EtcdLeasedKey(settings(ADMIN), "/admin/leased", LIFE)) {
            key.set("1");
            long made = keys.commit(List.of(new Guard("/admin/a", 0)), List.of(put("/admin/a")))
                    .orElseThrow();

            // Only time ends a login, and each use of it prolongs it.
            await().during(Duration.ofSeconds(TOKEN_SECONDS + 3))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> true);

            assertThat(etcd.entries("/admin/leased")).containsEntry("/admin/leased", "1");
            assertThat(keys.commit(List.of(new Guard("/admin/a", made)), List.of(put("/admin/a"))))
                    .isPresent();
            key.set("2");
            await().atMost(SOON).until(() -> etcd.entries("/admin/leased").containsValue("2"));
        }
        assertThat(etcd.entries("/admin/leased")).isEmpty();
        assertThat(said("/admin/leased")).isEmpty();
    }

    @Test
    void rightsOfTheKeyAlone_areEnough() throws Exception {
        Login login = USERS.add("narrow");
        USERS.grant("narrow", "READWRITE", "/narrow/a");
        USERS.grant("narrow", "READWRITE", "/narrow/leased");
        try (EtcdKeyTransactions keys = new EtcdKeyTransactions(settings(login));
                EtcdLeasedKey key = new EtcdLeasedKey(settings(login), "/narrow/leased", LIFE)) {
            key.set("1");
            await().atMost(SOON).until(() -> etcd.entries("/narrow/leased").containsValue("1"));

            assertThat(keys.commit(List.of(new Guard("/narrow/a", 0)), List.of(put("/narrow/a"))))
                    .isPresent();
            assertThat(keys.get("/narrow/a").value()).isPresent();
        }
        assertThat(etcd.entries("/narrow/leased")).isEmpty();
    }

    @Test
    void rightsOfTheKeyAlone_areEnoughToClaimIt() throws Exception {
        Login login = USERS.add("claimer");
        USERS.grant("claimer", "READWRITE", "/claimer/a");
        try (EtcdClaimedKey key = new EtcdClaimedKey(settings(login), "/claimer/a", "1", LIFE)) {
            assertThat(key.keep()).isEqualTo(Claim.OURS);
            assertThat(etcd.entries("/claimer/a")).containsValue("1");
            assertThat(key.keep()).isEqualTo(Claim.OURS);
            long lease = etcd.leaseOf("/claimer/a");

            assertThat(key.remove()).hasValue(etcd.revision());

            assertThat(etcd.entries("/claimer/a")).isEmpty();
            assertThat(etcd.leases()).doesNotContain(lease);
        }
    }

    @Test
    void rightToWriteAlone_isEnoughForACommitWithoutGuards() throws Exception {
        Login login = USERS.add("writer");
        USERS.grant("writer", "WRITE", "/writer/a");
        try (EtcdKeyTransactions keys = new EtcdKeyTransactions(settings(login))) {
            assertThat(keys.commit(List.of(), List.of(put("/writer/a")))).isPresent();

            assertRefused(
                    () -> keys.get("/writer/a"),
                    "etcd " + etcd.url() + ": user \"writer\": not permitted to read /writer/a");
        }
    }

    @Test
    void rightToWriteAlone_keepsALeasedKey_andBringsItBackWhenOthersDeleteIt() {
        Login login = USERS.add("member");
        USERS.grantBelow("member", "WRITE", "/segue/");
        Duration life = Duration.ofSeconds(3);
        try (EtcdLeasedKey key = new EtcdLeasedKey(settings(login), "/segue/web/member", life)) {
            key.set("1");
            await().atMost(SOON).until(() -> etcd.entries("/segue/").containsValue("1"));
            long revision = etcd.revision();
            await().during(life.multipliedBy(2))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> etcd.entries("/segue/").containsValue("1") && etcd.revision() == revision);

            etcd.delete("/segue/web/member");

            await().atMost(SOON).until(() -> etcd.entries("/segue/").containsValue("1"));
        }
        assertThat(etcd.entries("/segue/")).isEmpty();
        assertThat(said("/segue/web/member")).isEmpty();
    }

    @Test
    void commitWithoutTheRight_isRefusedForSure_andNamesTheKeys() throws Exception {
        Login login = USERS.add("reader");
        USERS.grant("reader", "READ", "/reader/a");
        long revision = etcd.revision();
        try (EtcdKeyTransactions keys = new EtcdKeyTransactions(settings(login))) {
            assertRefused(
                    () -> keys.commit(List.of(new Guard("/reader/a", 0)), List.of(put("/reader/a"), put("/reader/b"))),
                    "etcd " + etcd.url() + ": user \"reader\": not permitted to read and write /reader/a, /reader/b");
        }
        assertThat(etcd.revision()).isEqualTo(revision);
    }

    @Test
    void wrongPassword_isRefused() {
        try (EtcdKeyTransactions keys = new EtcdKeyTransactions(settings(new Login("segue", "guess")))) {
            String message = "etcd " + etcd.url() + ": user \"segue\": wrong password, or no such user";
            assertRefused(() -> keys.get("/a"), message);
            assertRefused(() -> keys.commit(List.of(), List.of(put("/a"))), message);
        }
    }

    @Test
    void leasedKeyWithoutTheRight_isSaidOnce_andComesOnceItIsGranted() throws Exception {
        Login login = USERS.add("guest");
        try (EtcdLeasedKey key = new EtcdLeasedKey(settings(login), "/guest/leased", LIFE)) {
            key.set("hidden");
            await().atMost(SOON).until(() -> !said("/guest/leased").isEmpty());
            key.set("hidden too");
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> said("/guest/leased").size() == 1);

            USERS.grant("guest", "WRITE", "/guest/leased");

            await().atMost(SOON).until(() -> said("/guest/leased").size() == 2);
            assertThat(etcd.entries("/guest/leased")).containsValue("hidden too");
        }
        assertThat(said("/guest/leased").get(0))
                .isEqualTo("ERROR /guest/leased: not kept in the store until this is mended: etcd " + etcd.url()
                        + ": user \"guest\": not permitted to write /guest/leased"
                        + " (a role with WRITE on that key is needed)");
        assertThat(said("/guest/leased").get(1)).matches("INFO /guest/leased: kept in the store now, after \\d+ m?s");
        assertThat(log.lines()).noneMatch(line -> line.contains("hidden"));
    }

    private List<String> said(String key) {
        return log.lines().stream()
                .filter(line -> line.matches("[A-Z]+ " + key + ": .*"))
                .toList();
    }

    private static StoreSettings settings(Login login) {
        return Stores.settings(Certificates.SYSTEM, Optional.of(login), etcd.url());
    }

    private static Write put(String key) {
        return new Write(key, Optional.of("1"));
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED))
                .hasMessage(message);
    }
}
