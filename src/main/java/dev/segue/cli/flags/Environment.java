package dev.segue.cli.flags;

import dev.segue.settings.NearestWord;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the environment variables that stand for flags: {@code SEGUE_CLIENT_CERT} for {@code --client-cert}, and confd's
 * {@code CONFD_CLIENT_CERT} behind it.
 */
public final class Environment {
    private static final String OWN = "SEGUE_";
    private static final String CONFD = "CONFD_";

    /** For the start script. */
    private static final Set<String> NO_FLAGS = Set.of("SEGUE_JAVA_OPTS", "SEGUE_ARCHIVE");

    private Environment() {}

    /** What the {@code SEGUE_} variables say; one that stands for nothing is a warning. */
    public static Map<Flag, List<Given>> own(Map<String, String> variables, Findings findings) {
        variables.keySet().stream()
                .filter(name -> name.startsWith(OWN) && flag(name, OWN).isEmpty() && !NO_FLAGS.contains(name))
                .sorted()
                .forEach(name -> findings.warning(name, "stands for no flag" + NearestWord.hint(name, names())));
        return read(variables, OWN);
    }

    /** What the {@code CONFD_} variables say; those that stand for nothing here may mean something to confd. */
    public static Map<Flag, List<Given>> confd(Map<String, String> variables) {
        return read(variables, CONFD);
    }

    private static Map<Flag, List<Given>> read(Map<String, String> variables, String prefix) {
        Map<Flag, List<Given>> values = new EnumMap<>(Flag.class);
        new TreeMap<>(variables).forEach((name, text) -> {
            if (name.startsWith(prefix)) {
                Given given = new Given(Given.Source.ENVIRONMENT, name, "", text);
                flag(name, prefix).ifPresent(flag -> values.put(flag, List.of(given)));
            }
        });
        return values;
    }

    private static Optional<Flag> flag(String variable, String prefix) {
        return Flag.ofVariable(variable.substring(prefix.length()));
    }

    private static List<String> names() {
        return Arrays.stream(Flag.values())
                .filter(Flag::isInherited)
                .map(flag -> OWN + flag.key().toUpperCase(Locale.ROOT))
                .toList();
    }
}
