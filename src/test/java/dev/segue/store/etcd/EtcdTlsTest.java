package dev.segue.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyRanges;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.ServerCheck;
import dev.segue.store.KeyTransactions.Write;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.EtcdServer.ClientAuth;
import dev.segue.testing.Follower;
import dev.segue.testing.TestCertificates;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every pairing of certificates that goes well, and what is said about each that does not. */
@Tag("server")
@Timeout(120)
class EtcdTlsTest {
    private static final KeyRanges APP = Stores.ranges("/app");
    private static final TestCertificates OURS = TestCertificates.temporary();
    private static final TestCertificates STRANGE = TestCertificates.temporary("DNS:elsewhere.example");

    @RegisterExtension
    static final EtcdServer plain = EtcdServer.plain();

    @RegisterExtension
    static final EtcdServer tls = EtcdServer.tls(OURS, ClientAuth.NONE);

    @RegisterExtension
    static final EtcdServer mutual = EtcdServer.tls(OURS, ClientAuth.REQUIRED);

    @RegisterExtension
    static final EtcdServer misnamed = EtcdServer.tls(STRANGE, ClientAuth.NONE);

    @Test
    void authorityFile_readsAndFollows() throws Exception {
        try (EtcdKeyStore store = store(trusting(OURS), tls.url())) {
            Follower follower = new Follower();
            store.follow(follower);
            store.read(APP);
            tls.put("/app/a", "1");
            follower.awaitCall();

            assertThat(store.read(APP).value("/app/a")).contains("1");
        }
    }

    @Test
    void clientCertificate_isShown() throws Exception {
        Certificates certificates = withClient(OURS.client(), OURS.clientKey());

        try (EtcdKeyStore store = store(certificates, mutual.url())) {
            assertThat(store.read(APP).revision()).isEqualTo(mutual.revision());
        }
    }

    @Test
    void clientCertificate_commitsAndKeepsALeasedKey() throws Exception {
        StoreSettings settings =
                Stores.settings(withClient(OURS.client(), OURS.clientKey()), Optional.empty(), mutual.url());

        try (EtcdKeyTransactions keys = new EtcdKeyTransactions(settings);
                EtcdLeasedKey key = new EtcdLeasedKey(settings, "/leased", Duration.ofSeconds(10))) {
            key.set("1");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> keys.get("/leased").value().isPresent());
            assertThat(keys.commit(List.of(), List.of(new Write("/app/c", Optional.of("1")))))
                    .isPresent();
        }
        assertThat(mutual.entries("/leased")).isEmpty();
    }

    @Test
    void checkSkipped_takesAnyCertificateForAnyHost() throws Exception {
        Certificates careless =
                new Certificates(Optional.empty(), Optional.empty(), Optional.empty(), ServerCheck.SKIPPED);

        try (EtcdKeyStore store = store(careless, misnamed.url())) {
            assertThat(store.read(APP).revision()).isEqualTo(misnamed.revision());
        }
    }

    @Test
    void noAuthorityFile_trustsTheSystemsAlone() {
        assertFailure(
                Kind.REFUSED,
                Certificates.SYSTEM,
                tls.url(),
                "its certificate comes from no authority that we trust (a CA file of our own?)");
    }

    @Test
    void otherAuthority_isRefused() {
        assertFailure(
                Kind.REFUSED,
                trusting(STRANGE),
                tls.url(),
                "its certificate comes from no authority that we trust (a CA file of our own?)");
    }

    @Test
    void certificateForAnotherHost_isRefused() {
        assertFailure(
                Kind.REFUSED,
                trusting(STRANGE),
                misnamed.url(),
                "its certificate is made out to other names than \"127.0.0.1\"");
        assertFailure(
                Kind.REFUSED,
                trusting(STRANGE),
                URI.create("https://localhost:" + misnamed.port()),
                "its certificate is made out to other names than \"localhost\"");
    }

    @Test
    void noClientCertificate_isAskedFor() {
        assertClientTurnedAway(trusting(OURS), "asks for a client certificate", "a client certificate wanted?");
    }

    @Test
    void clientCertificateOfAnotherAuthority_isNotAccepted() {
        Certificates certificates = withClient(STRANGE.client(), STRANGE.clientKey());

        assertClientTurnedAway(
                certificates, "does not accept our client certificate", "our client certificate not accepted?");
    }

    @Test
    void httpToATlsServer_saysSo() {
        assertFailure(
                Kind.UNREACHABLE,
                Certificates.SYSTEM,
                URI.create("http://127.0.0.1:" + tls.port()),
                "not reachable: closed the connection at once (https instead of http?)");
    }

    @Test
    void httpsToAPlainServer_saysSo() {
        assertFailure(
                Kind.UNREACHABLE,
                Certificates.SYSTEM,
                URI.create("https://127.0.0.1:" + plain.port()),
                "not reachable: closed the connection at once (http instead of https, or a client certificate wanted?)");
    }

    @Test
    void missingFile_isNamed() {
        Certificates certificates = new Certificates(
                Optional.of(Path.of("/nowhere/ca.pem")), Optional.empty(), Optional.empty(), ServerCheck.DONE);

        assertFailure(Kind.REFUSED, certificates, tls.url(), "CA file /nowhere/ca.pem: no such file");
    }

    @Test
    void fileWithoutACertificate_isNamed(@TempDir Path folder) throws Exception {
        Path empty = Files.writeString(folder.resolve("ca.pem"), "");
        Certificates certificates =
                new Certificates(Optional.of(empty), Optional.empty(), Optional.empty(), ServerCheck.DONE);

        assertFailure(Kind.REFUSED, certificates, tls.url(), "CA file " + empty + ": holds no certificate in PEM form");
    }

    @Test
    void keyFileWithoutAKey_isNamed() {
        Certificates certificates = withClient(OURS.client(), OURS.client());

        assertFailure(
                Kind.REFUSED,
                certificates,
                mutual.url(),
                "client key " + OURS.client() + ": holds no unencrypted PKCS#8 key in PEM form"
                        + " (openssl pkcs8 -topk8 -nocrypt makes one)");
    }

    private static Certificates trusting(TestCertificates certificates) {
        return new Certificates(
                Optional.of(certificates.authority()), Optional.empty(), Optional.empty(), ServerCheck.DONE);
    }

    private static Certificates withClient(Path client, Path key) {
        return new Certificates(Optional.of(OURS.authority()), Optional.of(client), Optional.of(key), ServerCheck.DONE);
    }

    private static EtcdKeyStore store(Certificates certificates, URI node) {
        return new EtcdKeyStore(Stores.settings(certificates, Optional.empty(), node));
    }

    /** In TLS 1.3 the server's word on it can be overtaken by the end of the connection: then all we have is a guess. */
    private static void assertClientTurnedAway(Certificates certificates, String word, String guess) {
        String node = "etcd " + mutual.url() + ": ";
        String hungUp = "not reachable: closed the connection at once (http instead of https, or " + guess + ")";
        try (EtcdKeyStore store = store(certificates, mutual.url())) {
            assertThatThrownBy(() -> store.read(APP))
                    .isInstanceOf(StoreException.class)
                    .extracting(Throwable::getMessage)
                    .isIn(node + word, node + hungUp);
        }
    }

    private static void assertFailure(Kind kind, Certificates certificates, URI node, String why) {
        try (EtcdKeyStore store = store(certificates, node)) {
            assertThatThrownBy(() -> store.read(APP))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(kind))
                    .hasMessage("etcd " + node + ": " + why);
        }
    }
}
