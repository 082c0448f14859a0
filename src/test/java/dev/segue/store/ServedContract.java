package dev.segue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.store.StoreException.Kind;
import dev.segue.testing.FreePorts;
import dev.segue.testing.RealServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What any kind of store does that a server holds, with that server, however it fares. */
public abstract class ServedContract extends FollowingContract {
    /** A store at this port of 127.0.0.1. */
    protected abstract KeyStore openAt(int port);

    /** A store whose user the server refuses. */
    protected abstract KeyStore openWithWrongLogin() throws Exception;

    protected abstract RealServer server();

    @Test
    void serverKilled_isToldAndItsReturnIsFollowed() throws Exception {
        holdTexts("/app/a", "1");
        store.follow(follower);
        store.read(APP);
        follower.reset();

        server().kill();
        follower.awaitCall();
        assertUnreachable();

        server().start();
        awaitSomeRead();
        holdTexts("/app/a", "2");
        awaitRead("/app/a=2");
        follower.reset();
        holdTexts("/app/a", "3");
        awaitTold("/app/a=3");
    }

    @Test
    void serverWiped_isReadAnewAndFollowed() throws Exception {
        holdTexts("/app/a", "1", "/app/b", "2");
        store.follow(follower);
        store.read(APP);

        server().kill();
        server().wipe();
        awaitRead();

        follower.reset();
        holdTexts("/app/c", "3");
        awaitTold("/app/c=3");
    }

    @Test
    void serverHangs_isUnreachableUntilItGoesOn() throws Exception {
        holdTexts("/app/a", "1");
        store.follow(follower);
        store.read(APP);

        server().pause();
        try {
            assertUnreachable();
        } finally {
            server().resume();
        }
        awaitRead("/app/a=1");

        follower.reset();
        holdTexts("/app/a", "2");
        awaitTold("/app/a=2");
    }

    @Test
    void closeWhileTheServerHangs_endsTheRead() throws Exception {
        server().pause();
        try {
            CompletableFuture<StoreException> failure = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(StoreException.class, () -> store.read(APP)));

            store.close();

            assertThat(failure.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        } finally {
            server().resume();
        }
    }

    @Test
    void nobodyListens_isUnreachable() {
        int port = FreePorts.next();
        try (KeyStore nowhere = openAt(port)) {
            assertThatThrownBy(() -> nowhere.read(APP))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE))
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void wrongLogin_isRefused() throws Exception {
        try (KeyStore refused = openWithWrongLogin()) {
            assertThatThrownBy(() -> refused.read(APP))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessageContaining("user \"segue\"")
                    .hasMessageNotContaining("guess");
        }
    }

    private void assertUnreachable() {
        assertThatThrownBy(() -> store.read(APP))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE));
    }

    private void awaitSomeRead() {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreException(StoreException.class)
                .until(() -> store.read(APP) != null);
    }
}
