package dev.segue.bench;

import java.util.List;
import java.util.Optional;

/**
 * One figure of one contestant: the scenario (a name that {@code --only} knows), what was measured in which unit, and all
 * samples in the order in which they were taken; or why there are none.
 */
record Result(
        String scenario, String what, String unit, String contestant, List<Double> samples, Optional<String> failure) {
    Result {
        samples = List.copyOf(samples);
        if (samples.isEmpty() == failure.isEmpty()) {
            throw new IllegalArgumentException("either samples or a failure: " + scenario + " " + contestant);
        }
    }

    static Result of(String scenario, String what, String unit, String contestant, List<Double> samples) {
        return new Result(scenario, what, unit, contestant, samples, Optional.empty());
    }

    static Result failed(String scenario, String what, String unit, String contestant, String why) {
        return new Result(scenario, what, unit, contestant, List.of(), Optional.of(why));
    }

    double median() {
        List<Double> sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The nearest rank: the smallest sample that at least 95 of 100 do not exceed. */
    double p95() {
        List<Double> sorted = sorted();
        return sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
    }

    double max() {
        List<Double> sorted = sorted();
        return sorted.get(sorted.size() - 1);
    }

    private List<Double> sorted() {
        return samples.stream().sorted().toList();
    }
}
