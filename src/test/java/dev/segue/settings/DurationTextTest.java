package dev.segue.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "30, PT30S",
        "0, PT0S",
        "30s, PT30S",
        "500ms, PT0.5S",
        "2m, PT2M",
        "1h, PT1H",
        "1.5s, PT1.5S",
        "0.25, PT0.25S",
        "1m30s, PT1M30S",
        "1h0.5ms, PT1H0.0005S",
    })
    void parse_numberAndUnits_isTheirSum(String text, Duration duration) throws InvalidValueException {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @Test
    void parse_moreThanClocksCanCount_isRefused() {
        assertThatThrownBy(() -> DurationText.parse("999999999h"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("\"999999999h\" is longer than a hundred years");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5x", "-5", "5 s", "1d", "ten", "1.s", ".5s", "30S", "9999999999"})
    void parse_anythingElse_saysWhatIsRight(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("\"" + text
                        + "\" is not a length of time (seconds, or a number with a unit: 500ms, 10s, 2m, 1h)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0ms", "0h0s"})
    void parsePositive_zero_isRefused(String text) {
        assertThatThrownBy(() -> DurationText.parsePositive(text))
                .hasMessage("must be more than 0, not \"" + text + "\"");
    }

    @Test
    void parsePositive_more_isAsParse() throws InvalidValueException {
        assertThat(DurationText.parsePositive("1ms")).isEqualTo(Duration.ofMillis(1));
    }
}
