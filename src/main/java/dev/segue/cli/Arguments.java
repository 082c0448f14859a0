package dev.segue.cli;

import dev.segue.cli.flags.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line in one dialect out of several: confd's flags have one dash or two, their values a blank or an equals
 * sign in front, switches may say {@code =false}, and flags and other words come in any order.
 *
 * @param command {@link Command#RUN} if the line names none
 * @param words the rest in one form: each flag as {@code --name=value}
 * @param child what follows {@code --}, or nothing if there is no {@code --}
 */
record Arguments(Command command, List<String> words, Optional<List<String>> child) {
    Arguments {
        words = List.copyOf(words);
    }

    static Arguments of(List<String> line) {
        int end = line.indexOf("--");
        List<String> words = canonical(end < 0 ? line : line.subList(0, end));
        Optional<String> first = words.stream().filter(word -> !isFlag(word)).findFirst();
        Optional<Command> named = first.flatMap(Command::named);
        if (named.isPresent()) {
            words.remove(first.get());
        }
        Optional<List<String>> child =
                end < 0 ? Optional.empty() : Optional.of(List.copyOf(line.subList(end + 1, line.size())));
        return new Arguments(named.orElse(Command.RUN), words, child);
    }

    /** True for {@code -watch} and {@code --watch=true}, not for {@code -} and {@code -5}. */
    static boolean isFlag(String word) {
        return word.matches("(?s)--?[A-Za-z].*");
    }

    private static List<String> canonical(List<String> line) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            String word = line.get(i);
            if (!isFlag(word)) {
                words.add(word);
                continue;
            }
            String flag = word.replaceFirst("^--?", "");
            Optional<Flag> known = Flag.named(flag.replaceFirst("(?s)=.*", ""));
            boolean takesNext = takesValue(flag, known) && i + 1 < line.size();
            words.add(canonical(flag, known) + (takesNext ? "=" + line.get(++i) : ""));
        }
        return words;
    }

    private static boolean takesValue(String flag, Optional<Flag> known) {
        boolean hasOne = flag.contains("=");
        return !hasOne
                && (Flag.OF_OTHER_STORES.contains(flag)
                        || known.filter(it -> it.kind() != Flag.Kind.SWITCH).isPresent());
    }

    private static String canonical(String flag, Optional<Flag> known) {
        int equals = flag.indexOf('=');
        String value = equals < 0 ? "" : flag.substring(equals);
        if (known.isEmpty()) {
            return "--" + flag;
        }
        boolean on = known.get().kind() == Flag.Kind.SWITCH && value.isEmpty();
        return known.get().option() + (on ? "=true" : value);
    }
}
