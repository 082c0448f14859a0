package dev.segue.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * From the moment a put is sent until what it must bring about has happened. In watch mode all contestants run at once, each
 * on an etcd of its own, and are asked in turn. In poll mode one that polls would disturb the others, so they take turns in
 * blocks, and the puts are spread over the interval.
 */
final class PutLatency implements Measure {
    private static final int[] SIZES = {10, 1_000, 20_000};
    private static final int POLL_BLOCKS = 3;
    private static final long INTERVAL_MILLIS = 1_000;
    /** Longer than Segue's quiet period, so that each put is the first change for everybody. */
    private static final long PAUSE_MILLIS = 150;

    private final Field field;
    private final Goal goal;

    PutLatency(Field field, Goal goal) {
        this.field = field;
        this.goal = goal;
    }

    @Override
    public List<String> scenarios() {
        List<String> names = new ArrayList<>();
        for (Run run : List.of(Run.WATCH, Run.POLL)) {
            for (int size : SIZES) {
                names.add(goal.word() + "-" + run.word() + "-" + size);
            }
        }
        return names;
    }

    @Override
    public List<Result> run(String scenario) throws BenchException, IOException, InterruptedException {
        String[] words = scenario.split("-");
        Run run = words[1].equals("watch") ? Run.WATCH : Run.POLL;
        int size = Integer.parseInt(words[2]);
        int samples = field.options().samples();
        Map<String, Taken> taken = new LinkedHashMap<>();
        for (Contestant contestant : field.thatCan(run)) {
            taken.put(contestant.name(), new Taken());
        }
        if (run == Run.WATCH) {
            takeTurns(size, samples, taken);
        } else {
            int blocks = Math.min(POLL_BLOCKS, samples);
            List<Long> phases = phases(samples);
            for (int block = 0; block < blocks; block++) {
                List<Long> share = phases.subList(samples * block / blocks, samples * (block + 1) / blocks);
                for (Contestant contestant : field.thatCan(run)) {
                    poll(contestant, size, share, taken.get(contestant.name()));
                }
            }
        }
        List<Result> results = new ArrayList<>();
        taken.forEach((name, its) -> results.addAll(its.results(scenario, name)));
        return results;
    }

    private void takeTurns(int size, int samples, Map<String, Taken> taken)
            throws BenchException, IOException, InterruptedException {
        List<Stand> stands = new ArrayList<>();
        try {
            for (Contestant contestant : field.thatCan(Run.WATCH)) {
                Taken its = taken.get(contestant.name());
                its.unlessFailed(() -> stands.add(Stand.build(field, contestant, goal, Run.WATCH, size)));
            }
            for (Stand stand : stands) {
                Taken its = taken.get(stand.contestant().name());
                its.unlessFailed(() -> its.cpuSeconds = -stand.program().tree().cpuSeconds());
            }
            for (int i = 0; i < samples; i++) {
                for (int turn = 0; turn < stands.size(); turn++) {
                    Stand stand = stands.get((i + turn) % stands.size());
                    Thread.sleep(PAUSE_MILLIS);
                    Taken its = taken.get(stand.contestant().name());
                    its.unlessFailed(() -> its.add(stand.sample()));
                }
            }
            Thread.sleep(PAUSE_MILLIS);
            for (Stand stand : stands) {
                Taken its = taken.get(stand.contestant().name());
                its.unlessFailed(() -> its.cpuSeconds += stand.program().tree().cpuSeconds());
            }
        } finally {
            for (Stand stand : stands) {
                stand.close(field.session());
            }
        }
    }

    private void poll(Contestant contestant, int size, List<Long> phases, Taken its)
            throws IOException, InterruptedException {
        its.unlessFailed(() -> {
            Stand stand = Stand.build(field, contestant, goal, Run.POLL, size);
            try {
                for (long phase : phases) {
                    // The last sample ended with a look of the contestant, so this is the time since then.
                    Thread.sleep(phase);
                    its.add(stand.sample());
                }
            } finally {
                stand.close(field.session());
            }
        });
    }

    /** As many moments of the interval as there are samples, evenly spread and shuffled. */
    private static List<Long> phases(int samples) {
        List<Long> phases = new ArrayList<>(IntStream.range(0, samples)
                .mapToObj(i -> INTERVAL_MILLIS * (2L * i + 1) / (2L * samples))
                .toList());
        Collections.shuffle(phases, new Random(4));
        return phases;
    }

    /** What one contestant has to show so far. */
    private final class Taken {
        private final List<Double> arrived = new ArrayList<>();
        private final List<Double> answered = new ArrayList<>();
        /** Not a number in poll mode, where it would be the cost of polling. */
        private double cpuSeconds = Double.NaN;

        private String failure;

        void add(Stand.Sample sample) {
            arrived.add(sample.arrivedMillis());
            answered.add(sample.answeredMillis());
        }

        void unlessFailed(Step step) throws IOException, InterruptedException {
            if (failure != null) {
                return;
            }
            try {
                step.take();
            } catch (BenchException e) {
                failure = e.getMessage();
            }
        }

        List<Result> results(String scenario, String name) {
            if (failure != null || arrived.isEmpty()) {
                return List.of(
                        Result.failed(scenario, goal.what(), "ms", name, failure == null ? "no sample" : failure));
            }
            List<Result> results = new ArrayList<>();
            results.add(Result.of(scenario, goal.what(), "ms", name, arrived));
            results.add(Result.of(scenario, "put -> etcd has answered it", "ms", name, answered));
            if (!Double.isNaN(cpuSeconds)) {
                double each = cpuSeconds * 1_000 / arrived.size();
                results.add(Result.of(scenario, "a put: processor time", "ms", name, List.of(each)));
            }
            return results;
        }
    }

    private interface Step {
        void take() throws BenchException, IOException, InterruptedException;
    }
}
