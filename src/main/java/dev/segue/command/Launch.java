package dev.segue.command;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What every program that Segue starts has in common: its environment, and how a failed start is put into words. */
final class Launch {
    static final Redirect FROM_NOTHING = Redirect.from(new File("/dev/null"));

    private static final Set<String> SECRET_VARIABLES = Set.of("SEGUE_PASSWORD", "CONFD_PASSWORD");

    /** JDK 17 writes {@code error=2, ...}, JDK 25 writes {@code error: 2 (...)}; the number is the same in any language. */
    private static final Pattern ERROR_NUMBER = Pattern.compile("error[=:] ?(\\d+)");

    private Launch() {}

    /** A program with the environment of this process, less the store's password. */
    static ProcessBuilder prepare(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        dropSecrets(builder.environment());
        return builder;
    }

    /** As {@link #prepare(List)}, but it leads a process group and a session of its own if there is a {@code setsid}. */
    static ProcessBuilder prepare(Optional<Path> setsid, List<String> command) {
        return prepare(setsid.map(program -> Stream.concat(Stream.of(program.toString()), command.stream())
                        .toList())
                .orElse(command));
    }

    /** The program {@code setsid}, if this machine has it. */
    static Optional<Path> setsid() {
        return Stream.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"))
                .filter(Launch::isProgram)
                .findFirst();
    }

    /** True if a start by this name would find a program. */
    static boolean finds(String program) {
        if (program.contains("/")) {
            return isProgram(Path.of(program));
        }
        String path = prepare(List.of(program)).environment().getOrDefault("PATH", "");
        return Stream.of(path.split(":")).anyMatch(folder -> isProgram(Path.of(folder, program)));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    static void dropSecrets(Map<String, String> environment) {
        environment.keySet().removeAll(SECRET_VARIABLES);
    }

    /** Why the system started nothing. */
    static String why(IOException failure) {
        Matcher number = ERROR_NUMBER.matcher(String.valueOf(failure.getMessage()));
        if (!number.find()) {
            return "not something that a program can be given";
        }
        return switch (number.group(1)) {
            case "2" -> "no such file or directory";
            case "7" -> "argument list too long";
            case "8" -> "not a program";
            case "11" -> "too many processes";
            case "12" -> "not enough memory";
            case "13" -> "permission denied";
            case "20" -> "not a directory";
            case "24" -> "too many open files";
            default -> "system error " + number.group(1);
        };
    }
}
