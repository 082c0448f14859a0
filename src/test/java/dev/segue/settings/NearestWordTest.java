package dev.segue.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class NearestWordTest {
    private static final List<String> KNOWN = List.of("src", "dest", "keys", "check_cmd", "reload_cmd");

    @ParameterizedTest
    @CsvSource({"srcc, src", "scr, src", "dst, dest", "key, keys", "reload_comand, reload_cmd", "chek_cmd, check_cmd"})
    void to_slip_isTheWordMeant(String wrong, String meant) {
        assertThat(NearestWord.to(wrong, KNOWN)).contains(meant);
    }

    @Test
    void to_wordFarFromAll_isNothing() {
        assertThat(NearestWord.to("banana", KNOWN)).isEmpty();
        assertThat(NearestWord.hint("banana", KNOWN)).isEmpty();
    }

    @Test
    void hint_slip_asks() {
        assertThat(NearestWord.hint("dst", KNOWN)).isEqualTo(" (did you mean \"dest\"?)");
    }
}
