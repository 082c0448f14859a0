package dev.segue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.settings.StoreSettings.Login;
import dev.segue.settings.StoreSettings.ServerCheck;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.testing.CapturedLog;
import dev.segue.testing.Follower;
import dev.segue.testing.FreePorts;
import dev.segue.testing.RedisServer;
import dev.segue.testing.TestCertificates;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is a key in Redis, what is said where it does not tell of changes, and TLS. */
@Tag("server")
@Timeout(120)
class RedisKeyStoreTest {
    private static final TestCertificates OURS = TestCertificates.temporary();
    private static final int CHANGES = 200;

    private static final TestCertificates OF_ANOTHER_HOST = TestCertificates.temporary("DNS:elsewhere.example");

    @RegisterExtension
    final RedisServer redis = RedisServer.tls(OURS);

    @RegisterExtension
    final RedisServer misnamed = RedisServer.tls(OF_ANOTHER_HOST);

    @Test
    void read_hashes_areTheirFieldsAndStringsComeFirst() throws Exception {
        redis.ask("HSET", "/app/db", "host", "10.0.0.1", "port", "5432", "deep/er", "x", "../up", "y", "", "z");
        redis.ask("SET", "/app/db/port", "6432");
        redis.ask("RPUSH", "/app/list", "1");
        redis.ask("SADD", "/app/set", "1");
        redis.ask("SET", "app/no-slash", "1");
        redis.ask("SET", "/app//twice", "1");

        assertThat(read("/app")).containsExactly("/app/db/deep/er=x", "/app/db/host=10.0.0.1", "/app/db/port=6432");
        assertThat(read("/app/db/host")).containsExactly("/app/db/host=10.0.0.1");
        assertThat(read("/")).hasSize(3);
    }

    @Test
    void read_anotherSeparator_standsForTheSlash() throws Exception {
        redis.askAll(List.of(
                new String[] {"SET", "app:upstream:py1", "1"},
                new String[] {"SET", "app:slash/ed", "2"},
                new String[] {"SET", "application:x", "3"},
                new String[] {"HSET", "app:db", "host", "4"}));

        try (RedisKeyStore store = Redis.open(":", Certificates.SYSTEM, Optional.empty(), redis.url())) {
            Follower follower = new Follower();
            store.follow(follower);
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/db/host=4", "/app/upstream/py1=1");
            follower.reset();

            redis.ask("SET", "app:upstream:py2", "5");
            follower.awaitCall();
            assertThat(entries(store.read(ranges("/app/upstream"))))
                    .containsExactly("/app/upstream/py1=1", "/app/upstream/py2=5");
        }
    }

    @Test
    void read_database_isThatOfTheUrl() throws Exception {
        redis.askAll(List.of(
                new String[] {"SELECT", "3"}, new String[] {"SET", "/app/a", "three"}, new String[] {"SELECT", "0"}));

        URI third = URI.create(redis.url() + "/3");
        try (RedisKeyStore store = Redis.open(third)) {
            Follower follower = new Follower();
            store.follow(follower);
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/a=three");
            follower.reset();
            redis.askAll(List.of(new String[] {"SELECT", "3"}, new String[] {"DEL", "/app/a"}));
            follower.awaitCall();
        }
        assertThat(read("/app")).isEmpty();
    }

    @Test
    void read_namesWithSpecialLetters_areTakenAsTheyAre() throws Exception {
        redis.ask("SET", "/a*b/[1]/x?", "1");
        redis.ask("SET", "/aXb/[1]/x", "2");
        redis.ask("SET", "/a\\b/x", "3");

        assertThat(read("/a*b/[1]")).containsExactly("/a*b/[1]/x?=1");
        assertThat(read("/a\\b")).containsExactly("/a\\b/x=3");
    }

