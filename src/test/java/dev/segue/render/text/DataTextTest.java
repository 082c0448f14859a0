package dev.segue.render.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class DataTextTest {
    @Test
    void object_everyKindOfValue_isRead() throws Exception {
        Map<?, ?> object = JsonText.object(
                "{\"t\":\"x\\n\\u00e9\",\"n\":9223372036854775807,\"d\":1.50,\"e\":1e3,\"b\":true,\"z\":null,\"l\":[1,[]],\"o\":{}}");

        assertThat(List.copyOf(object.keySet()).toString()).isEqualTo("[t, n, d, e, b, z, l, o]");
        assertThat(object.get("t")).isEqualTo("x\né");
        assertThat(object.get("n")).isEqualTo(new BigDecimal("9223372036854775807"));
        assertThat(object.get("d")).isEqualTo(new BigDecimal("1.50"));
        assertThat(object.get("e")).isEqualTo(new BigDecimal("1e3"));
        assertThat(object.get("b")).isEqualTo(true);
        assertThat(object.get("z")).isNull();
        assertThat(object.get("l")).isEqualTo(List.of(BigDecimal.ONE, List.of()));
        assertThat(object.get("o")).isEqualTo(Map.of());
    }

    @Test
    void json_null_isEmptyAsInGo() throws Exception {
        assertThat(JsonText.object("null")).isEmpty();
        assertThat(JsonText.array(" null ")).isEmpty();
        assertThat(JsonText.array("[null]")).isEqualTo(Arrays.asList((Object) null));
    }

    @Test
    void json_otherKindOfValue_isRefused() {
        refused(() -> JsonText.object("[1]"), "the text is no JSON object { } (jsonArray reads a list)");
        refused(() -> JsonText.array("{}"), "the text is no JSON list [ ] (json reads an object)");
        refused(() -> JsonText.object("1"), "the text is no JSON object { } (jsonArray reads a list)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"a\":1,}",
                "[1 2]",
                "{'a':1}",
                "{a:1}",
                "nul",
                "NaN",
                "[01]",
                "[+1]",
                "[.5]",
                "[1.]",
                "\"\n\"",
                "\"\\x\"",
                "[1",
                "// c\n[1]",
                "[1]]",
                "True",
                "[1;2]",
                "{\"a\"=1}",
                "\"a",
            })
    void json_notJson_isRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> JsonText.array(text))
                .isInstanceOf(BadTextException.class)
                .message()
                .matches(
                        "(not JSON, or nested deeper than 100|the text is no JSON list \\[ ] \\(json reads an object\\))"
                                + "( \\(at character [0-9]+\\))?");
    }

    @Test
    void json_moreThanOneValueOrName_isRefused() {
        refused(() -> JsonText.array("[1] [2]"), "not JSON, or nested deeper than 100 (at character 5)");
        refused(() -> JsonText.object("{\"a\":1,\"a\":2}"), "a name stands twice in one JSON object (at character 10)");
    }

    @Test
    void json_tooDeepOrTooLarge_isRefused() throws Exception {
        assertThat(JsonText.array("[".repeat(100) + "]".repeat(100))).hasSize(1);
        refused(
                () -> JsonText.array("[".repeat(101) + "]".repeat(101)),
                "not JSON, or nested deeper than 100 (at character 101)");
        refused(() -> JsonText.array("[1e999999999]"), "a JSON number is out of range (at character 12)");
        refused(() -> JsonText.array("[1e99999999999]"), "a JSON number is out of range (at character 14)");
        refused(() -> JsonText.array("[1e-401]"), "a JSON number is out of range (at character 7)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1 | {a=1}",
                "a: 0x1F | {a=31}",
                "a: yes | {a=yes}",
                "a: true | {a=true}",
                "a: ~ | {a=null}",
                "a: 1.5 | {a=1.5}",
                "a: 2001-01-01 | {a=2001-01-01}",
                "[1, {b: c}] | [1, {b=c}]",
                "{\"a\": [1, null]} | {a=[1, null]}",
                "just text | just text",
            })
    void yaml_plainData_isRead(String yaml, String read) throws Exception {
        assertThat(String.valueOf(YamlText.parse(yaml))).isEqualTo(read);
    }

    @Test
    void yaml_alias_standsForItsAnchor() throws Exception {
        assertThat(String.valueOf(YamlText.parse("a: &x [1]\nb: *x"))).isEqualTo("{a=[1], b=[1]}");
    }

    @Test
    void yaml_nothing_isNull() throws Exception {
        assertThat(YamlText.parse("")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`a: 1\na: 2` | ` (at line 2, column 1)`",
                "!!java.lang.String x | ` (at line 1, column 1)`",
                "!!javax.script.ScriptEngineManager [] | ` (at line 1, column 1)`",
                "`--- 1\n--- 2` | ` (at line 2, column 1)`",
                "a: [1 | ` (at line 1, column 6)`",
                "&a [*a] | ` (at line 1, column 5)`",
                "`a: *b` | ` (at line 1, column 4)`",
                "`a: \u0007` | ``",
                "`? [1,2]\n: 3` | ``",
            })
    void yaml_anythingElse_isRefusedWithItsPlace(String yaml, String place) {
        refused(
                () -> YamlText.parse(yaml),
                "not YAML that can be taken as plain data" + place
                        + ": one document, no key twice in a map, no tags of programs, at most 100 deep, not more than 100000 names and values");
    }

    @Test
    void yaml_bombs_areRefused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        for (String bomb : List.of(
                "[".repeat(100_000),
                "{a: ".repeat(5000),
                "- ".repeat(5000) + "x",
                "- x\n".repeat(100_001),
                laughs.toString())) {
            assertThatThrownBy(() -> YamlText.parse(bomb)).isInstanceOf(BadTextException.class);
        }
    }

    private static void refused(ThrowingCallable read, String message) {
        assertThatThrownBy(read).isInstanceOf(BadTextException.class).hasMessage(message);
    }
}
