package dev.segue.diff;

import java.util.ArrayList;
import java.util.List;

/** The lines of a unified diff, in hunks with three lines around each change. */
final class Hunks {
    private static final int CONTEXT = 3;

    private Hunks() {}

    /** What a line is for the reader. */
    enum Kind {
        HUNK("@@ "),
        KEPT(" "),
        REMOVED("-"),
        ADDED("+"),
        NOTE("\\ ");

        final String mark;

        Kind(String mark) {
            this.mark = mark;
        }
    }

    /** One line, without its newline. */
    record Line(Kind kind, String text) {}

    /** A step of the walk through both texts, and how many lines of each lie before it. */
    private record Step(Kind kind, int oldBefore, int newBefore) {}

    /**
     * The hunks that lead from one text to the other.
     *
     * @param oldShown what stands for each old line, with its newline if it has one
     * @param newShown the same for each new line; stands for what both have, too
     */
    static List<Line> of(LineMatch match, List<String> oldShown, List<String> newShown) {
        List<Step> steps = walk(match, oldShown.size(), newShown.size());
        List<Line> lines = new ArrayList<>();
        int end = 0;
        for (int change = nextChange(steps, 0); change < steps.size(); change = nextChange(steps, end)) {
            int start = Math.max(end, change - CONTEXT);
            end = endOfHunk(steps, change);
            List<Step> hunk = steps.subList(start, end);
            lines.add(new Line(Kind.HUNK, header(hunk)));
            hunk.forEach(step -> show(step, oldShown, newShown, lines));
        }
        return lines;
    }

    private static List<Step> walk(LineMatch match, int oldSize, int newSize) {
        List<Step> steps = new ArrayList<>();
        int o = 0;
        int n = 0;
        while (o < oldSize || n < newSize) {
            if (o < oldSize && !match.keptOld().get(o)) {
                steps.add(new Step(Kind.REMOVED, o++, n));
            } else if (n < newSize && !match.keptNew().get(n)) {
                steps.add(new Step(Kind.ADDED, o, n++));
            } else {
                steps.add(new Step(Kind.KEPT, o++, n++));
            }
        }
        return steps;
    }

    private static int nextChange(List<Step> steps, int from) {
        int at = from;
        while (at < steps.size() && steps.get(at).kind() == Kind.KEPT) {
            at++;
        }
        return at;
    }

    /** A hunk goes on for as long as its context would touch the next one's. */
    private static int endOfHunk(List<Step> steps, int change) {
        int last = change;
        for (int next = change;
                next < steps.size() && next - last <= 2 * CONTEXT + 1;
                next = nextChange(steps, last + 1)) {
            last = next;
        }
        return Math.min(steps.size(), last + 1 + CONTEXT);
    }

    private static String header(List<Step> hunk) {
        Step first = hunk.get(0);
        int oldLines =
                (int) hunk.stream().filter(step -> step.kind() != Kind.ADDED).count();
        int newLines =
                (int) hunk.stream().filter(step -> step.kind() != Kind.REMOVED).count();
        return "-" + range(first.oldBefore(), oldLines) + " +" + range(first.newBefore(), newLines) + " @@";
    }

    /** As diff writes it: an empty range is named by the line before it, a count of one is left out. */
    private static String range(int before, int lines) {
        if (lines == 0) {
            return before + ",0";
        }
        return before + 1 + (lines == 1 ? "" : "," + lines);
    }

    private static void show(Step step, List<String> oldShown, List<String> newShown, List<Line> lines) {
        String text = step.kind() == Kind.REMOVED ? oldShown.get(step.oldBefore()) : newShown.get(step.newBefore());
        if (text.endsWith("\n")) {
            lines.add(new Line(step.kind(), text.substring(0, text.length() - 1)));
        } else {
            lines.add(new Line(step.kind(), text));
            lines.add(new Line(Kind.NOTE, "No newline at end of file"));
        }
    }
}
