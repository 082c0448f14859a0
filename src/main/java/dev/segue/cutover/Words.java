package dev.segue.cutover;

import dev.segue.cutover.Waiter.End;
import dev.segue.cutover.Waiter.Result;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Collectors;

/** Phrases that several commands say. */
final class Words {
    private Words() {}

    static String members(int count) {
        return count == 1 ? "1 member" : count + " members";
    }

    /** Who has not come to the goal, in one line. */
    static String notThere(Result result, Crowd crowd, String group) {
        long there =
                result.verdicts().values().stream().filter(Verdict::isThere).count();
        if (result.verdicts().isEmpty()) {
            return "nobody acknowledges in group " + group + " (a Segue does that with --acknowledge " + group
                    + ", while it runs)";
        }
        String of = members(result.verdicts().size());
        return result.verdicts().size() < crowd.atLeast()
                ? "only " + of + " of " + crowd.atLeast() + " in group " + group
                : there + " of " + of + " of " + group + " came there";
    }

    /** Who has not come to the goal within {@code limit}, and why. */
    static String problem(Result result, Crowd crowd, String group, Duration limit) {
        String late = result.end() == End.LATE ? " within " + time(limit) : "";
        return notThere(result, crowd, group) + late + " (" + laggards(result) + ")";
    }

    private static String laggards(Result result) {
        return result.verdicts().entrySet().stream()
                .filter(each -> !each.getValue().isThere())
                .map(each -> each.getKey() + ": " + each.getValue().words())
                .collect(Collectors.joining("; "));
    }

    static String time(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
