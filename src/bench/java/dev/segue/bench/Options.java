package dev.segue.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What was asked for on the command line. A name in {@code only} stands for all scenarios that begin with its words. */
record Options(boolean quick, List<String> only, int samples, Path out) {
    static final List<String> MEASURES = List.of("file", "reload", "serve", "idle", "start", "memory", "churn");

    Options {
        only = List.copyOf(only);
    }

    /** Throws with a sentence for the user when the arguments are wrong. */
    static Options of(String[] args, Path defaultOut) {
        boolean quick = false;
        List<String> only = List.of();
        int samples = 0;
        Path out = defaultOut;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--only" -> only = names(value(args, i++));
                case "--samples" -> samples = number(value(args, i++));
                case "--out" -> out = Path.of(value(args, i++));
                default -> throw new IllegalArgumentException(args[i] + ": no such option (see bin/bench --help)");
            }
        }
        if (samples == 0) {
            samples = quick ? 6 : 30;
        }
        return new Options(quick, only, samples, out.toAbsolutePath());
    }

    boolean wants(String scenario) {
        return only.isEmpty()
                || only.stream().anyMatch(name -> scenario.equals(name) || scenario.startsWith(name + "-"));
    }

    /** The longer wait, or the shorter one for a quick look. */
    Duration wait(int seconds, int quickSeconds) {
        return Duration.ofSeconds(quick ? quickSeconds : seconds);
    }

    private static String value(String[] args, int option) {
        if (option + 1 == args.length) {
            throw new IllegalArgumentException(args[option] + ": its value is missing");
        }
        return args[option + 1];
    }

    private static List<String> names(String list) {
        List<String> names = List.of(list.split(","));
        for (String name : names) {
            if (!MEASURES.contains(name.replaceFirst("-.*", ""))) {
                throw new IllegalArgumentException(
                        "--only " + name + ": no such measure (there are " + String.join(", ", MEASURES) + ")");
            }
        }
        return names;
    }

    private static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("--samples " + text + ": not a number from 1 to 9999");
        }
        return Integer.parseInt(text);
    }
}
