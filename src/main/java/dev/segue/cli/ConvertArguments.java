package dev.segue.cli;

import dev.segue.cli.flags.Findings;
import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.Given;
import dev.segue.settings.ConvertRequest;
import dev.segue.settings.ConvertRequest.Existing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a {@link ConvertRequest} of the words and flags of {@code segue convert}. Looks for the folder. */
final class ConvertArguments {
    private ConvertArguments() {}

    /** The request, or nothing if there is a problem now. */
    static Optional<ConvertRequest> read(CommandLineReader line, Findings findings) {
        if (line.words().size() != 1) {
            String what = line.words().isEmpty()
                    ? "is missing (segue convert CONFDIR [--out DIR])"
                    : "is one folder at a time, not " + String.join(" and ", line.words());
            findings.usageProblem("CONFDIR", what);
            return Optional.empty();
        }
        Path from = Path.of(line.words().get(0));
        if (!Files.isDirectory(from)) {
            findings.usageProblem("CONFDIR", "there is no folder \"" + from + "\"");
            return Optional.empty();
        }
        Path to = last(line, Flag.OUT)
                .map(Path::of)
                .orElseGet(() -> from.toAbsolutePath().normalize().resolveSibling("segue"));
        if (isSame(from, to)) {
            findings.usageProblem("--out", "is CONFDIR itself (name another folder)");
            return Optional.empty();
        }
        boolean force = last(line, Flag.FORCE).filter("true"::equals).isPresent();
        return Optional.of(new ConvertRequest(from, to, force ? Existing.REPLACED : Existing.KEPT));
    }

    private static boolean isSame(Path from, Path to) {
        return from.toAbsolutePath().normalize().equals(to.toAbsolutePath().normalize());
    }

    private static Optional<String> last(CommandLineReader line, Flag flag) {
        List<Given> given = line.flags().getOrDefault(flag, List.of());
        return given.isEmpty()
                ? Optional.empty()
                : Optional.of(given.get(given.size() - 1).text());
    }
}
