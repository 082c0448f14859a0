package dev.segue.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Change;
import dev.segue.plan.Outcome;
import dev.segue.plan.Rung;
import dev.segue.status.Picture.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class HealthTest {
    private static final Health.Limits LIMITS = Health.Limits.of(Duration.ofSeconds(3), Duration.ofSeconds(60));
    private static final String STORE = "http://127.0.0.1:2379";
    private static final Instant NOW = Sample.START.plusSeconds(100);

    @ParameterizedTest
    @CsvSource({
        "3,    30",
        "0,    30",
        "3.5,  35",
        "60,  600",
    })
    void limits_ofARequestTimeout_letATurnReadForLong(double requestSeconds, long overdueSeconds) {
        Duration request = Duration.ofMillis((long) (requestSeconds * 1000));

        assertThat(Health.Limits.of(request, Duration.ofSeconds(60)).overdue())
                .isEqualTo(Duration.ofSeconds(overdueSeconds));
    }

    @ParameterizedTest
    @CsvSource({
        // since the last turn, rest, phase
        "0,      0, RUNNING,  true",
        "30,     0, RUNNING,  true",
        "30.001, 0, RUNNING,  false",
        "10,    10, RUNNING,  true",
        "40,    10, RUNNING,  true",
        "41,    10, RUNNING,  false",
        "3629, 3600, RUNNING, true",
        "3631, 3600, RUNNING, false",
        "9999,  10, STOPPING, true",
        "-5,    10, RUNNING,  true",
    })
    void alive_whileTheLoopTurnsAsItSaid(double sinceTurn, long rest, Phase phase, boolean alive) {
        Picture picture = picture()
                .with(phase)
                .with(new Pulse(9, NOW.minus(Duration.ofMillis((long) (sinceTurn * 1000))), Duration.ofSeconds(rest)));

        assertThat(Health.of(picture, LIMITS).alive().isGood()).isEqualTo(alive);
    }

    @ParameterizedTest
    @CsvSource({
        "'the loop has not turned for 41 s, and was to rest for 10 s (limit 30 s more)'",
    })
    void alive_ofAStuckLoop_saysHowLong(String reason) {
        Picture picture = picture().with(new Pulse(9, NOW.minusSeconds(41), Duration.ofSeconds(10)));

        assertThat(Health.of(picture, LIMITS).alive().reasons()).containsExactly(reason);
    }

    @ParameterizedTest
    @MethodSource
    void ready_orTheReasons(UnaryOperator<Picture> change, List<String> reasons) {
        assertThat(Health.of(change.apply(picture()), LIMITS).ready().reasons()).isEqualTo(reasons);
    }

    static Stream<Arguments> ready_orTheReasons() {
        return Stream.of(
                because(picture -> picture),
                because(picture -> picture.with(StoreStatus.untried(STORE)), "store " + STORE + ": not read yet"),
                because(
                        picture -> picture.with(StoreStatus.untried(STORE).lost("refused", NOW)),
                        "store " + STORE + ": not read yet: refused"),
                because(picture -> picture.with(picture.store().lost("refused", NOW.minusSeconds(60)))),
                because(
                        picture -> picture.with(picture.store()
                                .lost("refused", NOW.minusSeconds(73))
                                .lost("timed out", NOW.minusSeconds(1))),
                        "store " + STORE + ": lost for 73 s (limit 60 s): timed out"),
                because(picture -> picture.with(
                        picture.store().lost("refused", NOW.minusSeconds(73)).read(43, NOW))),
                because(picture -> with(picture, Sample.pending()), "conf.d/nginx.toml: not looked at yet"),
                because(
                        picture -> with(picture, Sample.neverApplied(Sample.failed(Rung.RENDERED))),
                        "conf.d/nginx.toml: not applied yet: reload command exited 1"),
                because(
                        picture -> with(picture, Sample.neverApplied(new Outcome.WouldUpdate(Change.CREATE))),
                        "conf.d/nginx.toml: not applied yet: out of sync, and nothing may be written"),
                because(
                        picture -> with(picture, Sample.neverApplied(new Outcome.Held("no key below /app"))),
                        "conf.d/nginx.toml: not applied yet: no key below /app"),
                because(picture -> with(picture, Sample.held())),
                because(picture -> with(picture, Sample.owing(Rung.INSTALLED, NOW.minusSeconds(60)))),
                because(
                        picture -> with(picture, Sample.owing(Rung.INSTALLED, NOW.minusSeconds(73))),
                        "conf.d/nginx.toml: reload owed for 73 s (limit 60 s): reload command exited 1"),
                because(
                        picture -> with(picture, Sample.owing(Rung.RELOADED, NOW.minusSeconds(61))),
                        "conf.d/nginx.toml: verification owed for 61 s (limit 60 s): reload command exited 1"),
                because(
                        picture -> refusing(picture, "conf.d/bad.toml", "conf.d/bad.toml:3: no dest"),
                        "conf.d/bad.toml:3: no dest"),
                because(picture -> refusing(picture, Sample.NAME, "conf.d/nginx.toml:3: no dest")),
                because(picture -> refusing(picture, "conf.d", "/etc/segue/conf.d: no such folder")),
                because(
                        picture -> refusing(picture, "conf.d/nginx", "conf.d/nginx: permission denied"),
                        "conf.d/nginx: permission denied"),
                because(picture -> picture.with(Phase.STOPPING), "Segue is stopping"));
    }

    private static Arguments because(UnaryOperator<Picture> change, String... reasons) {
        return Arguments.of(change, List.of(reasons));
    }

    private static Picture with(Picture picture, ResourceStatus resource) {
        return picture.with(List.of(resource), new TreeMap<>());
    }

    private static Picture refusing(Picture picture, String name, String problem) {
        return picture.with(picture.resources(), new TreeMap<>(Map.of(name, List.of(problem))));
    }

    /** All is well. */
    private static Picture picture() {
        return new Picture(
                NOW,
                Sample.START,
                Phase.RUNNING,
                new Pulse(1, NOW, Duration.ofSeconds(10)),
                StoreStatus.untried(STORE).read(42, NOW),
                List.of(),
                List.of(Sample.applied()),
                new TreeMap<>());
    }
}
