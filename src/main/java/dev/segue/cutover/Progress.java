package dev.segue.cutover;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** Shows how far the members are: a line for each that has come there; on a terminal also who is waited for. One thread. */
final class Progress {
    private static final String WIPE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, Verdict> told = new HashMap<>();
    private boolean lineStands;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A step of its own. */
    void step(String words) {
        wipe();
        told.clear();
        out.println(words);
        out.flush();
    }

    /** How they stand now. */
    void show(Map<String, Verdict> verdicts) {
        wipe();
        verdicts.forEach((member, verdict) -> {
            if (verdict.isThere() && !verdict.equals(told.put(member, verdict))) {
                out.println("  " + member + "  " + verdict.words());
            }
        });
        if (terminal) {
            verdicts.entrySet().stream()
                    .filter(each -> !each.getValue().isThere())
                    .findFirst()
                    .ifPresent(each -> {
                        out.print("  waiting for " + each.getKey() + ": "
                                + each.getValue().words());
                        lineStands = true;
                    });
        }
        out.flush();
    }

    /** Who has not come there in the end, and why. */
    void laggards(Map<String, Verdict> verdicts) {
        wipe();
        verdicts.forEach((member, verdict) -> {
            if (!verdict.isThere()) {
                out.println("  " + member + "  " + verdict.words());
            }
        });
        out.flush();
    }

    private void wipe() {
        if (lineStands) {
            out.print(WIPE);
            lineStands = false;
        }
    }
}
