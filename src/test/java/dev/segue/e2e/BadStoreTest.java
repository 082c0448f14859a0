package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.EtcdServer.ClientAuth;
import dev.segue.testing.FreePorts;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores that cannot be reached or do not let Segue in. */
@Tag("server")
@Timeout(120)
class BadStoreTest {
    private static final TestCertificates OURS = TestCertificates.temporary();

    @RegisterExtension
    static final EtcdServer PLAIN = EtcdServer.plain();

    @RegisterExtension
    static final EtcdServer TLS = EtcdServer.tls(OURS, ClientAuth.NONE);

    @RegisterExtension
    static final EtcdServer LOGIN = EtcdServer.withLogin(new Login("root", "right"), 300);

    @TempDir
    static Path folder;

    private Site site;

    @BeforeEach
    void newSite() throws IOException {
        site = Site.in(folder, PLAIN).oldTarget("good");
    }

    static Stream<Arguments> badStores() {
        String refused = "http://127.0.0.1:" + FreePorts.next();
        String wrongly = "http://127.0.0.1:" + TLS.port();
        String needlessly = "https://127.0.0.1:" + PLAIN.port();
        return Stream.of(
                Arguments.of(List.of(refused), refused + ": not reachable: Connection refused"),
                Arguments.of(
                        List.of("http://no-such-host.invalid:2379"),
                        "http://no-such-host.invalid:2379: not reachable: host name \"no-such-host.invalid\""
                                + " can't be resolved"),
                Arguments.of(
                        List.of(LOGIN.url().toString(), "--username=root", "--password=wrong"),
                        LOGIN.url() + ": user \"root\": wrong password, or no such user"),
                Arguments.of(List.of(LOGIN.url().toString()), LOGIN.url() + ": asks for a user and a password"),
                Arguments.of(
                        List.of(wrongly),
                        wrongly + ": not reachable: closed the connection at once (https instead of http?)"),
                Arguments.of(
                        List.of(needlessly),
                        needlessly + ": not reachable: closed the connection at once"
                                + " (http instead of https, or a client certificate wanted?)"),
                Arguments.of(
                        List.of(TLS.url().toString()),
                        TLS.url() + ": its certificate comes from no authority that we trust"
                                + " (a CA file of our own?)"));
    }

    @ParameterizedTest
    @MethodSource("badStores")
    void badStore_endsASingleRunAndTouchesNothing(List<String> arguments, String message) {
        try (SegueProcess once = start(arguments, "--onetime")) {
            assertThat(once.exitCode()).isEqualTo(4);
            assertThat(once.messages()).endsWith("ERROR etcd " + message);
        }
        assertThat(site.text("good")).isEqualTo("old good");
    }

    @Test
    void oneBadNodeOfTwo_isNoMatter() {
        String refused = "http://127.0.0.1:" + FreePorts.next();

        try (SegueProcess once = start(List.of(refused, PLAIN.url().toString()), "--onetime")) {
            assertThat(once.exitCode()).isZero();
            assertThat(once.messages()).startsWith("INFO Using " + refused + ", " + PLAIN.url() + " as backend");
        }
        assertThat(site.text("good")).isEqualTo("good 0");
    }

    @Test
    void wrongPassword_isToldOnceAndTriedUntilItIsRight() throws IOException {
        LOGIN.put("/good", "behind the login");
        user("add", "password", "right");
        user("grant", "role", "root");
        Path password = Files.writeString(site.note("password"), "wrong\n");

        try (SegueProcess daemon = start(
                List.of(LOGIN.url().toString(), "--username=app", "--password-file=" + password), "--interval=50ms")) {
            String message = "ERROR etcd " + LOGIN.url() + ": user \"app\": wrong password, or no such user";
            daemon.awaitLog(message);
            assertThat(site.text("good")).isEqualTo("old good");

            user("changepw", "password", "wrong");
            site.awaitText("good", "good behind the login");
            assertToldOnce(daemon, message, LOGIN);
        }
    }

    /** The user of the test's Segue; what is needed of it has other names in each of etcd's requests. */
    private static void user(String action, String field, String value) {
        JsonObject request = new JsonObject();
        request.addProperty(action.equals("grant") ? "user" : "name", "app");
        request.addProperty(field, value);
        LOGIN.post("/v3/auth/user/" + action, request);
    }

    @Test
    void wrongAuthority_isToldOnceAndTriedUntilItsFileIsRight() throws IOException {
        TLS.put("/good", "behind TLS");
        Path authority = Files.copy(TestCertificates.temporary().authority(), site.note("ca.pem"));

        try (SegueProcess daemon =
                start(List.of(TLS.url().toString(), "--client-ca-keys=" + authority), "--interval=50ms")) {
            String message = "ERROR etcd " + TLS.url()
                    + ": its certificate comes from no authority that we trust (a CA file of our own?)";
            daemon.awaitLog(message);
            assertThat(site.text("good")).isEqualTo("old good");

            Files.copy(OURS.authority(), authority, StandardCopyOption.REPLACE_EXISTING);
            site.awaitText("good", "good behind TLS");
            assertToldOnce(daemon, message, TLS);
        }
    }

    private static void assertToldOnce(SegueProcess daemon, String message, EtcdServer store) {
        assertThat(daemon.messages()).containsOnlyOnce(message);
        assertThat(daemon.linesWith("INFO " + store.url() + ": back after ")).isEqualTo(1);
        assertThat(daemon.terminate()).isZero();
    }

    private SegueProcess start(List<String> arguments, String flag) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(flag, "--confdir", site.confDir().toString()));
        return site.startBare(all.toArray(String[]::new));
    }
}
