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
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Takes a canonical command line apart.
 *
 * @param flags the values of each flag that is there
 * @param words what is no flag, in order
 */
record CommandLineReader(Map<Flag, List<Given>> flags, List<String> words) {
    /** What {@code arguments} say; flags that the command does not know and values that are missing are problems. */
    static CommandLineReader read(Arguments arguments, Findings findings) {
        ParseResult result = new CommandLine(CommandModel.of(arguments.command()))
                .setOverwrittenOptionsAllowed(true)
                .setUnmatchedArgumentsAllowed(true)
                .setExpandAtFiles(false)
                .parseArgs(complete(arguments, findings).toArray(String[]::new));
        Map<Flag, List<Given>> flags = new EnumMap<>(Flag.class);
        for (OptionSpec option : result.matchedOptionsSet()) {
            flags.put((Flag) option.userObject(), given(option));
        }
        List<String> words = result.matchedPositionalValue(0, List.of());
        List<String> unknown = result.unmatched();
        unknown.forEach(word -> refuse(arguments.command(), word, findings));
        // A word behind an unknown flag may be its value, and that a password: better not to look at any.
        return new CommandLineReader(flags, unknown.isEmpty() ? words : List.of());
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

    private static List<Given> given(OptionSpec option) {
        return option.stringValues().stream()
                .map(text -> Given.onCommandLine(option.longestName(), text))
                .toList();
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
