package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.settings.Pace;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When changes are taken that come close together; times in milliseconds. */
@Timeout(20)
class BurstTest {
    @Test
    void dueNanos_noChange_isNever() {
        assertThat(Burst.NONE.dueNanos(Pace.STANDARD)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void dueNanos_firstChange_isAtOnce() {
        assertThat(due(at(7))).isEqualTo(7);
    }

    @Test
    void dueNanos_changeAfterAQuietTime_isAtOnceToo() {
        assertThat(due(at(7).taken().with(nanos(107), Pace.STANDARD))).isEqualTo(107);
    }

    @Test
    void dueNanos_changeCloseBehind_waitsForQuiet() {
        assertThat(due(at(7).taken().with(nanos(8), Pace.STANDARD))).isEqualTo(108);
    }

    @Test
    void dueNanos_eachFurtherChange_pushesItOut() {
        Burst burst = at(0).taken().with(nanos(50), Pace.STANDARD).with(nanos(140), Pace.STANDARD);
        assertThat(due(burst)).isEqualTo(240);
    }

    @Test
    void dueNanos_changesWithoutEnd_areTakenAfterTheLongestDelay() {
        Burst burst = at(0).taken();
        for (int time = 10; time < 3000; time += 10) {
            burst = burst.with(nanos(time), Pace.STANDARD);
        }
        assertThat(due(burst)).isEqualTo(2010);
    }

    @Test
    void dueNanos_lastChangeAfterATaking_isNotLost() {
        Burst burst = at(0).taken().with(nanos(50), Pace.STANDARD).taken().with(nanos(149), Pace.STANDARD);
        assertThat(due(burst)).isEqualTo(249);
    }

    @Test
    void dueNanos_noQuietPeriod_isAlwaysAtOnce() {
        Pace hasty = new Pace(Duration.ZERO, Duration.ZERO);
        Burst burst = Burst.NONE.with(nanos(1), hasty).taken().with(nanos(1), hasty);
        assertThat(burst.dueNanos(hasty)).isEqualTo(nanos(1));
    }

    private static Burst at(long millis) {
        return Burst.NONE.with(nanos(millis), Pace.STANDARD);
    }

    private static long due(Burst burst) {
        return TimeUnit.NANOSECONDS.toMillis(burst.dueNanos(Pace.STANDARD));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
