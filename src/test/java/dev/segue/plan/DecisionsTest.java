package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.settings.Settings.Writes;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class DecisionsTest {
    @ParameterizedTest
    @CsvSource({
        "false, false, false, CREATE",
        "false, true,  true,  CREATE",
        "true,  false, true,  CONTENT",
        "true,  false, false, CONTENT",
        "true,  true,  false, ATTRIBUTES",
        "true,  true,  true,  NONE",
    })
    void change_betweenWantedAndCurrent(boolean exists, boolean sameBytes, boolean sameAttributes, Change change) {
        assertThat(Change.between(exists, sameBytes, sameAttributes)).isEqualTo(change);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,       NOTHING, ALLOWED,    NOTHING",
        "NONE,       RELOAD,  ALLOWED,    RELOAD_ONLY",
        "CREATE,     NOTHING, ALLOWED,    APPLY",
        "CONTENT,    RELOAD,  ALLOWED,    APPLY",
        "ATTRIBUTES, NOTHING, ALLOWED,    APPLY",
        "NONE,       RELOAD,  SHOWN_ONLY, NOTHING",
        "CONTENT,    NOTHING, SHOWN_ONLY, REPORT",
    })
    void nextStep_afterChange(Change change, Owed owed, Writes writes, NextStep next) {
        assertThat(NextStep.after(change, owed, writes)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "100, 60", "2147483647, 60"})
    void backoff_ofAResource_doublesFromOneSecondToSixty(int failures, long seconds) {
        assertThat(Backoff.OF_RESOURCE.after(failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 250", "2, 500", "3, 1000", "50, 1000"})
    void backoff_ofTheStore_neverPassesASecond(int failures, long millis) {
        assertThat(Backoff.OF_STORE.after(failures)).isEqualTo(Duration.ofMillis(millis));
    }
}
