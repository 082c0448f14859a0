package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the login to an etcd that asks for one. */
@Tag("server")
@Timeout(120)
class LoginFaultsTest {
    private static final Login LOGIN = new Login("segue", "open sesame");
    private static final int TOKEN_SECONDS = 2;

    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.withLogin(LOGIN, TOKEN_SECONDS);

    @TempDir
    Path folder;

    private Mirror mirror;
    private String login;

    @BeforeEach
    void newMirror() throws IOException {
        ETCD.deletePrefix("/app/");
        ETCD.put("/app/a", "1");
        mirror = Mirror.in(folder);
        Path password = Files.writeString(folder.resolve("password"), LOGIN.password() + "\n");
        login = " --username=" + LOGIN.user() + " --password-file=" + password;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interval=4s", "--watch --interval=1h"})
    void tokenExpired_isRenewedUnnoticed(String mode) {
        try (SegueProcess segue = mirror.start(mode + login, ETCD.url())) {
            mirror.awaitInStep(ETCD);
            awaitExpiry();
            ETCD.put("/app/a", "2");
            mirror.awaitInStep(ETCD);
            awaitExpiry();
            ETCD.put("/app/a", "3");
            mirror.awaitInStep(ETCD);

            await().until(() -> mirror.reloads() == 3);
            Mirror.assertWell(segue, Mirror.neverLost());
        }
    }

    /** A new password, even the old one, ends every login of the user. */
    @ParameterizedTest
    @ValueSource(strings = {"--interval=50ms", "--watch --interval=1h"})
    void tokenEnded_isRenewedUnnoticed(String mode) {
        try (SegueProcess segue = mirror.start(mode + login, ETCD.url())) {
            mirror.awaitInStep(ETCD);
            JsonObject change = new JsonObject();
            change.addProperty("name", LOGIN.user());
            change.addProperty("password", LOGIN.password());
            ETCD.post("/v3/auth/user/changepw", change);

            mirror.assertFollows(ETCD, "after");

            assertThat(mirror.reloads()).isEqualTo(2);
            Mirror.assertWell(segue, Mirror.neverLost());
        }
    }

    /** Only time ends a login: asking whether it still holds would prolong it. */
    private static void awaitExpiry() {
        await().pollDelay(Duration.ofSeconds(TOKEN_SECONDS + 2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> true);
    }
}
