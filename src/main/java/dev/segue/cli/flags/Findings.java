package dev.segue.cli.flags;

import dev.segue.settings.ExitCode;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found wrong or strange in everything that a run was told, each thing once; used by one thread. */
public final class Findings {
    private final Set<Problem> usage = new LinkedHashSet<>();
    private final Set<Problem> configuration = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    /** {@code given} cannot be used, because {@code what}; the value's own text is in {@code what} if it may be shown. */
    public void problem(Given given, String what) {
        Problem problem = new Problem(given.where(), given.label() + what);
        (given.source() == Given.Source.COMMAND_LINE ? usage : configuration).add(problem);
    }

    public void usageProblem(String where, String what) {
        usage.add(new Problem(where, what));
    }

    public void configurationProblems(ProblemsException e) {
        configuration.addAll(e.problems());
    }

    /** Strange, but the run goes on. */
    public void warning(String where, String what) {
        warnings.add(new Problem(where, what));
    }

    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** Everything wrong, what stands on the command line first. */
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(usage);
        all.addAll(configuration);
        return all;
    }

    /** {@link ExitCode#OK} if nothing is wrong; a wrong command line counts before a wrong configuration. */
    public ExitCode exitCode() {
        if (!usage.isEmpty()) {
            return ExitCode.USAGE;
        }
        return configuration.isEmpty() ? ExitCode.OK : ExitCode.CONFIGURATION;
    }
}
