package dev.segue.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With both clocks moved by hand. */
@Timeout(20)
class StatusBoardTest {
    private Instant steady = Sample.START;
    private Instant wall = Sample.START;
    private final StatusBoard board = new StatusBoard("memory", () -> steady, () -> wall);

    @Test
    void picture_beforeAnything_isEmpty() {
        Picture picture = board.picture();

        assertThat(picture.resources()).isEmpty();
        assertThat(picture.refused()).isEmpty();
        assertThat(picture.store()).isEqualTo(StoreStatus.untried("memory"));
        assertThat(picture.pulse()).isEqualTo(new Pulse(0, Sample.START, Duration.ZERO));
    }

    @Test
    void publish_replacesAllResourcesAndRefusals() {
        board.publish(List.of(Sample.applied()), new TreeMap<>(Map.of("conf.d/bad.toml", List.of("bad"))));
        board.publish(List.of(), new TreeMap<>());

        assertThat(board.picture().resources()).isEmpty();
        assertThat(board.picture().refused()).isEmpty();
    }

    @Test
    void store_lostAndFound_keepsTheFirstMomentOfEachAndTheLastError() {
        board.storeRead(5);
        pass(10);
        board.storeLost("refused");
        pass(10);
        board.storeLost("timed out");

        StoreStatus lost = board.picture().store();
        assertThat(lost.isUp()).isFalse();
        assertThat(board.picture().age(lost.lostSince())).isEqualTo(Duration.ofSeconds(10));
        assertThat(lost.lastError()).contains("timed out");
        assertThat(lost.revision()).hasValue(5);

        board.storeRead(6);
        pass(1);
        board.storeRead(7);
        StoreStatus found = board.picture().store();
        assertThat(found.lostSince()).isEmpty();
        assertThat(board.picture().age(found.upSince())).isEqualTo(Duration.ofSeconds(1));
        assertThat(found.lastError()).contains("timed out");
        assertThat(found.reads()).isEqualTo(3);
        assertThat(found.failures()).isEqualTo(2);
    }

    @Test
    void wallClockSet_timesFollowItAndAgesStayTrue() {
        board.publish(List.of(Sample.owing(Rung.INSTALLED, steady)), new TreeMap<>());
        board.storeLost("refused");
        board.turned(Duration.ofSeconds(10));
        pass(70);
        wall = wall.minus(Duration.ofDays(1));

        Picture picture = board.picture();

        ResourceStatus resource = picture.resources().get(0);
        Instant yesterday = Sample.START.minus(Duration.ofDays(1));
        assertThat(resource.owedSince()).contains(yesterday);
        assertThat(resource.since()).isEqualTo(yesterday);
        assertThat(picture.taken()).isEqualTo(wall);
        assertThat(picture.age(resource.owedSince())).isEqualTo(Duration.ofSeconds(70));
        assertThat(picture.age(picture.store().lostSince())).isEqualTo(Duration.ofSeconds(70));
        assertThat(picture.age(picture.pulse().last())).isEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void wallClockALittleFast_movesNoTime() {
        board.publish(List.of(Sample.applied()), new TreeMap<>());
        wall = wall.plusMillis(900);

        assertThat(board.picture().resources()).containsExactly(Sample.applied());
    }

    private void pass(long seconds) {
        steady = steady.plusSeconds(seconds);
        wall = wall.plusSeconds(seconds);
    }
}
