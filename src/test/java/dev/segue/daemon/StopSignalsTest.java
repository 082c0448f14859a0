package dev.segue.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.settings.ExitCode;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StopSignalsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final StopSignals signals = new StopSignals();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();

    private final StopSignals.Answer run = new StopSignals.Answer() {
        @Override
        public void stop() {
            answers.add("stop");
        }

        @Override
        public void hurry() {
            answers.add("hurry");
        }
    };

    @AfterEach
    void forgetTheInterruption() {
        Thread.interrupted();
    }

    @Test
    void came_whileTheRunIsPrepared_interruptsThePreparation() {
        signals.came("TERM");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(signals.came()).isTrue();
        assertThat(signals.cameAgain()).isFalse();
        assertThat(signals.exitCode()).contains(ExitCode.TERMINATED);
    }

    @Test
    void answerWith_oneCameBefore_isToldToStopAndNotInterrupted() {
        signals.came("INT");

        signals.answerWith(run);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(answers).containsExactly("stop"));
        assertThat(signals.exitCode()).contains(ExitCode.INTERRUPTED);
    }

    @Test
    void came_onceMore_hurriesAndThenInterruptsWhateverIsStillWaitedFor() {
        signals.answerWith(run);

        signals.came("TERM");
        signals.came("INT");

        assertThat(answers).containsExactly("stop", "hurry");
        assertThat(signals.cameAgain()).isTrue();
        assertThat(signals.exitCode()).contains(ExitCode.TERMINATED);
        assertThatThrownBy(() -> new CountDownLatch(1).await(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void came_never_leavesNothingToSay() {
        assertThat(signals.came()).isFalse();
        assertThat(signals.exitCode()).isEmpty();
    }
}
