package dev.segue.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All results of a session, and what to compare them with. */
final class Results {
    private final List<Result> all = new ArrayList<>();

    void add(List<Result> results) {
        all.addAll(results);
    }

    List<Result> all() {
        return List.copyOf(all);
    }

    boolean anyFailed() {
        return all.stream().anyMatch(result -> result.failure().isPresent());
    }

    /** Results of the same scenario and question beside each other, in the order in which they were taken. */
    List<List<Result>> compared() {
        Map<String, List<Result>> groups = new LinkedHashMap<>();
        for (Result result : all) {
            groups.computeIfAbsent(result.scenario() + " " + result.what(), none -> new ArrayList<>())
                    .add(result);
        }
        return List.copyOf(groups.values());
    }

    List<Result> of(String scenario, String what) {
        return all.stream()
                .filter(result ->
                        result.scenario().equals(scenario) && result.what().equals(what))
                .toList();
    }

    /** How many times the median of a contestant in the same group this one is; none without it or if it is zero. */
    static Optional<Double> ratio(Result result, String contestant, List<Result> group) {
        return group.stream()
                .filter(other -> other.contestant().equals(contestant) && other != result)
                .filter(other -> other.failure().isEmpty() && other.median() > 0)
                .filter(other -> result.failure().isEmpty())
                .map(other -> result.median() / other.median())
                .findFirst();
    }
}
