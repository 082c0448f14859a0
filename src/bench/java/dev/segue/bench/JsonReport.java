package dev.segue.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results for programs: one object a line, with all samples. */
final class JsonReport {
    private JsonReport() {}

    static String of(Map<String, String> machine, Options options, Results results) {
        String facts = machine.entrySet().stream()
                .map(fact -> "    %s: %s".formatted(quoted(fact.getKey()), quoted(fact.getValue())))
                .collect(Collectors.joining(",\n"));
        String lines = results.compared().stream()
                .flatMap(group -> group.stream().map(result -> "    " + line(result, group)))
                .collect(Collectors.joining(",\n"));
        return "{\n  \"quick\": %b,\n  \"machine\": {\n%s\n  },\n  \"results\": [\n%s\n  ]\n}\n"
                .formatted(options.quick(), facts, lines);
    }

    private static String line(Result result, List<Result> group) {
        String head = "{\"scenario\": %s, \"what\": %s, \"unit\": %s, \"contestant\": %s, "
                .formatted(
                        quoted(result.scenario()),
                        quoted(result.what()),
                        quoted(result.unit()),
                        quoted(result.contestant()));
        if (result.failure().isPresent()) {
            return head + "\"failure\": " + quoted(result.failure().orElseThrow()) + "}";
        }
        return head
                + "\"median\": %s, \"p95\": %s, \"max\": %s, \"timesFloor\": %s, \"timesConfd\": %s, \"samples\": [%s]}"
                        .formatted(
                                number(result.median()),
                                number(result.p95()),
                                number(result.max()),
                                Results.ratio(result, "floor", group)
                                        .map(JsonReport::number)
                                        .orElse("null"),
                                Results.ratio(result, "confd", group)
                                        .map(JsonReport::number)
                                        .orElse("null"),
                                result.samples().stream()
                                        .map(JsonReport::number)
                                        .collect(Collectors.joining(", ")));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? "%.0f".formatted(value) : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
