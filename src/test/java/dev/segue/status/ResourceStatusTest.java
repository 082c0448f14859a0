package dev.segue.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.Change;
import dev.segue.plan.Outcome;
import dev.segue.plan.Rung;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class ResourceStatusTest {
    @ParameterizedTest
    @MethodSource
    void toString_isALineForPeople(ResourceStatus resource, String line) {
        assertThat(resource).hasToString("conf.d/nginx.toml -> /etc/nginx/conf.d/app.conf: " + line);
    }

    static Stream<Arguments> toString_isALineForPeople() {
        return Stream.of(
                Arguments.of(Sample.pending(), "not looked at yet"),
                Arguments.of(Sample.applied(), "in sync, since 2026-01-02T03:04:05Z, store revision 42"),
                Arguments.of(
                        Sample.held(),
                        "held, since 2026-01-02T03:04:05Z, store revision 42, applied revision 40: no key below /app"),
                Arguments.of(
                        Sample.owing(Rung.INSTALLED, Sample.START.plusSeconds(1)),
                        "not reloaded (3 tries), since 2026-01-02T03:04:05Z, store revision 42, applied revision 41,"
                                + " reload owed since 2026-01-02T03:04:06Z, next try 2026-01-02T03:05:35Z:"
                                + " reload command exited 1"));
    }

    @ParameterizedTest
    @MethodSource
    void isApplied_onlyWithWhatTheStoreSays(ResourceStatus resource, boolean applied, String state) {
        assertThat(resource.isApplied()).isEqualTo(applied);
        assertThat(resource.state()).isEqualTo(state);
    }

    static Stream<Arguments> isApplied_onlyWithWhatTheStoreSays() {
        return Stream.of(
                Arguments.of(Sample.applied(), true, "in sync"),
                Arguments.of(Sample.pending(), false, "pending"),
                Arguments.of(Sample.held(), false, "held"),
                Arguments.of(Sample.neverApplied(new Outcome.Waiting("nginx is busy")), false, "waiting"),
                Arguments.of(Sample.owing(Rung.RELOADED, Sample.START), false, "failed"),
                Arguments.of(Sample.neverApplied(new Outcome.WouldUpdate(Change.CREATE)), false, "out of sync"));
    }

    @Test
    void counts_growWithEachOutcome() {
        Counts counts = Counts.NONE
                .passed(new Outcome.InSync(), 0, 0, 0)
                .passed(new Outcome.Updated(Change.CONTENT), 1, 0, 0)
                .passed(Sample.failed(Rung.CHECKED), 0, 0, 0)
                .passed(Sample.failed(Rung.RELOADED), 2, 1, 1)
                .passed(Sample.failed(Rung.VERIFIED), 2, 0, 1);

        assertThat(counts).isEqualTo(new Counts(5, 1, 3, 4, 1, 2));
    }
}
