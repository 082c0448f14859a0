package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Contestants that have written their files and now have nothing to do, each with an etcd of its own. */
final class Idlers {
    private static final Duration START = Duration.ofSeconds(60);

    private final Field field;
    private final Map<String, Idler> idlers = new LinkedHashMap<>();
    private final List<Program> programs = new ArrayList<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    Idlers(Field field) {
        this.field = field;
    }

    record Idler(Program program, Etcd etcd) {}

    /** Something to ask of an idler, which may have failed by now. */
    interface Question<T> {
        T ask(Idler idler) throws BenchException, IOException;
    }

    void start(Contestant contestant, Run run, Map<String, String> keys, Function<Path, List<Resource>> resources)
            throws BenchException, IOException, InterruptedException {
        Etcd etcd = Etcd.start(field.session(), keys);
        programs.add(etcd.program());
        Path folder = field.session().folder(contestant.name());
        Job job = new Job(folder, etcd, resources.apply(folder), Map.of());
        try {
            contestant.configure(job);
            Program program = contestant.start(field.session(), job, run);
            programs.add(program);
            for (Path target : contestant.targets(job)) {
                FileArrival file = new FileArrival(target);
                Until.holds(
                        START,
                        contestant.name() + " writes " + target.getFileName(),
                        program,
                        () -> file.contains(";"));
            }
            idlers.put(contestant.name(), new Idler(program, etcd));
        } catch (BenchException e) {
            failures.put(contestant.name(), e.getMessage());
        }
    }

    /** The answers by contestant; those who fail to answer are out. */
    <T> Map<String, T> each(Question<T> question) throws IOException {
        Map<String, T> answers = new LinkedHashMap<>();
        for (Map.Entry<String, Idler> entry : List.copyOf(idlers.entrySet())) {
            try {
                entry.getValue().program().mustRun();
                answers.put(entry.getKey(), question.ask(entry.getValue()));
            } catch (BenchException e) {
                failures.put(entry.getKey(), e.getMessage());
                idlers.remove(entry.getKey());
            }
        }
        return answers;
    }

    List<Result> failures(String scenario, String what, String unit) {
        return failures.entrySet().stream()
                .map(entry -> Result.failed(scenario, what, unit, entry.getKey(), entry.getValue()))
                .toList();
    }

    void close() {
        for (int i = programs.size() - 1; i >= 0; i--) {
            field.session().stop(programs.get(i));
        }
    }
}
