package dev.segue.cli;

import dev.segue.cli.flags.Findings;
import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.Given;
import dev.segue.settings.NearestWord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a canonical command line apart.
 *
 * @param flags the values of each flag that is there
 * @param words what is no flag, in order
 */
record CommandLineReader(Map<Flag, List<Given>> flags, List<String> words) {
    /** What {@code arguments} say; flags that the command does not know and values that are missing are problems. */
    static CommandLineReader read(Arguments arguments, Findings findings) {
        Set<Flag> known = arguments.command().flags();
        Map<Flag, List<Given>> flags = new EnumMap<>(Flag.class);
        List<String> words = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String word : complete(arguments, findings)) {
            Optional<Flag> flag = flag(word).filter(known::contains);
            if (flag.isPresent()) {
                flags.computeIfAbsent(flag.get(), it -> new ArrayList<>()).add(given(flag.get(), word));
            } else {
                (Arguments.isFlag(word) ? unknown : words).add(word);
            }
        }
        unknown.forEach(word -> refuse(arguments.command(), word, findings));
        // A word behind an unknown flag may be its value, and that a password: better not to look at any.
        return new CommandLineReader(flags, unknown.isEmpty() && !isPutApart(flags) ? words : List.of());
    }

    /** True if a value may stand behind {@code --put KEY} as a word of its own, and that may be a password too. */
    private static boolean isPutApart(Map<Flag, List<Given>> flags) {
        return flags.getOrDefault(Flag.PUT, List.of()).stream()
                .anyMatch(given -> !given.text().contains("="));
    }

    private static Optional<Flag> flag(String word) {
        int equals = word.indexOf('=');
        return Arguments.isFlag(word) && equals > 0 ? Flag.named(word.substring(2, equals)) : Optional.empty();
    }

    private static Given given(Flag flag, String word) {
        return Given.onCommandLine(flag.option(), word.substring(word.indexOf('=') + 1));
    }

    /** The words without a flag at the end whose value is missing. */
    private static List<String> complete(Arguments arguments, Findings findings) {
        List<String> complete = new ArrayList<>(arguments.words());
        complete.removeIf(word -> {
            Optional<Flag> flag = Arguments.isFlag(word) ? Flag.named(word.substring(2)) : Optional.empty();
            flag.ifPresent(it -> findings.usageProblem(word, "needs a value (" + it.placeholder() + ")"));
            return flag.isPresent();
        });
        return complete;
    }

    private static void refuse(Command command, String word, Findings findings) {
        String name = word.replaceFirst("(?s)=.*", "");
        if (Flag.named(name.substring(2)).isPresent()) {
            findings.usageProblem(name, "is no flag of segue " + command.word());
        } else if (Flag.OF_OTHER_STORES.contains(name.substring(2))) {
            findings.usageProblem(name, "is for a store of confd's that Segue does not have");
        } else {
            List<String> known = command.flags().stream().map(Flag::option).toList();
            findings.usageProblem(name, "no such flag" + NearestWord.hint(name, known));
        }
    }
}
