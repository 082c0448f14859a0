package dev.segue.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class CommandOutputTest {
    @Test
    void forLog_controlCharacters_areEscapedLineByLine() {
        assertThat(output("one\u001b[2J\r\ntwo\rthree\n\tfour").forLog())
                .containsExactly("one\\x1b[2J", "two", "three", "\tfour");
    }

    @Test
    void forLog_manyLines_keepsBothEnds() {
        List<String> lines = output(numbered(100)).forLog();

        assertThat(lines)
                .hasSize(21)
                .startsWith("1", "2")
                .contains("... 80 lines left out ...")
                .endsWith("99", "100");
        assertThat(lines.get(10)).isEqualTo("... 80 lines left out ...");
        assertThat(lines.get(11)).isEqualTo("91");
    }

    @Test
    void forLog_oneLineTooMany_isNotWorthLeavingOut() {
        assertThat(output(numbered(21)).forLog()).hasSize(21).endsWith("21").doesNotContain("... 1 lines left out ...");
    }

    @Test
    void forLog_longLine_isCut() {
        assertThat(output("x".repeat(501)).forLog()).containsExactly("x".repeat(500) + "…");
        assertThat(output("x".repeat(500)).forLog()).containsExactly("x".repeat(500));
    }

    @Test
    void forLog_bytesThatAreNotUtf8_areShownAsBytes() {
        byte[] latin1 = "gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(new CommandOutput(latin1, new byte[0], 0).forLog()).containsExactly("gr\\xfcn");
    }

    @Test
    void toString_holdsNothingOfTheOutput() {
        assertThat(output("hush")).hasToString("4 characters");
    }

    @Test
    void dropSecrets_storePassword_isNotPassedOn() {
        Map<String, String> environment = new HashMap<>(
                Map.of("SEGUE_PASSWORD", "x", "CONFD_PASSWORD", "x", "SEGUE_PASSWORD_FILE", "/f", "PATH", "/bin"));

        Launch.dropSecrets(environment);

        assertThat(environment).containsOnlyKeys("SEGUE_PASSWORD_FILE", "PATH");
    }

    private static CommandOutput output(String text) {
        return new CommandOutput(text.getBytes(StandardCharsets.UTF_8), new byte[0], 0);
    }

    private static String numbered(int lines) {
        return IntStream.rangeClosed(1, lines).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    }
}
