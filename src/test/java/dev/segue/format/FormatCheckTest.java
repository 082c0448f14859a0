package dev.segue.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.resource.OutputFormat;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which texts pass as which format, and where the others are said to be wrong; {@code \n} is a new line. */
@Timeout(60)
class FormatCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSON | {\"a\": [1, 2.5e3, true, null, \"\\u00e4\"]}\\n",
                "JSON | 17",
                "JSON | \"text\"",
                "JSON | []",
                "YAML | a: {b: [1, 2]}\\n",
                "YAML | a: !vault |\\n  secret\\n",
                "YAML | --- 1\\n--- 2\\n",
                "YAML | &x a: *x",
                "YAML | ``",
                "TOML | a = 1\\n[b]\\nc = 'd'\\n",
                "TOML | ``",
                "XML | <a xmlns:p=\"u\"><p:b/>&amp;&#228;</a>",
                "XML | <?xml version=\"1.0\" encoding=\"UTF-8\"?>\\n<a/>\\n",
            })
    void fault_ofWhatItIs_isNone(OutputFormat format, String text) {
        assertThat(fault(format, text)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSON | {\"a\": 1,}                 | line 1, column 10",
                "JSON | {\\n  \"a\": secret\\n}     | line 2, column 8",
                "JSON | [1] [2]                     | line 1, column 6",
                "JSON | [1, 2                       | line 1, column 6",
                "JSON | {'a': 1}                    | line 1, column 3",
                "JSON | [NaN]                       | line 1, column 2",
                "JSON | ``                          | line 1, column 1",
                "JSON | {\"a\": \"x\\u0007y\"}         | line 1, column 8",
                "YAML | &x a: 1\\n--- *x             | line 2, column 5",
                "YAML | a: b: c                     | line 1, column 5",
                "YAML | a: [1, 2\\nb: 3             | line 2, column 2",
                "YAML | *nowhere                    | line 1, column 1",
                "YAML | a: \\u0007                  | it has a character that YAML does not allow",
                "TOML | a = secret                  | line 1, column 5",
                "TOML | a = 1\\na = 2               | line 2, column 1",
                "XML  | <a><secret></a>             | line 1, column 14",
                "XML  | <p:a/>                      | line 1, column 7",
                "XML  | ``                          | line 1, column 1",
                "XML  | <!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a> | line 1, column 10",
            })
    void fault_ofWhatItIsNot_saysWhereAndNotWhat(OutputFormat format, String text, String where) {
        assertThat(fault(format, text)).isEqualTo("not " + format + ": " + where);
    }

    @ParameterizedTest
    @EnumSource(names = "XML", mode = EnumSource.Mode.EXCLUDE)
    void fault_bytesThatAreNotUtf8_saysSo(OutputFormat format) {
        assertThat(FormatCheck.fault(format, new byte[] {'"', (byte) 0xFF, '"'}))
                .contains("not " + format + ": it has bytes that are not UTF-8");
    }

    @Test
    void fault_deepJson_isRefusedWithoutAStackOverflow() {
        assertThat(fault(OutputFormat.JSON, "[".repeat(100_000))).startsWith("not JSON: line 1");
    }

    @Test
    void fault_deepOrLongYaml_isReadWithoutRecursionInLittleTime() {
        assertThat(fault(OutputFormat.YAML, "[".repeat(100_000))).startsWith("not YAML: line 1");
        assertThat(fault(OutputFormat.YAML, "[".repeat(1000) + "]".repeat(1000)))
                .isEqualTo("none");
        assertThat(fault(OutputFormat.YAML, "a: \"" + "x".repeat(15 << 20) + "\""))
                .isEqualTo("none");
        assertThat(fault(OutputFormat.YAML, "- a\n".repeat(2_000_000))).isEqualTo("none");
    }

    private static String fault(OutputFormat format, String text) {
        String written = text.replace("\\n", "\n").replace("\\u0007", "\u0007");
        return FormatCheck.fault(format, written.getBytes(StandardCharsets.UTF_8))
                .orElse("none");
    }
}