    @Test
    void read_whileTwoKeysChangeTogether_neverSeesOneWithoutTheOther() throws Exception {
        Semaphore turns = new Semaphore(0);
        redis.ask("MSET", "/app/a", "0", "/app/b", "0");
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= CHANGES; i++) {
                turns.acquireUninterruptibly();
                redis.ask("MSET", "/app/a", "" + i, "/app/b", "" + i);
            }
        });
        try (RedisKeyStore store = Redis.open(redis.url())) {
            String seen = "0";
            while (!seen.equals("" + CHANGES)) {
                turns.release();
                KeySnapshot snapshot = store.read(ranges("/app"));
                assertThat(snapshot.value("/app/a")).isPresent().isEqualTo(snapshot.value("/app/b"));
                seen = snapshot.value("/app/a").orElseThrow();
            }
        }
        writer.get();
    }

    @Test
    void follow_expiredRenamedAndDroppedKeys_areTold() throws Exception {
        redis.ask("SET", "/app/a", "1");
        try (RedisKeyStore store = Redis.open(redis.url())) {
            Follower follower = new Follower();
            store.follow(follower);
            store.read(ranges("/app"));
            follower.reset();

            redis.ask("RENAME", "/app/a", "/app/b");
            awaitTold(store, follower, "/app/b=1");
            redis.ask("PEXPIRE", "/app/b", "20");
            awaitTold(store, follower);
            redis.ask("HSET", "/app/h", "x", "1");
            awaitTold(store, follower, "/app/h/x=1");
        }
    }

    @Test
    void follow_serverThatSendsNoEvents_isSaidOnceAndItsChangeOfMindFound() throws Exception {
        redis.ask("CONFIG", "SET", "notify-keyspace-events", "Kg");
        Follower follower = new Follower();
        try (CapturedLog log = new CapturedLog();
                RedisKeyStore store = Redis.open(redis.url())) {
            store.follow(follower);
            store.read(ranges("/app"));
            redis.ask("SET", "/app/a", "1");
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/a=1");

            assertThat(log.lines())
                    .containsExactly("WARN redis " + redis.url()
                            + ": sends no keyspace events (notify-keyspace-events is \"gK\", needed is \"KA\"); changes are"
                            + " found at the next look, each interval");
            assertThat(follower.calls()).isZero();

            redis.ask("CONFIG", "SET", "notify-keyspace-events", "Kg$hxe");
            store.read(ranges("/app"));
            redis.ask("SET", "/app/a", "2");
            awaitTold(store, follower, "/app/a=2");
        }
    }

    @Test
    void follow_userWhoMayNotListen_isSaidOnceAndPolled() throws Exception {
        redis.ask(
                "ACL",
                "SETUSER",
                "reader",
                "on",
                ">secret",
                "~/app*",
                "resetchannels",
                "+@read",
                "+@connection",
                "+@transaction",
                "+psubscribe");
        Login reader = new Login("reader", "secret");
        redis.ask("SET", "/app/a", "1");
        try (CapturedLog log = new CapturedLog();
                RedisKeyStore store = Redis.open("/", Certificates.SYSTEM, Optional.of(reader), redis.url())) {
            Follower follower = new Follower();
            store.follow(follower);
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/a=1");
            redis.ask("SET", "/app/a", "2");
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/a=2");

            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("WARN redis " + redis.url() + ": lets us hear no keyspace events: NOPERM")
                            .endsWith("; changes are found at the next look, each interval"));
            assertThat(follower.calls()).isZero();
        }
    }

    @Test
    void read_userWithoutRights_isRefused() {
        redis.ask("ACL", "SETUSER", "guest", "on", ">guest", "~*", "+@connection");

        try (RedisKeyStore store =
                Redis.open("/", Certificates.SYSTEM, Optional.of(new Login("guest", "guest")), redis.url())) {
            assertRefused(store, "redis " + redis.url() + ": user \"guest\": not permitted: NOPERM");
        }
    }

    @Test
    void read_serverThatWantsALogin_isRefused() {
        redis.ask("CONFIG", "SET", "requirepass", "open sesame");

        try (RedisKeyStore store = Redis.open(redis.url())) {
            assertRefused(store, "redis " + redis.url() + ": asks for a user and a password");
        }
    }

    @Test
    void read_firstNodeDead_asksTheNext() throws Exception {
        redis.ask("SET", "/app/a", "1");
        try (RedisKeyStore store = Redis.open(URI.create("redis://127.0.0.1:" + FreePorts.next()), redis.url())) {
            assertThat(entries(store.read(ranges("/app")))).containsExactly("/app/a=1");
        }
    }

    @Test
    void read_unknownHost_isNamed() {
        try (RedisKeyStore store = Redis.open(URI.create("redis://no-such-host.invalid:6379"))) {
            assertThatThrownBy(() -> store.read(ranges("/app")))
                    .hasMessage("redis redis://no-such-host.invalid:6379: not reachable: host name"
                            + " \"no-such-host.invalid\" can't be resolved");
        }
    }

    @Test
    void tls_ofATrustedAuthority_readsAndFollows() throws Exception {
        try (RedisKeyStore store = Redis.open(
                "/", trusting(OURS.authority()), Optional.of(new Login("segue", "open sesame")), redis.tlsUrl())) {
            Follower follower = new Follower();
            store.follow(follower);
            store.read(ranges("/app"));
            follower.reset();
            redis.ask("SET", "/app/a", "1");
            awaitTold(store, follower, "/app/a=1");
        }
    }

    @Test
    void tls_withAClientCertificate_showsIt() throws Exception {
        redis.ask("CONFIG", "SET", "tls-auth-clients", "yes");
        Certificates own = new Certificates(
                Optional.of(OURS.authority()),
                Optional.of(OURS.client()),
                Optional.of(OURS.clientKey()),
                ServerCheck.DONE);

        try (RedisKeyStore store = Redis.open("/", own, Optional.empty(), redis.tlsUrl())) {
            assertThat(store.read(ranges("/app")).isEmpty()).isTrue();
        }
        try (RedisKeyStore store = Redis.open("/", trusting(OURS.authority()), Optional.empty(), redis.tlsUrl())) {
            assertThatThrownBy(() -> store.read(ranges("/app"))).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void tls_ofAStranger_isRefusedUnlessNobodyLooks() throws Exception {
        Path stranger = TestCertificates.temporary().authority();
        try (RedisKeyStore store = Redis.open("/", trusting(stranger), Optional.empty(), redis.tlsUrl())) {
            assertRefused(store, "redis " + redis.tlsUrl() + ": TLS: ");
        }
        Certificates unlooked =
                new Certificates(Optional.empty(), Optional.empty(), Optional.empty(), ServerCheck.SKIPPED);
        try (RedisKeyStore store = Redis.open("/", unlooked, Optional.empty(), redis.tlsUrl())) {
            assertThat(store.read(ranges("/app")).isEmpty()).isTrue();
        }
    }

    @Test
    void tls_certificateForAnotherHost_isRefused() {
        try (RedisKeyStore store =
                Redis.open("/", trusting(OF_ANOTHER_HOST.authority()), Optional.empty(), misnamed.tlsUrl())) {
            assertRefused(store, "redis " + misnamed.tlsUrl() + ": TLS: ");
        }
    }

    private static Certificates trusting(Path authority) {
        return new Certificates(Optional.of(authority), Optional.empty(), Optional.empty(), ServerCheck.DONE);
    }

    private static void assertRefused(RedisKeyStore store, String message) {
        assertThatThrownBy(() -> store.read(ranges("/app")))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageStartingWith(message);
    }

    private static void awaitTold(RedisKeyStore store, Follower follower, String... expected) throws StoreException {
        do {
            follower.awaitCall();
        } while (!entries(store.read(ranges("/app"))).equals(List.of(expected)));
    }

    private List<String> read(String path) throws StoreException {
        try (RedisKeyStore store = Redis.open(redis.url())) {
            return entries(store.read(ranges(path)));
        }
    }

    private static KeyRanges ranges(String... paths) {
        return KeyRanges.covering(Stream.of(paths).map(KeyPath::of).toList());
    }

    private static List<String> entries(KeySnapshot snapshot) {
        return snapshot.entries().stream()
                .map(entry -> entry.key() + "=" + entry.value())
                .toList();
    }
}
