package dev.segue.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ByteTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "zwölf Böcke", "€uro", "\uD83D\uDE80 rocket", "line\r\nbreak\0"})
    void decode_wellFormed_isTheTextItMeans(String text) {
        assertThat(ByteText.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(ByteText.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void decode_strayByte_becomesALoneSurrogate() {
        assertThat(ByteText.decode(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uDCFFb");
    }

    @Test
    void decode_surrogateWrittenAsUtf8_staysThoseThreeBytes() {
        byte[] cesu = {(byte) 0xED, (byte) 0xB2, (byte) 0x80};
        assertThat(ByteText.decode(cesu)).isEqualTo("\uDCED\uDCB2\uDC80");
        assertThat(ByteText.encode(ByteText.decode(cesu))).isEqualTo(cesu);
    }

    @Test
    void encode_afterDecodeOfRandomBytes_givesTheSameBytes() {
        Random random = new Random(75);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            assertThat(ByteText.encode(ByteText.decode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void encode_surrogateThatStandsForNoByte_becomesAQuestionMark() {
        assertThat(ByteText.encode("a\uD800b\uDFFFc")).isEqualTo("a?b?c".getBytes(StandardCharsets.UTF_8));
    }
}
