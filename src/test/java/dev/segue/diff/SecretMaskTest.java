package dev.segue.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SecretMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hunter2 | password hunter2; | password ****;",
                "hunter2 | xhunter2y HUNTER2 | x****y ****",
                "7 | pin 7, port 7071 | pin ****, port ****0****1",
                "xx | axxxb | a****b",
                "p@ss w\"ord | set \"p@ss w\\\"ord\"; | set \"****\";",
                "p@ss w\"ord | ?p=p%40ss+w%22ord&x | ?p=****&x",
                "p@ss w\"ord | <p>p@ss w&quot;ord</p> | <p>****</p>",
                "a<b | a\\u003cb | ****",
                "c:\\x\\\\y | c:\\\\x\\\\\\\\y! | ****!",
                "$1 .* | $1 .* and $2 | **** and $2",
                "{\"user\":\"app\",\"pin\":\"p@1\"} | app:p@1 of user | ****:**** of ****",
                "grün | GRÜN gr%c3%bcn | **** ****",
            })
    void apply_secretInAnyForm_isHidden(String secret, String text, String shown) {
        assertThat(new SecretMask(List.of(secret)).apply(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:"})
    void apply_insideBase64_isHidden(String beforeIt) {
        String secret = "correct horse?";
        String text = encode(beforeIt + secret);

        // The digit at each end that holds bits of a neighbour, too, may stay.
        int first = (beforeIt.length() * 8 + 5) / 6;
        int end = (beforeIt.length() + secret.length()) * 8 / 6;

        String shown = new SecretMask(List.of(secret)).apply("Basic " + text + ";");

        assertThat(shown)
                .startsWith("Basic " + text.substring(0, first) + "****")
                .endsWith(";");
        assertThat(shown.length()).isLessThanOrEqualTo("Basic ****;".length() + text.length() - (end - first));
    }

    @Test
    void apply_shortSecretAloneInBase64_isHidden() {
        assertThat(new SecretMask(List.of("ab")).apply("x " + encode("ab") + " y"))
                .isEqualTo("x **** y");
    }

    @Test
    void apply_longSecret_isHiddenWhole() {
        String secret = new Random(7).ints(20_000, 0, 10).mapToObj(i -> "." + i).collect(Collectors.joining());

        assertThat(new SecretMask(List.of(secret)).apply("key " + secret + " end"))
                .isEqualTo("key **** end");
    }

    @Test
    void apply_manyBackslashes_takesNoTimeToSpeakOf() {
        String secret = "\\\".\\\"!".repeat(20);

        assertThat(new SecretMask(List.of(secret)).apply("\\".repeat(5000))).isEqualTo("\\".repeat(5000));
    }

    @Test
    void apply_secretOverLines_keepsTheirNumber() {
        assertThat(new SecretMask(List.of("--\n\n!!")).apply("a --\n\n!! b")).isEqualTo("a ****\n\n**** b");
    }

    @Test
    void apply_emptySecret_hidesNothing() {
        assertThat(new SecretMask(List.of("")).apply("text")).isEqualTo("text");
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
