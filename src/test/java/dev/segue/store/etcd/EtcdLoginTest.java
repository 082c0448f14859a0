package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.segue.keys.KeyRanges;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.Follower;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users and passwords, and logins that end while the daemon runs. */
@Tag("server")
@Timeout(120)
class EtcdLoginTest {
    private static final KeyRanges APP = Stores.ranges("/app");
    private static final Login LOGIN = new Login("segue", "open sesame");
    private static final int TOKEN_SECONDS = 2;

    @RegisterExtension
    static final EtcdServer etcd = EtcdServer.withLogin(LOGIN, TOKEN_SECONDS);

    @RegisterExtension
    static final EtcdServer open = EtcdServer.plain();

    @Test
    void rightPassword_readsAndFollows() throws Exception {
        try (EtcdKeyStore store = store(LOGIN, etcd)) {
            Follower follower = new Follower();
            store.follow(follower);
            store.read(APP);
            etcd.put("/app/a", "1");
            follower.awaitCall();

            assertThat(store.read(APP).value("/app/a")).contains("1");
        }
    }

    @Test
    void wrongPassword_isRefused() {
        assertRefused(
                store(new Login("segue", "guess"), etcd),
                "etcd " + etcd.url() + ": user \"segue\": wrong password, or no such user");
    }

    @Test
    void noLogin_isRefused() {
        assertRefused(Stores.open(etcd.url()), "etcd " + etcd.url() + ": asks for a user and a password");
    }

    @Test
    void userWithoutRights_isRefused() {
        JsonObject user = new JsonObject();
        user.addProperty("name", "guest");
        user.addProperty("password", "guest");
        etcd.post("/v3/auth/user/add", user);

        assertRefused(
                store(new Login("guest", "guest"), etcd),
                "etcd " + etcd.url() + ": user \"guest\": not permitted to read all of the keys asked for");
    }

    @Test
    void userWithRightsToThePathAlone_readsAndFollows() throws Exception {
        JsonObject role = new JsonObject();
        role.addProperty("name", "app-reader");
        etcd.post("/v3/auth/role/add", role);
        grantReading("/narrow", "");
        grantReading("/narrow/", "/narrow0");
        JsonObject user = new JsonObject();
        user.addProperty("name", "narrow");
        user.addProperty("password", "narrow");
        etcd.post("/v3/auth/user/add", user);
        JsonObject grant = new JsonObject();
        grant.addProperty("user", "narrow");
        grant.addProperty("role", "app-reader");
        etcd.post("/v3/auth/user/grant", grant);

        try (EtcdKeyStore store = store(new Login("narrow", "narrow"), etcd)) {
            Follower follower = new Follower();
            store.follow(follower);
            store.read(Stores.ranges("/narrow"));
            etcd.put("/narrow/a", "1");
            follower.awaitCall();
            assertThat(store.catchUp(Stores.ranges("/narrow")).value("/narrow/a"))
                    .contains("1");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(etcd.watchers()).isEqualTo(2));
            follower.reset();
            int calls = follower.calls();
            etcd.put("/narrow/a", "2");
            follower.awaitCall();
            assertThat(store.catchUp(Stores.ranges("/narrow")).value("/narrow/a"))
                    .contains("2");
            assertThat(follower.calls()).isEqualTo(calls + 1);
        }
    }

    @Test
    void storeWithoutUsers_takesALoginAsConfdDoes() throws Exception {
        try (EtcdKeyStore store = store(LOGIN, open)) {
            assertThat(store.read(APP).revision()).isEqualTo(open.revision());
        }
    }

    @Test
    void loginEndedByEtcd_isRenewedUnnoticed() throws Exception {
        try (EtcdKeyStore store = store(LOGIN, etcd)) {
            Follower follower = new Follower();
            store.follow(follower);
            store.read(APP);

            endAllLogins();

            etcd.put("/app/a", "2");
            follower.awaitCall();
            assertThat(store.read(APP).value("/app/a")).contains("2");
            endAllLogins();
            assertThat(store.read(Stores.ranges("/web")).isEmpty()).isTrue();
            follower.reset();
            etcd.put("/web/a", "3");
            follower.awaitCall();
        }
    }

    @Test
    void loginExpired_isRenewedUnnoticed() throws Exception {
        try (EtcdKeyStore store = store(LOGIN, etcd)) {
            Follower follower = new Follower();
            store.follow(follower);
            store.read(APP);

            // Only time ends this login: asking whether it still holds would prolong it.
            Awaitility.await()
                    .pollDelay(Duration.ofSeconds(TOKEN_SECONDS + 2))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> true);

            etcd.put("/app/a", "3");
            follower.awaitCall();
            assertThat(store.read(APP).value("/app/a")).contains("3");
        }
    }

    /** A new password, even the old one, ends every login of the user. */
    private static void endAllLogins() {
        JsonObject change = new JsonObject();
        change.addProperty("name", LOGIN.user());
        change.addProperty("password", LOGIN.password());
        etcd.post("/v3/auth/user/changepw", change);
    }

    private static void grantReading(String key, String end) {
        JsonObject permission = new JsonObject();
        permission.addProperty("permType", "READ");
        permission.addProperty("key", base64(key));
        permission.addProperty("range_end", base64(end));
        JsonObject grant = new JsonObject();
        grant.addProperty("name", "app-reader");
        grant.add("perm", permission);
        etcd.post("/v3/auth/role/grant", grant);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static EtcdKeyStore store(Login login, EtcdServer server) {
        return new EtcdKeyStore(Stores.settings(Certificates.SYSTEM, Optional.of(login), server.url()));
    }

    private static void assertRefused(EtcdKeyStore store, String message) {
        try (store) {
            assertThatThrownBy(() -> store.read(APP))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessage(message);
        }
    }
}
