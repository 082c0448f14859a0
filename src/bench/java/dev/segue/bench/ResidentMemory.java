package dev.segue.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Memory of a contestant, with its children, after half a minute in which nothing changed, in watch mode. */
final class ResidentMemory implements Measure {
    private static final String RESIDENT = "resident memory, idle";

    private final Field field;

    ResidentMemory(Field field) {
        this.field = field;
    }

    @Override
    public List<String> scenarios() {
        return List.of("memory-10", "memory-20000");
    }

    @Override
    public List<Result> run(String scenario) throws BenchException, IOException, InterruptedException {
        int size = Integer.parseInt(scenario.substring("memory-".length()));
        Idlers idlers = new Idlers(field);
        try {
            for (Contestant contestant : field.thatCan(Run.WATCH)) {
                idlers.start(
                        contestant,
                        Run.WATCH,
                        Keys.below(Job.PREFIX, size),
                        folder -> List.of(
                                new Resource("app", "list", Job.PREFIX, folder.resolve("target"), Optional.empty())));
            }
            Thread.sleep(field.options().wait(30, 5).toMillis());
            Map<String, List<Double>> memory = idlers.each(idler -> List.of(
                    idler.program().tree().residentMebibytes(),
                    idler.program().tree().proportionalMebibytes()));
            List<Result> results = new ArrayList<>();
            memory.forEach((name, both) -> {
                results.add(Result.of(scenario, RESIDENT, "MiB", name, both.subList(0, 1)));
                results.add(Result.of(scenario, "proportional memory (PSS), idle", "MiB", name, both.subList(1, 2)));
            });
            results.addAll(idlers.failures(scenario, RESIDENT, "MiB"));
            return results;
        } finally {
            idlers.close();
        }
    }
}
