package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** One look and out: from the start of the program until its file is there, and until it has ended. */
final class StartTime implements Measure {
    private static final int KEYS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String TO_FILE = "start -> first file, once";
    private static final String TO_EXIT = "start -> exit, once";
    private static final String PROCESSOR = "start: processor time, once";

    private final Field field;

    StartTime(Field field) {
        this.field = field;
    }

    @Override
    public List<String> scenarios() {
        return List.of("start-" + KEYS);
    }

    @Override
    public List<Result> run(String scenario) throws BenchException, IOException, InterruptedException {
        Map<String, String> keys = Keys.below(Job.PREFIX, KEYS);
        String last = keys.get(Keys.key(Job.PREFIX, KEYS - 1));
        Etcd etcd = Etcd.start(field.session(), keys);
        List<Starter> starters = new ArrayList<>();
        for (Contestant contestant : field.thatCan(Run.ONCE)) {
            Path folder = field.session().folder(contestant.name());
            Resource resource = new Resource("app", "list", Job.PREFIX, folder.resolve("target"), Optional.empty());
            Job job = new Job(folder, etcd, List.of(resource), Map.of());
            contestant.configure(job);
            starters.add(new Starter(contestant, job));
        }
        Map<String, String> failures = new LinkedHashMap<>();
        // The first round fills the system's file cache and does not count.
        for (int i = -1; i < field.options().samples(); i++) {
            for (Starter starter : starters) {
                String name = starter.contestant.name();
                if (failures.containsKey(name)) {
                    continue;
                }
                try {
                    starter.start(field.session(), last, i >= 0);
                } catch (BenchException e) {
                    failures.put(name, e.getMessage());
                }
            }
        }
        field.session().stop(etcd.program());
        List<Result> results = new ArrayList<>();
        for (Starter starter : starters) {
            String name = starter.contestant.name();
            if (failures.containsKey(name)) {
                results.add(Result.failed(scenario, TO_FILE, "ms", name, failures.get(name)));
            } else {
                results.add(Result.of(scenario, TO_FILE, "ms", name, starter.toFile));
                results.add(Result.of(scenario, TO_EXIT, "ms", name, starter.toExit));
                results.add(Result.of(scenario, PROCESSOR, "ms", name, starter.processor));
            }
        }
        return results;
    }

    private static final class Starter {
        private final Contestant contestant;
        private final Job job;
        private final List<Double> toFile = new ArrayList<>();
        private final List<Double> toExit = new ArrayList<>();
        private final List<Double> processor = new ArrayList<>();

        Starter(Contestant contestant, Job job) {
            this.contestant = contestant;
            this.job = job;
        }

        /** A start without any trace of the one before. */
        void start(Session session, String last, boolean counts)
                throws BenchException, IOException, InterruptedException {
            Path target = job.resources().get(0).dest();
            Session.delete(target);
            Session.delete(job.state());
            FileArrival file = new FileArrival(target);
            double before = ProcessTree.endedCpuSeconds();
            long start = System.nanoTime();
            Program program = contestant.start(session, job, Run.ONCE);
            try {
                OptionalLong written = file.look(last);
                while (written.isEmpty()) {
                    if (System.nanoTime() - start > LIMIT.toNanos()) {
                        program.mustRun();
                        throw new BenchException("no file within " + LIMIT.toSeconds() + " s" + program.lastLines());
                    }
                    LockSupport.parkNanos(30_000);
                    written = file.look(last);
                }
                long ended = program.awaitExit((int) LIMIT.toSeconds());
                if (counts) {
                    toFile.add((written.getAsLong() - start) / 1e6);
                    toExit.add((ended - start) / 1e6);
                    processor.add((ProcessTree.endedCpuSeconds() - before) * 1_000);
                }
            } finally {
                session.stop(program);
            }
        }
    }
}
