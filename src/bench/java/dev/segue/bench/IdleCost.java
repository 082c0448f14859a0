package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What it costs for a minute that nothing changes: processor time of the contestant and of its etcd, and what etcd sends.
 * All contestants idle at the same time, each with an etcd of its own.
 */
final class IdleCost implements Measure {
    private static final int KEYS = 1_000;
    private static final int MANY = 100;

    private final Field field;

    IdleCost(Field field) {
        this.field = field;
    }

    /** How the keys are shared among the resources. */
    private enum Layout {
        ONE("1"),
        OWN("100-own"),
        SHARED("100-shared");

        private final String word;

        Layout(String word) {
            this.word = word;
        }

        Map<String, String> keys() {
            if (this != OWN) {
                return Keys.below(Job.PREFIX, KEYS);
            }
            Map<String, String> keys = new TreeMap<>();
            for (int i = 0; i < MANY; i++) {
                keys.putAll(Keys.below(prefix(i), KEYS / MANY));
            }
            return keys;
        }

        List<Resource> resources(Path folder) {
            List<Resource> resources = new ArrayList<>();
            for (int i = 0; i < (this == ONE ? 1 : MANY); i++) {
                resources.add(new Resource(
                        "app%03d".formatted(i),
                        "list",
                        prefix(i),
                        folder.resolve("target%03d".formatted(i)),
                        Optional.empty()));
            }
            return resources;
        }

        private String prefix(int resource) {
            return this == OWN ? Job.PREFIX + "/r%03d".formatted(resource) : Job.PREFIX;
        }
    }

    @Override
    public List<String> scenarios() {
        List<String> names = new ArrayList<>();
        for (Run run : List.of(Run.WATCH, Run.POLL)) {
            for (Layout layout : Layout.values()) {
                names.add("idle-" + run.word() + "-" + layout.word);
            }
        }
        return names;
    }

    @Override
    public List<Result> run(String scenario) throws BenchException, IOException, InterruptedException {
        Run run = scenario.startsWith("idle-watch") ? Run.WATCH : Run.POLL;
        Layout layout = List.of(Layout.values()).stream()
                .filter(candidate -> scenario.endsWith("-" + candidate.word))
                .findFirst()
                .orElseThrow();
        Idlers idlers = new Idlers(field);
        try {
            for (Contestant contestant : field.thatCan(run)) {
                idlers.start(contestant, run, layout.keys(), layout::resources);
            }
            Thread.sleep(field.options().wait(10, 3).toMillis());
            Duration window = field.options().wait(60, 10);
            Map<String, Cost> before = costs(idlers);
            long start = System.nanoTime();
            Thread.sleep(window.toMillis());
            Map<String, Cost> after = costs(idlers);
            double minutes = (System.nanoTime() - start) / 60e9;
            List<Result> results = new ArrayList<>();
            after.forEach((name, end) -> results.addAll(end.since(before.get(name), minutes, scenario, name)));
            results.addAll(idlers.failures(scenario, "idle: processor time of the contestant", "s/min"));
            return results;
        } finally {
            idlers.close();
        }
    }

    private static Map<String, Cost> costs(Idlers idlers) throws IOException {
        return idlers.each(idler -> new Cost(
                idler.program().tree().cpuSeconds(),
                idler.etcd().program().tree().cpuSeconds(),
                idler.etcd().sentBytes()));
    }

    private record Cost(double cpuSeconds, double etcdCpuSeconds, double sentBytes) {
        List<Result> since(Cost before, double minutes, String scenario, String name) {
            return List.of(
                    Result.of(
                            scenario,
                            "idle: processor time of the contestant",
                            "s/min",
                            name,
                            List.of((cpuSeconds - before.cpuSeconds) / minutes)),
                    Result.of(
                            scenario,
                            "idle: processor time of etcd",
                            "s/min",
                            name,
                            List.of((etcdCpuSeconds - before.etcdCpuSeconds) / minutes)),
                    Result.of(
                            scenario,
                            "idle: etcd sends",
                            "MiB/min",
                            name,
                            List.of((sentBytes - before.sentBytes) / minutes / 1024 / 1024)));
        }
    }
}
