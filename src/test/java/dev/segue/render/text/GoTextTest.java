package dev.segue.render.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.ByteText;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class GoTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|.|.",
                "/|/|/",
                "//|/|/",
                "/a|a|/",
                "a|a|.",
                "/a/b|b|/a",
                "/a/b/|b|/a/b",
                "a/b|b|a",
                "a//b|b|a",
                "/a/../b|b|/",
                "a/..|..|a",
                "/..|..|/",
                "../a|a|..",
                "../../a/b|b|../../a",
                "./a|a|.",
                "/a/./b|b|/a",
                ".|.|.",
                "..|..|.",
            })
    void baseAndDir_asInGo(String path, String base, String dir) {
        assertThat(SlashPath.base(path)).isEqualTo(base);
        assertThat(SlashPath.dir(path)).isEqualTo(dir);
    }

    @Test
    void split_asInGo() {
        assertThat(GoStrings.split("a,b,", ",")).containsExactly("a", "b", "");
        assertThat(GoStrings.split("", ",")).containsExactly("");
        assertThat(GoStrings.split("", "")).isEmpty();
        assertThat(GoStrings.split("a😀c", "")).containsExactly("a", "😀", "c");
        assertThat(GoStrings.split("a.*b", ".*")).containsExactly("a", "b");
        assertThat(GoStrings.split(",", ",")).containsExactly("", "");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "aaa,a,b,-1,bbb",
                "aaa,a,b,2,bba",
                "aaa,a,b,0,aaa",
                "aaa,aa,b,-1,ba",
                "ab,``,-,-1,-a-b-",
                "ab,``,-,2,-a-b",
                "``,``,x,-1,x",
                "😀b,``,-,-1,-😀-b-",
                "abc,x,y,-1,abc",
                "a.c,.,$1,-1,a$1c",
            })
    void replace_asInGo(String text, String old, String replacement, long count, String result) {
        assertThat(GoStrings.replace(text, old, replacement, count)).isEqualTo(result);
    }

    @Test
    void toUpperAndToLower_changeCharacterByCharacter() {
        assertThat(GoStrings.toUpper("aßé😀\udcff")).isEqualTo("AßÉ😀\ufffd");
        assertThat(GoStrings.toLower("AÉ")).isEqualTo("aé");
    }

    @Test
    void trimSuffix_takesOneSuffixOff() {
        assertThat(GoStrings.trimSuffix("a.b.b", ".b")).isEqualTo("a.b");
        assertThat(GoStrings.trimSuffix("a", "x")).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "42,42",
        "+42,42",
        "-42,-42",
        "007,7",
        "9223372036854775807,9223372036854775807",
        "-9223372036854775808,-9223372036854775808"
    })
    void integer_wholeNumber_isRead(String text, long number) throws Exception {
        assertThat(GoNumbers.integer(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", " 1", "1 ", "1.0", "0x1", "1_000", "--1", "١", "1\n"})
    void integer_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> GoNumbers.integer(text))
                .isInstanceOf(BadTextException.class)
                .hasMessage("not a whole number (digits, a + or - may stand before them)");
    }

    @Test
    void integer_beyond64Bits_isRefused() {
        assertThatThrownBy(() -> GoNumbers.integer("9223372036854775808"))
                .isInstanceOf(BadTextException.class)
                .hasMessage("out of range (whole numbers go from -9223372036854775808 to 9223372036854775807)");
    }

    @Test
    void truth_knowsGosTwelveWordsOnly() throws Exception {
        for (String text : List.of("1", "t", "T", "true", "TRUE", "True")) {
            assertThat(GoNumbers.truth(text)).isTrue();
        }
        for (String text : List.of("0", "f", "F", "false", "FALSE", "False")) {
            assertThat(GoNumbers.truth(text)).isFalse();
        }
        for (String text : List.of("", "yes", "tRUE", "on", "2")) {
            assertThatThrownBy(() -> GoNumbers.truth(text))
                    .isInstanceOf(BadTextException.class)
                    .hasMessage("not a truth value (1 t T true TRUE True or 0 f F false FALSE False)");
        }
    }

    @Test
    void base64_anyBytes_comeBack() throws Exception {
        Random random = new Random(42);
        for (int length = 0; length < 100; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = ByteText.decode(bytes);

            assertThat(ByteText.encode(Base64Text.decode(Base64Text.encode(text))))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void decode_lineEndsWithin_doNotCount() throws Exception {
        assertThat(Base64Text.decode("aGVs\r\nbG8\n=\n")).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({"aGk*,3", "*,0", "aGk=a,4", "aGk==,4", "====,0", "aGVs=,4", "aGk =,3", "aGk_,3", "aGkü,3"})
    void decode_wrongCharacter_isRefusedWithItsPlace(String text, int place) {
        assertThatThrownBy(() -> Base64Text.decode(text))
                .isInstanceOf(BadTextException.class)
                .hasMessage("not base64 at byte " + place + " (A-Z a-z 0-9 + / and = at the end)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=", "aG", "aGk", "aG="})
    void decode_missingEnd_isRefused(String text) {
        assertThatThrownBy(() -> Base64Text.decode(text))
                .isInstanceOf(BadTextException.class)
                .hasMessage("not base64: it ends early (4 characters stand for 3 bytes, the last padded with =)");
    }

    @Test
    void naturalOrder_countsRunsOfDigits() {
        assertThat(Stream.of(
                                "py10",
                                "py2",
                                "py",
                                "py1b",
                                "py1a",
                                "a9",
                                "py02",
                                "py2x1",
                                "99999999999999999999",
                                "100000000000000000000")
                        .sorted(NaturalOrder.INSTANCE))
                .containsExactly(
                        "99999999999999999999",
                        "100000000000000000000",
                        "a9",
                        "py",
                        "py1a",
                        "py1b",
                        "py02",
                        "py2",
                        "py2x1",
                        "py10");
    }
}
