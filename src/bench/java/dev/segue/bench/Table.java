package dev.segue.bench;

import java.util.List;

/** The results for a terminal. */
final class Table {
    private Table() {}

    static String of(Results results) {
        StringBuilder text = new StringBuilder();
        text.append("%-52s %4s %9s %9s %9s %8s %8s%n".formatted("", "n", "median", "p95", "max", "/floor", "/confd"));
        for (List<Result> group : results.compared()) {
            Result first = group.get(0);
            text.append("%s: %s [%s]%n".formatted(first.scenario(), first.what(), first.unit()));
            for (Result result : group) {
                text.append(row(result, group));
            }
        }
        return text.toString();
    }

    private static String row(Result result, List<Result> group) {
        if (result.failure().isPresent()) {
            return "    %-48s FAILED: %s%n"
                    .formatted(result.contestant(), result.failure().orElseThrow());
        }
        int count = result.samples().size();
        return "    %-48s %4d %9s %9s %9s %8s %8s%n"
                .formatted(
                        result.contestant(),
                        count,
                        Figures.of(result.median()),
                        count > 1 ? Figures.of(result.p95()) : "",
                        count > 1 ? Figures.of(result.max()) : "",
                        ratio(result, "floor", group),
                        ratio(result, "confd", group));
    }

    private static String ratio(Result result, String contestant, List<Result> group) {
        return Results.ratio(result, contestant, group)
                .map(times -> Figures.of(times) + "x")
                .orElse("-");
    }
}
