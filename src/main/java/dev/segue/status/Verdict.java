package dev.segue.status;

import java.util.List;

/**
 * Yes, or no and why.
 *
 * @param reasons why not, one line each, for people; none means yes
 */
public record Verdict(List<String> reasons) {
    public Verdict {
        reasons = List.copyOf(reasons);
    }

    public boolean isGood() {
        return reasons.isEmpty();
    }
}
