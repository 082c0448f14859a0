package dev.segue.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures what was asked for, prints a table, writes results.json and results.svg. Started by bin/bench. */
public final class Bench {
    private Bench() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Path.of(System.getenv("BENCH_ROOT"));
        Path built = Path.of(System.getenv("BENCH_BUILT"));
        Options options;
        try {
            options = Options.of(args, root.resolve("target/bench"));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            Session.delete(built);
            System.exit(2);
            return;
        }
        Session session = new Session(root);
        // The end of the program closes the session, whether it comes by itself, by Ctrl-C or by TERM.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            session.close();
            Session.delete(built);
        }));
        System.exit(run(root, built, session, options) ? 0 : 1);
    }

    private static boolean run(Path root, Path built, Session session, Options options)
            throws IOException, InterruptedException {
        Files.createDirectories(options.out());
        Path templates = root.resolve("src/bench/templates");
        String launcher =
                System.getenv().getOrDefault("SEGUE", root.resolve("bin/segue").toString());
        Segue segue = new Segue(List.of(launcher.strip().split("\\s+")), templates);
        String confd = System.getenv().getOrDefault("CONFD", "");
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(segue);
        contestants.add(new Floor(built.resolve("floor"), templates));
        if (!confd.isEmpty()) {
            contestants.add(new Confd(confd, templates));
        }
        Map<String, String> machine = Machine.facts(segue.launcher(), confd);
        Results results = measured(new Field(session, options, templates, contestants));
        Files.writeString(options.out().resolve("results.json"), JsonReport.of(machine, options, results));
        Files.writeString(options.out().resolve("results.svg"), SvgPlot.of(results));
        System.out.print(Table.of(results));
        System.out.println("\nwritten: " + options.out().resolve("results.json") + " and results.svg");
        if (results.all().isEmpty()) {
            Field.say("nothing was measured: no scenario is called " + String.join(" or ", options.only()));
            return false;
        }
        return !results.anyFailed();
    }

    private static Results measured(Field field) throws InterruptedException {
        List<Measure> measures = List.of(
                new PutLatency(field, Goal.FILE),
                new PutLatency(field, Goal.RELOAD),
                new PutLatency(field, Goal.SERVE),
                new IdleCost(field),
                new StartTime(field),
                new ResidentMemory(field),
                new Churn(field));
        Results results = new Results();
        long start = System.nanoTime();
        for (Measure measure : measures) {
            for (String scenario : measure.scenarios()) {
                if (!field.options().wants(scenario)) {
                    continue;
                }
                Field.say("%s (%d s so far)".formatted(scenario, (System.nanoTime() - start) / 1_000_000_000));
                try {
                    results.add(measure.run(scenario));
                } catch (BenchException | IOException e) {
                    results.add(List.of(Result.failed(scenario, "all", "", "everybody", e.toString())));
                    Field.say(scenario + ": " + e);
                }
                field.session().stopAll();
            }
        }
        return results;
    }
}
