package dev.segue.cutover;

import dev.segue.cutover.Acknowledgement.Resource;
import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.cutover.Verdict.Kind;
import java.util.List;

/** Decides, by what a member says, how far it has come towards a goal. */
final class Judge {
    private final Goal goal;
    private final Settlement until;

    /** @param until how much of what was before may be left: at most this */
    Judge(Goal goal, Settlement until) {
        this.goal = goal;
        this.until = until;
    }

    Verdict of(Member member) {
        if (member.acknowledgement().isEmpty()) {
            return Verdict.lagging(member.problem().orElse("says nothing"));
        }
        List<Resource> concerned = member.acknowledgement().get().resources().stream()
                .filter(goal::concerns)
                .toList();
        if (concerned.isEmpty()) {
            return Verdict.lagging(
                    goal.keys().isEmpty() ? "has applied nothing yet" : "none of its resources reads " + keys());
        }
        boolean everythingIsMeant = goal.keys().isEmpty();
        if (everythingIsMeant && concerned.stream().noneMatch(goal::isSeenBy)) {
            long latest = concerned.stream().mapToLong(Resource::revision).max().orElseThrow();
            return Verdict.lagging("is at revision " + latest);
        }
        return concerned.stream()
                .map(resource -> of(resource, everythingIsMeant))
                .filter(verdict -> !verdict.isThere())
                .findFirst()
                .orElseGet(() -> new Verdict(Kind.THERE, until == Settlement.DRAINED ? "applied, drained" : "applied"));
    }

    private Verdict of(Resource resource, boolean everythingIsMeant) {
        if (!everythingIsMeant && !goal.isSeenBy(resource)) {
            return Verdict.lagging(resource.name() + " is at revision " + resource.revision());
        }
        if (!resource.isApplied()) {
            String words = resource.name() + " " + resource.state()
                    + resource.reason().map(reason -> ": " + reason).orElse("");
            return new Verdict(resource.hasFailed() ? Kind.FAILED : Kind.LAGGING, words);
        }
        if (!resource.settlement().isAtLeast(until)) {
            String left = resource.settlement() == Settlement.OLD_ACCEPT
                    ? resource.reason().orElse("older workers still take connections")
                    : "older workers still serve requests";
            return Verdict.lagging(resource.name() + " applied, but " + left);
        }
        return new Verdict(Kind.THERE, "applied");
    }

    private String keys() {
        return String.join(", ", goal.keys().stream().sorted().toList());
    }
}
