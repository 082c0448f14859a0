package dev.segue.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PrintableTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing to do \\ here: ünï 漢 😀 | nothing to do \\ here: ünï 漢 😀",
                "red \u001b[31m | red \\x1b[31m",
                "back\bspace | back\\x08space",
                "C1 \u009b31m | C1 \\x9b31m",
                "right to left \u202e | right to left \\u202e",
                "line \u2028 separator | line \\u2028 separator",
                "tag \uDB40\uDC41 | tag \\u0e0041",
            })
    void escape_whatActsInsteadOfBeingSeen_isWrittenOut(String text, String shown) {
        assertThat(PrintableText.escape(text)).isEqualTo(shown);
    }

    @Test
    void escape_severalLines_becomeOne() {
        assertThat(PrintableText.escape("a\tb\r\nc\0")).isEqualTo("a\tb\\r\\nc\\x00");
    }

    @Test
    void escape_bytesThatAreNotUtf8_areShownAsBytes() {
        assertThat(PrintableText.escape(ByteText.decode(new byte[] {'g', (byte) 0xfc, 'n'})))
                .isEqualTo("g\\xfcn");
    }
}
