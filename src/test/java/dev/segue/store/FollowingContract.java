package dev.segue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.testing.Follower;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What any kind of store does that tells of its changes. */
public abstract class FollowingContract extends ReadingContract {
    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    protected final Follower follower = new Follower();

    @Test
    void follow_eachChange_isTold() throws Exception {
        store.follow(follower);
        store.read(APP);

        holdTexts("/app/a", "1");
        awaitTold("/app/a=1");

        holdTexts("/app/a", "1", "/app/b/c", "2");
        awaitTold("/app/a=1", "/app/b/c=2");

        holdTexts("/app/b/c", "3");
        awaitTold("/app/b/c=3");

        holdTexts("/web/a", "1");
        awaitTold();
    }

    @Test
    void follow_otherRangesLater_areFollowed() throws Exception {
        store.follow(follower);
        store.read(APP);
        store.read(ranges("/web"));
        follower.reset();

        holdTexts("/web/a", "1");

        follower.awaitCall();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(entries(store.read(ranges("/web")))).containsExactly("/web/a=1"));
    }

    /** As the daemon does: it reads when it is told to, and not before. */
    @Test
    void follow_changesWithoutAPause_endWithTheLast() throws Exception {
        Semaphore told = new Semaphore(0);
        store.follow(told::release);
        store.read(APP);

        for (int i = 1; i <= 100; i++) {
            holdTexts("/app/a", "" + i);
        }
        String seen = "";
        while (!seen.equals("100")) {
            assertThat(told.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("told of what came after %s", seen)
                    .isTrue();
            told.drainPermits();
            seen = store.read(APP).value("/app/a").orElse("");
        }
    }

    @Test
    void readAfterClose_fails() throws Exception {
        store.follow(follower);
        store.read(APP);
        store.close();
        store.close();

        assertThatThrownBy(() -> store.read(APP))
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith(": closed");
    }

    /** Reads whenever the follower is told, until the store says so. */
    protected final void awaitTold(String... expected) throws StoreException {
        do {
            follower.awaitCall();
        } while (!entries(store.read(APP)).equals(List.of(expected)));
    }

    /** Reads now and whenever a moment has passed until the store says so: an earlier change may still be on its way. */
    protected final void awaitRead(String... expected) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreException(StoreException.class)
                .untilAsserted(() -> assertThat(entries(store.read(APP))).containsExactly(expected));
    }
}
