package dev.segue.cli.flags;

import dev.segue.settings.ExitCode;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.util.ArrayList;
import java.util.List;

/** What was found wrong or strange in everything that a run was told; used by one thread. */
public final class Findings {
    private final List<Problem> usage = new ArrayList<>();
    private final List<Problem> configuration = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

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
