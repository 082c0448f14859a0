package dev.segue.cutover;

import static dev.segue.cutover.Samples.applied;
import static dev.segue.cutover.Samples.member;
import static dev.segue.cutover.Samples.refused;
import static dev.segue.cutover.Samples.unsettled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.cutover.Verdict.Kind;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Goal EVERYTHING = new Goal(40, Set.of(), Set.of());
    private static final Goal KEY = new Goal(40, Set.of("/app/py1"), Set.of(47L));

    @Test
    void of_appliedAtTheRevisionOrLater_isThere() {
        assertThat(settled(EVERYTHING, member(applied("a", "/app", 40, Settlement.SETTLED))))
                .isEqualTo(new Verdict(Kind.THERE, "applied"));
        assertThat(settled(KEY, member(applied("a", "/app", 41, Settlement.DRAINED)))
                        .kind())
                .isEqualTo(Kind.THERE);
    }

    @Test
    void of_earlierRevision_lagsAndSaysWhereItIs() {
        assertThat(settled(EVERYTHING, member(applied("a", "/app", 39, Settlement.DRAINED))))
                .isEqualTo(Verdict.lagging("is at revision 39"));
        assertThat(settled(KEY, member(applied("a", "/app", 39, Settlement.DRAINED))))
                .isEqualTo(Verdict.lagging("a is at revision 39"));
    }

    @Test
    void of_revisionThatIsTooEarly_lags() {
        assertThat(settled(KEY, member(applied("a", "/app", 47, Settlement.DRAINED))))
                .isEqualTo(Verdict.lagging("a is at revision 47"));
    }

    @Test
    void of_resourceThatDoesNotReadTheKey_doesNotMatter() {
        Member member = member(
                applied("a", "/app", 40, Settlement.DRAINED), refused("b", "/other", 3, "failed", "no such key"));
        assertThat(settled(KEY, member).kind()).isEqualTo(Kind.THERE);
    }

    @Test
    void of_everythingMeant_anyResourceThatFailsMatters() {
        Member member = member(
                applied("a", "/app", 40, Settlement.DRAINED), refused("b", "/other", 3, "failed", "no such key"));
        assertThat(settled(EVERYTHING, member)).isEqualTo(new Verdict(Kind.FAILED, "b failed: no such key"));
    }

    @Test
    void of_everythingMeant_oneResourceAtTheRevisionIsEnough() {
        Member member =
                member(applied("a", "/app", 40, Settlement.DRAINED), applied("b", "/other", 3, Settlement.DRAINED));
        assertThat(settled(EVERYTHING, member).kind()).isEqualTo(Kind.THERE);
    }

    @Test
    void of_noResourceReadsTheKey_lagsAndSaysSo() {
        assertThat(settled(KEY, member(applied("a", "/other", 99, Settlement.DRAINED))))
                .isEqualTo(Verdict.lagging("none of its resources reads /app/py1"));
    }

    @Test
    void of_seenAndRefused_failed() {
        assertThat(settled(KEY, member(refused("a", "/app", 40, "failed", "check command exited 1"))))
                .isEqualTo(new Verdict(Kind.FAILED, "a failed: check command exited 1"));
    }

    @Test
    void of_heldOrWaiting_lags() {
        assertThat(settled(KEY, member(refused("a", "/app", 40, "held", "fewer than 1 keys"))))
                .isEqualTo(Verdict.lagging("a held: fewer than 1 keys"));
    }

    @Test
    void of_failedBeforeItSawTheChange_lags() {
        assertThat(settled(KEY, member(refused("a", "/app", 39, "failed", "before"))))
                .isEqualTo(Verdict.lagging("a is at revision 39"));
    }

    @Test
    void of_olderWorkersLeft_lagsUntilTheyAreAsFewAsAskedFor() {
        Member accepting = member(applied("a", "/app", 40, Settlement.OLD_ACCEPT));
        Member settled = member(applied("a", "/app", 40, Settlement.SETTLED));
        Member drained = member(applied("a", "/app", 40, Settlement.DRAINED));
        Judge judge = new Judge(KEY, Settlement.DRAINED);
        assertThat(settled(KEY, accepting))
                .isEqualTo(Verdict.lagging("a applied, but older workers still take connections"));
        assertThat(judge.of(settled)).isEqualTo(Verdict.lagging("a applied, but older workers still serve requests"));
        assertThat(judge.of(drained)).isEqualTo(new Verdict(Kind.THERE, "applied, drained"));
    }

    @Test
    void of_notSettledForAReason_lagsAndSaysIt() {
        assertThat(settled(KEY, member(unsettled("a", "/app", 40, "settle command exited 3"))))
                .isEqualTo(Verdict.lagging("a applied, but settle command exited 3"));
    }

    @Test
    void of_nothingSaidYet_lags() {
        assertThat(settled(EVERYTHING, member())).isEqualTo(Verdict.lagging("has applied nothing yet"));
    }

    @Test
    void of_unreadable_lagsWithTheProblem() {
        assertThat(settled(EVERYTHING, new Member(Optional.empty(), Optional.of("cannot be read"))))
                .isEqualTo(Verdict.lagging("cannot be read"));
    }

    private static Verdict settled(Goal goal, Member member) {
        return new Judge(goal, Settlement.SETTLED).of(member);
    }
}
