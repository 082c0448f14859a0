package dev.segue.render.text;

import java.util.ArrayDeque;
import java.util.Deque;

/** Takes slash-separated paths apart exactly as Go's package {@code path} does; nothing touches the disk. */
public final class SlashPath {
    private SlashPath() {}

    /** The last step, trailing slashes left out: {@code .} of nothing, {@code /} of slashes alone. */
    public static String base(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == 0 ? "/" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    /** All but the last step, cleaned: {@code .} of a lone name. */
    public static String dir(String path) {
        return clean(path.substring(0, path.lastIndexOf('/') + 1));
    }

    /** The shortest path that means the same: no empty step, no {@code .}, no {@code ..} that a step before it undoes. */
    public static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> steps = new ArrayDeque<>();
        for (String step : path.split("/", -1)) {
            if (step.equals("..")) {
                stepUp(steps, rooted);
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        String joined = (rooted ? "/" : "") + String.join("/", steps);
        return joined.isEmpty() ? "." : joined;
    }

    private static void stepUp(Deque<String> steps, boolean rooted) {
        if (!steps.isEmpty() && !steps.getLast().equals("..")) {
            steps.removeLast();
        } else if (!rooted) {
            steps.addLast("..");
        }
    }
}
