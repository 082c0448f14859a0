package dev.segue.cutover;

import static dev.segue.cutover.Samples.SINCE;
import static dev.segue.cutover.Samples.applied;
import static dev.segue.cutover.Samples.member;
import static dev.segue.cutover.Samples.refused;
import static dev.segue.cutover.Samples.unsettled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.settings.Membership;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTableTest {
    @Test
    void of_members_aLineForEachResource() {
        Map<Membership, Member> members = new LinkedHashMap<>();
        members.put(
                new Membership("web", "a"),
                member(
                        applied("app", "/app", 40, Settlement.DRAINED),
                        applied("api", "/api", 7, Settlement.SETTLED),
                        unsettled("x", "/x", 7, "settle command exited 3")));
        members.put(
                new Membership("web", "bb"), member(refused("app", "/app", 41, "failed", "check command exited 1")));
        members.put(new Membership("web", "c"), new Member(Optional.empty(), Optional.of("what it says is odd")));
        members.put(new Membership("web", "d"), member());
        assertThat(String.join("\n", StatusTable.of(members, SINCE.plusSeconds(75))))
                .isEqualTo("""
                        GROUP  MEMBER  RESOURCE  STATE     REVISION  SINCE   REASON
                        web    a       app       applied   40        1m 15s
                        web    a       api       draining  7         1m 15s
                        web    a       x         settling  7         1m 15s  settle command exited 3
                        web    bb      app       failed    41        1m 15s  check command exited 1
                        web    c       -         unknown   -         -       what it says is odd
                        web    d       -         starting  -         -""");
    }

    @ParameterizedTest
    @CsvSource({"-5,0s", "0,0s", "59,59s", "60,1m 0s", "3599,59m 59s", "3600,1h 0m", "86399,23h 59m", "90000,1d 1h"})
    void age_anyTime_isToldInItsTwoGreatestUnits(long seconds, String words) {
        assertThat(StatusTable.age(Duration.ofSeconds(seconds))).isEqualTo(words);
    }
}
