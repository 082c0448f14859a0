package dev.segue.cutover;

import static dev.segue.cutover.Samples.applied;
import static dev.segue.cutover.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.cutover.AcknowledgementJson.UnreadableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementJsonTest {
    private static final Acknowledgement SAMPLE = new Acknowledgement(
            "1.0",
            List.of(
                    applied("a", "/app", 40, Settlement.OLD_ACCEPT),
                    applied("b", "/app", 41, Settlement.SETTLED),
                    applied("c", "/app", 42, Settlement.DRAINED),
                    refused("d", "/", 43, "failed", "check command \"x\" exited 1")));

    @Test
    void parse_whatTextMade_isTheSame() throws UnreadableException {
        assertThat(AcknowledgementJson.parse(AcknowledgementJson.text(SAMPLE))).isEqualTo(SAMPLE);
    }

    @Test
    void text_oneResource_isTheFormatThatTheReadmeShows() {
        Acknowledgement one = new Acknowledgement("1.0", List.of(applied("a.toml", "/app", 40, Settlement.SETTLED)));
        assertThat(AcknowledgementJson.text(one))
                .isEqualTo(
                        "{\"format\":1,\"version\":\"1.0\",\"resources\":[{\"name\":\"a.toml\",\"dest\":\"/etc/a.toml\","
                                + "\"keys\":[\"/app\"],\"state\":\"applied\",\"revision\":40,\"applied_revision\":40,"
                                + "\"settled\":true,\"drained\":false,\"since\":\"2026-11-27T06:00:00Z\"}]}");
    }

    @Test
    void parse_unknownMembers_areNoHindrance() throws UnreadableException {
        String text = AcknowledgementJson.text(SAMPLE).replace("{\"format\":1", "{\"new\":[],\"format\":1");
        assertThat(AcknowledgementJson.parse(text)).isEqualTo(SAMPLE);
    }

    @Test
    void parse_anotherFormat_isRefusedByItsNumber() {
        assertThatThrownBy(() -> AcknowledgementJson.parse("{\"format\":2}"))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("its format is 2, this Segue knows 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{\"format\":\"one\"}",
                "{\"format\":null}",
                "{\"format\":1}",
                "{\"format\":1,\"version\":\"1\",\"resources\":7}",
                "{\"format\":1,\"version\":\"1\",\"resources\":[7]}",
                "{\"format\":1,\"version\":\"1\",\"resources\":[{\"name\":\"a\"}]}",
                "{\"format\":1,\"version\":\"1\",\"resources\":[{\"name\":[],\"dest\":\"b\"}]}"
            })
    void parse_somethingElse_isRefused(String text) {
        assertThatThrownBy(() -> AcknowledgementJson.parse(text)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void parse_badTime_isRefused() {
        String text = AcknowledgementJson.text(SAMPLE).replaceFirst("2026-11-27T06:00:00Z", "yesterday");
        assertThatThrownBy(() -> AcknowledgementJson.parse(text)).isInstanceOf(UnreadableException.class);
    }
}
