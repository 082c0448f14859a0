package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** One contestant at work on one resource, ready to be measured. */
record Stand(Contestant contestant, Etcd etcd, Program program, Optional<Nginx> nginx, Arrival arrival, Keys keys) {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 30_000;
    /** Puts before those that count: each contestant has its connections and has run its code by then. */
    private static final int WARM_UP = 5;

    private static final int WARM_UP_POLL = 2;

    /** The time from sending a put until what it has to bring about, and until etcd answered it. */
    record Sample(double arrivedMillis, double answeredMillis) {}

    static Stand build(Field field, Contestant contestant, Goal goal, Run run, int size)
            throws BenchException, IOException, InterruptedException {
        Session session = field.session();
        Etcd etcd = Etcd.start(session, Keys.below(Job.PREFIX, size));
        Path folder = session.folder(contestant.name());
        Optional<Nginx> nginx = goal == Goal.SERVE ? Optional.of(Nginx.start(session)) : Optional.empty();
        Path dest = nginx.map(Nginx::target).orElse(folder.resolve("target"));
        Path reloads = folder.resolve("reloads");
        Optional<String> reload = switch (goal) {
            case FILE -> Optional.empty();
            case RELOAD -> Optional.of(ReloadArrival.command(reloads));
            case SERVE -> nginx.map(Nginx::reloadCommand);
        };
        Resource resource = new Resource("app", goal == Goal.SERVE ? "nginx" : "list", Job.PREFIX, dest, reload);
        Job job = new Job(
                folder,
                etcd,
                List.of(resource),
                Map.of("LISTEN", nginx.map(Nginx::listen).orElse("")));
        contestant.configure(job);
        FileArrival file = new FileArrival(dest);
        Arrival arrival = switch (goal) {
            case FILE -> file;
            case RELOAD -> new ReloadArrival(reloads, file);
            case SERVE -> new ServeArrival(nginx.orElseThrow().port());
        };
        Program program = contestant.start(session, job, run);
        Stand stand = new Stand(contestant, etcd, program, nginx, arrival, new Keys());
        String last = Keys.below(Job.PREFIX, size).get(Keys.key(Job.PREFIX, size - 1));
        Until.holds(START, contestant.name() + " writes its first file", program, () -> file.contains(last + ";"));
        // etcdctl does not say when its watch has begun, so the first puts may be lost on it.
        Until.holds(START, contestant.name() + " follows", program, () -> {
            String value = stand.keys().next();
            etcd.put(Keys.key(Job.PREFIX, 0), value);
            return stand.seesWithinTwoSeconds(value);
        });
        for (int i = 0; i < (run == Run.POLL ? WARM_UP_POLL : WARM_UP); i++) {
            stand.sample();
            Thread.sleep(200);
        }
        return stand;
    }

    void close(Session session) {
        session.stop(program);
        nginx.ifPresent(server -> session.stop(server.program()));
        session.stop(etcd.program());
    }

    /** Puts a new value and waits for its arrival. */
    Sample sample() throws BenchException, IOException {
        String value = keys.next();
        arrival.arm();
        long start = System.nanoTime();
        etcd.send(Keys.key(Job.PREFIX, 0), value);
        long answered = 0;
        while (true) {
            OptionalLong arrived = arrival.look(value);
            if (answered == 0 && etcd.answered()) {
                answered = System.nanoTime();
            }
            if (arrived.isPresent()) {
                etcd.awaitAnswer();
                long end = answered == 0 ? System.nanoTime() : answered;
                return new Sample(millis(arrived.getAsLong() - start), millis(end - start));
            }
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                program.mustRun();
                throw new BenchException(
                        "nothing came of a put within " + LIMIT.toSeconds() + " s" + program.lastLines());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean seesWithinTwoSeconds(String value) throws IOException {
        long end = System.nanoTime() + 2_000_000_000L;
        while (System.nanoTime() < end) {
            if (arrival.look(value).isPresent()) {
                return true;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return false;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
