package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Far more changes than nginx can follow, in watch mode, with a real nginx under load whose upstream holds requests. */
final class Churn implements Measure {
    private static final int KEYS = 10;
    private static final int ADDRESSES = 32;
    private static final Duration BETWEEN_PUTS = Duration.ofMillis(5);
    private static final Duration START = Duration.ofSeconds(60);
    /** A reload may wait for a minute (max_generations), and so may the last. */
    private static final Duration LAST_FILE = Duration.ofSeconds(90);

    private static final String LAST = "churn: last put -> final file";

    private final Field field;

    Churn(Field field) {
        this.field = field;
    }

    @Override
    public List<String> scenarios() {
        return List.of("churn");
    }

    @Override
    public List<Result> run(String scenario) throws BenchException, IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Contestant contestant : field.thatCan(Run.WATCH)) {
            for (boolean checked : contestant instanceof Segue ? List.of(true, false) : List.of(true)) {
                String name = checked ? contestant.name() : contestant.name() + ", unchecked";
                try {
                    results.addAll(new Site(contestant, checked).run(scenario, name));
                } catch (BenchException e) {
                    results.add(Result.failed(scenario, LAST, "ms", name, e.getMessage()));
                }
                Field.say(scenario + ": " + name + " is done");
            }
        }
        return results;
    }

    /** nginx, its upstream, and a contestant that keeps the one in step with the keys of the other. */
    private final class Site {
        private final Session session = field.session();
        private final Map<String, String> keys = new TreeMap<>();
        private final Contestant given;
        private final boolean checked;
        private final Duration hold = field.options().wait(15, 4);

        Site(Contestant given, boolean checked) {
            this.given = given;
            this.checked = checked;
        }

        List<Result> run(String scenario, String name) throws BenchException, IOException, InterruptedException {
            List<Program> programs = new ArrayList<>();
            try (SlowUpstream upstream = new SlowUpstream(session.freePort(), ADDRESSES, hold)) {
                for (int i = 0; i < KEYS; i++) {
                    keys.put(key(i), upstream.address(i));
                }
                Etcd etcd = Etcd.start(session, keys);
                programs.add(etcd.program());
                Nginx nginx = Nginx.start(session);
                programs.add(nginx.program());
                Program program = start(nginx, etcd);
                programs.add(program);
                Until.holds(START, name + " writes its first file", program, () -> isFinal(nginx.target()));
                follows(etcd, nginx, program, name, upstream);
                // The load starts when the first workers are gone, which would still answer 503.
                Thread.sleep(2_000);
                return churn(scenario, name, etcd, nginx, program, upstream);
            } finally {
                for (int i = programs.size() - 1; i >= 0; i--) {
                    session.stop(programs.get(i));
                }
            }
        }

        private Program start(Nginx nginx, Etcd etcd) throws BenchException, IOException {
            Contestant contestant = given instanceof Segue segue
                    ? new SampleSegue(segue, session.root(), nginx, session.freePort(), checked)
                    : given;
            Resource resource =
                    new Resource("app", "app", Job.PREFIX, nginx.target(), Optional.of(nginx.reloadCommand()));
            Path folder = session.folder(given.name());
            Job job = new Job(folder, etcd, List.of(resource), Map.of("LISTEN", nginx.listen()));
            contestant.configure(job);
            return contestant.start(session, job, Run.WATCH);
        }

        /** As a watch of etcdctl does not say when it has begun. */
        private void follows(Etcd etcd, Nginx nginx, Program program, String name, SlowUpstream upstream)
                throws BenchException, IOException, InterruptedException {
            AtomicInteger puts = new AtomicInteger();
            Until.holds(START, name + " follows", program, () -> {
                put(etcd, puts.incrementAndGet(), upstream);
                etcd.awaitAnswer();
                long end = System.nanoTime() + 2_000_000_000L;
                while (System.nanoTime() < end && !isFinal(nginx.target())) {
                    LockSupport.parkNanos(1_000_000);
                }
                return isFinal(nginx.target());
            });
        }

        private List<Result> churn(
                String scenario, String name, Etcd etcd, Nginx nginx, Program program, SlowUpstream upstream)
                throws BenchException, IOException, InterruptedException {
            int puts = field.options().quick() ? 400 : 2_000;
            long reloads = nginx.reloads();
            long errors = nginx.errors();
            WorkerPeak peak = new WorkerPeak(nginx);
            try (HttpLoad load = new HttpLoad(nginx.port(), hold.plusSeconds(30))) {
                Thread.sleep(500);
                long start = System.nanoTime();
                int answers = 0;
                for (int i = 0; i < puts; i++) {
                    long due = start + i * BETWEEN_PUTS.toNanos();
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    if (i == puts - 1) {
                        // None is under way before the last: its time is its own.
                        for (; answers < i; answers++) {
                            etcd.awaitAnswer();
                        }
                        start = System.nanoTime();
                    }
                    put(etcd, i, upstream);
                    while (etcd.answered()) {
                        etcd.awaitAnswer();
                        answers++;
                    }
                }
                long last = start;
                for (; answers < puts; answers++) {
                    etcd.awaitAnswer();
                }
                long end = awaitFinal(nginx.target(), program, last);
                Thread.sleep(1_000);
                load.finish();
                peak.stop();
                program.mustRun();
                if (nginx.errors() > errors) {
                    throw new BenchException("nginx has found errors" + program.lastLines());
                }
                if (load.failed() > 0) {
                    Field.say(scenario + ": " + name + ": the last failed request: " + load.lastError());
                }
                Map<String, Double> figures = new LinkedHashMap<>();
                figures.put("churn: reloads", (double) nginx.reloads() - reloads);
                figures.put("churn: worker processes at the peak", (double) peak.workers());
                figures.put("churn: requests that failed", (double) load.failed());
                figures.put("churn: requests sent", (double) load.sent());
                figures.put("churn: requests that were held", (double) load.held());
                List<Result> results = new ArrayList<>();
                results.add(Result.of(scenario, LAST, "ms", name, List.of((end - last) / 1e6)));
                figures.forEach((what, value) -> results.add(Result.of(scenario, what, "count", name, List.of(value))));
                return results;
            } finally {
                peak.stop();
            }
        }

        private void put(Etcd etcd, int number, SlowUpstream upstream) throws IOException {
            String key = key(number % KEYS);
            // Each key gets another address than it had.
            String value = upstream.address(number / KEYS * 7 + number % KEYS + 11);
            keys.put(key, value);
            etcd.send(key, value);
        }

        private String key(int number) {
            String sample = given instanceof Segue ? "/app" : "";
            return Keys.key(Job.PREFIX + sample, number);
        }

        private long awaitFinal(Path target, Program program, long last) throws BenchException, IOException {
            while (true) {
                long seen = System.nanoTime();
                if (isFinal(target)) {
                    return seen;
                }
                if (seen - last > LAST_FILE.toNanos()) {
                    program.mustRun();
                    throw new BenchException(
                            "no final file within " + LAST_FILE.toSeconds() + " s" + program.lastLines());
                }
                LockSupport.parkNanos(500_000);
            }
        }

        /** Whether the file has exactly the servers that the keys say now. */
        private boolean isFinal(Path target) throws IOException {
            String servers = Files.readAllLines(target).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("server 127."))
                    .map(line -> line.split("[ ;]")[1])
                    .collect(Collectors.joining("\n"));
            return servers.equals(String.join("\n", keys.values()));
        }
    }
}
