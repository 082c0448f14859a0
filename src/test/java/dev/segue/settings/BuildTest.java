package dev.segue.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class BuildTest {
    @ParameterizedTest
    @CsvSource({"abc1234, abc1234", "'', unknown", "${git.commit.id.abbrev}, unknown"})
    void known_placeholderThatTheBuildLeft_isUnknown(String value, String shown) {
        assertThat(Build.known(value)).isEqualTo(shown);
    }
}
