package dev.segue.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The medians of the figures that matter most as bars, a scale for each question; shorter is better in all of them. The colours
 * follow the reader's light or dark scheme, on whatever ground the picture is shown.
 */
final class SvgPlot {
    private static final int WIDTH = 860;
    private static final int LABEL = 250;
    private static final int BAR = 13;
    private static final int ROW = 17;
    private static final int GAP = 8;
    private static final int HEAD = 34;
    private static final int VALUE = 90;

    private final StringBuilder shapes = new StringBuilder();
    private int y = 30;

    private SvgPlot() {}

    /** A question, and the scenarios and labels under which its answers are shown. */
    private record Panel(String title, String what, List<String> scenarios, List<String> labels) {}

    private static final List<Panel> PANELS = List.of(
            new Panel(
                    "put -> new file in place, median",
                    Goal.FILE.what(),
                    List.of("file-watch-10", "file-watch-1000", "file-watch-20000"),
                    List.of("watch, 10 keys", "watch, 1 000 keys", "watch, 20 000 keys")),
            new Panel(
                    "put -> nginx serves it, median",
                    Goal.SERVE.what(),
                    List.of("serve-watch-10", "serve-watch-20000"),
                    List.of("watch, 10 keys", "watch, 20 000 keys")),
            new Panel(
                    "processor time in an idle minute, 1 000 keys",
                    "idle: processor time of the contestant",
                    List.of("idle-watch-100-shared", "idle-poll-1", "idle-poll-100-shared"),
                    List.of("watch, 100 resources", "poll each second, 1 resource", "poll each second, 100 resources")),
            new Panel(
                    "etcd sends in an idle minute, 1 000 keys",
                    "idle: etcd sends",
                    List.of("idle-watch-100-shared", "idle-poll-1", "idle-poll-100-shared"),
                    List.of("watch, 100 resources", "poll each second, 1 resource", "poll each second, 100 resources")),
            new Panel(
                    "start -> first file, once, median",
                    "start -> first file, once",
                    List.of("start-10"),
                    List.of("10 keys")),
            new Panel("start -> exit, once, median", "start -> exit, once", List.of("start-10"), List.of("10 keys")),
            new Panel(
                    "resident memory after 30 s idle",
                    "resident memory, idle",
                    List.of("memory-10", "memory-20000"),
                    List.of("watch, 10 keys", "watch, 20 000 keys")),
            new Panel("2 000 puts in 10 s: reloads", "churn: reloads", List.of("churn"), List.of("nginx under load")),
            new Panel(
                    "2 000 puts in 10 s: nginx worker processes at the peak",
                    "churn: worker processes at the peak",
                    List.of("churn"),
                    List.of("requests of 15 s held")),
            new Panel(
                    "2 000 puts in 10 s: last put -> final file",
                    "churn: last put -> final file",
                    List.of("churn"),
                    List.of("nginx under load")));

    /** The whole picture; panels without any figure are left out. */
    static String of(Results results) {
        SvgPlot plot = new SvgPlot();
        for (Panel panel : PANELS) {
            plot.panel(panel, results);
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
                font-family="system-ui, sans-serif" font-size="12">
                <title>Segue beside the floor and confd: shorter is better, scales are logarithmic</title>
                <style>
                text { fill: #24292f } .quiet { fill: #6e7781 } .line { stroke: #d0d7de }
                .segue { fill: #0969da } .floor { fill: #8c959f } .confd { fill: #bf8700 }
                @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 } .quiet { fill: #8d96a0 } .line { stroke: #30363d }
                .segue { fill: #4493f8 } .floor { fill: #6e7681 } .confd { fill: #d29922 }
                }
                </style>
                <text x="0" y="14" class="quiet">shorter is better; each scale is logarithmic</text>
                %3$s</svg>
                """.formatted(WIDTH, plot.y + 4, plot.shapes);
    }

    private void panel(Panel panel, Results results) {
        List<List<Result>> groups = new ArrayList<>();
        for (String scenario : panel.scenarios) {
            groups.add(results.of(scenario, panel.what).stream()
                    .filter(result -> result.failure().isEmpty())
                    .toList());
        }
        List<Result> shown = groups.stream().flatMap(List::stream).toList();
        if (shown.isEmpty()) {
            return;
        }
        Scale scale = Scale.of(shown.stream().map(Result::median).toList());
        String unit =
                shown.get(0).unit().equals("count") ? "" : " [" + shown.get(0).unit() + "]";
        y += HEAD;
        text(0, y - 8, "", "start", " font-weight=\"600\"", panel.title + unit);
        int top = y;
        int rows = groups.stream().mapToInt(List::size).sum();
        int bottom = top
                + rows * ROW
                + GAP * (int) groups.stream().filter(group -> !group.isEmpty()).count();
        for (double tick : scale.ticks()) {
            int x = LABEL + scale.width(tick);
            add("<line class=\"line\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", x, top, x, bottom - GAP);
            text(x, bottom + 3, "quiet", "middle", " font-size=\"10\"", Figures.of(tick));
        }
        for (int i = 0; i < groups.size(); i++) {
            group(panel.labels.get(i), groups.get(i), scale);
        }
        y += 6;
    }

    private void group(String label, List<Result> group, Scale scale) {
        for (int i = 0; i < group.size(); i++) {
            Result result = group.get(i);
            if (i == 0) {
                text(0, y + BAR - 2, "", "start", "", label);
            }
            String colour = result.contestant().replaceFirst(",.*", "");
            String faded = result.contestant().equals(colour) ? "" : " opacity=\"0.6\"";
            int width = scale.width(result.median());
            text(LABEL - 6, y + BAR - 2, "quiet", "end", "", result.contestant());
            add(
                    "<rect class=\"%s\"%s x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>%n",
                    colour, faded, LABEL, y, Math.max(width, 2), BAR);
            text(LABEL + Math.max(width, 2) + 5, y + BAR - 2, "", "start", "", Figures.of(result.median()));
            y += ROW;
        }
        y += group.isEmpty() ? 0 : GAP;
    }

    private void text(int x, int y, String style, String anchor, String more, String text) {
        String styled = style.isEmpty() ? "" : " class=\"" + style + "\"";
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        add("<text x=\"%d\" y=\"%d\"%s text-anchor=\"%s\"%s>%s</text>%n", x, y, styled, anchor, more, escaped);
    }

    private void add(String format, Object... values) {
        shapes.append(String.format(Locale.ROOT, format, values));
    }

    /** From one power of ten to another; what is less than the first has no length. */
    private record Scale(int first, int last) {
        /** At most five decades below the greatest value. */
        static Scale of(List<Double> values) {
            double greatest = values.stream().mapToDouble(value -> value).max().orElse(1);
            double least = values.stream()
                    .mapToDouble(value -> value)
                    .filter(value -> value > 0)
                    .min()
                    .orElse(1);
            int last = greatest > 0 ? (int) Math.ceil(Math.log10(greatest)) : 1;
            int first = (int) Math.floor(Math.log10(least) - 0.05);
            return new Scale(Math.min(Math.max(first, last - 5), last - 1), last);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (int power = first; power <= last; power++) {
                ticks.add(Math.pow(10, power));
            }
            return ticks;
        }

        int width(double value) {
            if (value <= 0) {
                return 0;
            }
            double share = (Math.log10(value) - first) / (last - first);
            return (int) Math.round(Math.max(share, 0) * (WIDTH - LABEL - VALUE));
        }
    }
}
