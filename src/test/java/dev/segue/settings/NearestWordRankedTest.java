package dev.segue.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class NearestWordRankedTest {
    @Test
    void ranked_moreWordsThanWanted_givesTheNearestFirst() {
        assertThat(NearestWord.ranked("/py3", List.of("/zzzzzz", "/py22", "/py2", "/py1"), 3))
                .containsExactly("/py1", "/py2", "/py22");
    }

    @Test
    void ranked_noWords_givesNone() {
        assertThat(NearestWord.ranked("x", List.of(), 3)).isEmpty();
    }
}
