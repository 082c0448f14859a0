package dev.segue.render.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NginxStringTest {
    private static final String SAFE = "(?s)\"(?:[^\"\\\\$\\x00-\\x1f\\x7f]|\\\\[\"\\\\])*\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "`` \"\"",
                "a \"a\"",
                "`a;b}{#'` `\"a;b}{#'\"`",
                "a\"b \"a\\\"b\"",
                "a\\b \"a\\\\b\"",
                "a\\ \"a\\\\\"",
                "\\n \"\\\\n\"",
                "ü😀 \"ü😀\"",
            })
    void quote_text_isOneParameter(String text, String quoted) throws Exception {
        assertThat(NginxString.quote(text)).isEqualTo(quoted);
    }

    @Test
    void quote_bytesThatAreNotUtf8_stay() throws Exception {
        assertThat(NginxString.quote("\udcff")).isEqualTo("\"\udcff\"");
    }

    @Test
    void quote_variable_isRefused() {
        assertThatThrownBy(() -> NginxString.quote("ab$host"))
                .isInstanceOf(BadTextException.class)
                .hasMessage("a $ at character 3 would start a variable, and nginx has no way to write it otherwise");
    }

    @ParameterizedTest
    @CsvSource({"10", "13", "0", "9", "27", "127"})
    void quote_controlCharacter_isRefused(int character) {
        assertThatThrownBy(() -> NginxString.quote("a" + (char) character))
                .isInstanceOf(BadTextException.class)
                .hasMessage("a control character at character 2"
                        + " (line ends and the like can't stand in an nginx string safely)");
    }

    @Test
    void quote_longerThanNginxReads_isRefused() throws Exception {
        assertThat(NginxString.quote("a".repeat(4094))).hasSize(4096);
        assertThatThrownBy(() -> NginxString.quote("a".repeat(4095)))
                .isInstanceOf(BadTextException.class)
                .hasMessage("too long for nginx (4097 bytes quoted, at most 4096)");
        assertThatThrownBy(() -> NginxString.quote("é".repeat(2048))).isInstanceOf(BadTextException.class);
        assertThatThrownBy(() -> NginxString.quote("\"".repeat(2048))).isInstanceOf(BadTextException.class);
    }

    @Test
    void quote_nastyTexts_areAlwaysOneParameterThatMeansTheText() {
        Random random = new Random(20261123);
        String alphabet = "\\\"';{}#$ \n\r\t\0\u007faé\udc80\u2028n";
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                String quoted = NginxString.quote(text.toString());
                assertThat(quoted.matches(SAFE)).as("%s", quoted).isTrue();
                assertThat(quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1"))
                        .isEqualTo(text.toString());
                accepted++;
            } catch (BadTextException e) {
                assertThat(text.toString()).containsPattern("[$\\x00-\\x1f\\x7f]");
            }
        }
        assertThat(accepted).isPositive();
    }
}
