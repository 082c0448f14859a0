package dev.segue.cli;

import dev.segue.cli.cutover.CutoverReader;
import dev.segue.cli.flags.BackendTable;
import dev.segue.cli.flags.Findings;
import dev.segue.cli.flags.Flag;
import dev.segue.cli.flags.Given;
import dev.segue.cli.flags.SettingsReader;
import dev.segue.resource.StoreTable;
import dev.segue.settings.ConvertRequest;
import dev.segue.settings.ExitCode;
import dev.segue.settings.NearestWord;
import dev.segue.settings.Problem;
import dev.segue.settings.Program;
import dev.segue.settings.RegisterRequest;
import dev.segue.settings.RenderRequest;
import dev.segue.settings.Settings;
import dev.segue.settings.StatusRequest;
import dev.segue.settings.SwitchRequest;
import dev.segue.settings.WaitRequest;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** Segue as a shell sees it: arguments and environment in, output and an exit code out. */
public final class SegueCommandLine {
    private static final List<Path> USUAL_CONF_DIRS = List.of(Path.of("/etc/segue"), Path.of("/etc/confd"));

    /** For what has nothing to do with the confdir of this machine. */
    private static final Path NO_CONF_DIR = Path.of("/dev/null/none");

    private final Function<StoreTable, Program> program;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * Reads and writes nothing yet.
     *
     * @param program made, with what reads the tables {@code [backend]}, only when the log is set up, as its first logger
     *     settles how the log looks
     */
    public SegueCommandLine(
            Function<StoreTable, Program> program, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.program = program;
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    /**
     * Does what {@code args} ask for and returns when that is done, which for the daemon is when it was told to stop.
     *
     * @return the exit code; a bug is printed with its trace and is {@link ExitCode#BUG}
     */
    public int run(String... args) {
        try {
            return run(Arguments.of(List.of(args))).code();
        } catch (RuntimeException e) {
            err.println("segue: this is a bug in Segue, please report it: " + e);
            e.printStackTrace(err);
            return ExitCode.BUG.code();
        }
    }

    private Program program() {
        return program.apply(new BackendTable());
    }

    private ExitCode run(Arguments arguments) {
        Findings findings = new Findings();
        CommandLineReader line = CommandLineReader.read(arguments, findings);
        if (line.flags().containsKey(Flag.VERSION)) {
            out.println(Version.line());
            return ExitCode.OK;
        }
        if (line.flags().containsKey(Flag.HELP)) {
            out.print(HelpScreen.of(arguments.command()));
            return ExitCode.OK;
        }
        return switch (arguments.command()) {
            case RUN, PLAN -> withStore(arguments, line, findings);
            case STATUS, WAIT, SWITCH, REGISTER -> cutover(arguments, line, findings);
            case RENDER -> refused(findings).orElseGet(() -> render(line, findings));
            case CONVERT -> refused(findings).orElseGet(() -> convert(line, findings));
            case HELP -> help(line, findings);
        };
    }

    private ExitCode withStore(Arguments arguments, CommandLineReader line, Findings findings) {
        refuseStrayWords(line.words(), findings);
        Map<Flag, List<Given>> flags = withNodes(line);
        SettingsReader reader = SettingsReader.of(flags, environment, USUAL_CONF_DIRS, findings);
        Settings settings = reader.settings(child(arguments, findings), SegueCommandLine::hostName);
        return ready(reader, findings)
                .orElseGet(() -> arguments.command() == Command.PLAN
                        ? program().plan(settings, out)
                        : program().run(settings, out));
    }

    private ExitCode cutover(Arguments arguments, CommandLineReader line, Findings findings) {
        boolean wordsAreNodes = arguments.command() != Command.STATUS;
        if (wordsAreNodes) {
            refuseStrayWords(line.words(), findings);
        }
        List<String> child = child(arguments, findings);
        SettingsReader reader = SettingsReader.of(
                wordsAreNodes ? withNodes(line) : line.flags(), environment, USUAL_CONF_DIRS, findings);
        Function<Program, ExitCode> task = task(
                arguments.command(),
                CutoverReader.of(line.flags(), reader.storeOfMembers(), findings),
                line.words(),
                child);
        return ready(reader, findings).orElseGet(() -> task.apply(program()));
    }

    private Function<Program, ExitCode> task(
            Command command, CutoverReader reader, List<String> words, List<String> child) {
        if (command == Command.STATUS) {
            StatusRequest request = reader.status(words);
            return it -> it.status(request, out);
        }
        if (command == Command.WAIT) {
            WaitRequest request = reader.await();
            return it -> it.await(request, out);
        }
        if (command == Command.SWITCH) {
            SwitchRequest request = reader.switchOver();
            return it -> it.switchOver(request, out);
        }
        RegisterRequest request = reader.register(child);
        return it -> it.register(request);
    }

    /** What follows {@code --}, where a program may follow. */
    private static List<String> child(Arguments arguments, Findings findings) {
        List<String> child = arguments.child().orElse(List.of());
        Command command = arguments.command();
        boolean startsOne = command == Command.RUN || command == Command.PLAN || command == Command.REGISTER;
        if (arguments.child().isPresent() && !startsOne) {
            findings.usageProblem(
                    "--", "starts a program beside segue run and segue register, not beside segue " + command.word());
        } else if (arguments.child().isPresent() && child.isEmpty()) {
            findings.usageProblem("--", "names no program to start");
        }
        return child;
    }

    private ExitCode render(CommandLineReader line, Findings findings) {
        SettingsReader reader = SettingsReader.of(line.flags(), environment, USUAL_CONF_DIRS, findings);
        Optional<RenderRequest> request = RenderArguments.read(line, reader.confDir(), findings);
        return ready(reader, findings).orElseGet(() -> program().render(request.orElseThrow(), out));
    }

    private ExitCode convert(CommandLineReader line, Findings findings) {
        Optional<ConvertRequest> request = ConvertArguments.read(line, findings);
        SettingsReader reader = SettingsReader.of(line.flags(), environment, List.of(NO_CONF_DIR), findings);
        return ready(reader, findings).orElseGet(() -> program().convert(request.orElseThrow(), out));
    }

    private ExitCode help(CommandLineReader line, Findings findings) {
        String word = line.words().isEmpty() ? "run" : line.words().get(0);
        Optional<Command> about = Command.named(word);
        if (about.isEmpty()) {
            findings.usageProblem(
                    word,
                    "no such command" + NearestWord.hint(word, Command.words()) + "; there are "
                            + String.join(", ", Command.words()));
        }
        return refused(findings).orElseGet(() -> {
            out.print(HelpScreen.of(about.orElseThrow()));
            return ExitCode.OK;
        });
    }

    /** Starts the log and says the warnings; or says what is wrong, and the run ends with that code. */
    private Optional<ExitCode> ready(SettingsReader reader, Findings findings) {
        var level = reader.logLevel();
        Optional<ExitCode> refused = refused(findings);
        if (refused.isEmpty()) {
            Logging.start(level);
            for (Problem warning : findings.warnings()) {
                LoggerFactory.getLogger(SegueCommandLine.class).warn("{}", warning);
            }
        }
        return refused;
    }

    private Optional<ExitCode> refused(Findings findings) {
        ExitCode code = findings.exitCode();
        findings.problems().forEach(problem -> err.println("segue: " + problem));
        if (code.equals(ExitCode.USAGE)) {
            err.println("segue: \"segue --help\" tells what is right");
        }
        return code.equals(ExitCode.OK) ? Optional.empty() : Optional.of(code);
    }

    /** A word that looks like no URL at all was meant to be a command. */
    private static void refuseStrayWords(List<String> words, Findings findings) {
        words.stream()
                .filter(word -> NearestWord.to(word, Command.words()).isPresent())
                .forEach(word -> findings.usageProblem(
                        word,
                        Command.words().contains(word)
                                ? "a command comes before all other words (segue " + word + " ...)"
                                : "no such command" + NearestWord.hint(word, Command.words())));
    }

    private static Map<Flag, List<Given>> withNodes(CommandLineReader line) {
        List<Given> nodes = new ArrayList<>(line.flags().getOrDefault(Flag.NODE, List.of()));
        line.words().stream()
                .filter(word -> NearestWord.to(word, Command.words()).isEmpty())
                .forEach(word -> nodes.add(Given.onCommandLine("ETCD_URL", word)));
        Map<Flag, List<Given>> flags = new EnumMap<>(Flag.class);
        flags.putAll(line.flags());
        if (!nodes.isEmpty()) {
            flags.put(Flag.NODE, nodes);
        }
        return flags;
    }

    private static Optional<String> hostName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
