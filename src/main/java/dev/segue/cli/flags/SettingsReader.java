package dev.segue.cli.flags;

import dev.segue.settings.Backend;
import dev.segue.settings.DurationText;
import dev.segue.settings.Pace;
import dev.segue.settings.ProblemsException;
import dev.segue.settings.Settings;
import dev.segue.settings.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes {@link Settings}, or a part of them, of command line, environment and configuration file; used once, by one thread. */
public final class SettingsReader {
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    private static final Duration DEFAULT_READY_LIMIT = Duration.ofSeconds(60);
    private static final Path DEFAULT_STATE_DIR = Path.of("/var/lib/segue");

    private final Inputs inputs;
    private final List<Path> usualConfDirs;
    private final Findings findings;

    private SettingsReader(Inputs inputs, List<Path> usualConfDirs, Findings findings) {
        this.inputs = inputs;
        this.usualConfDirs = List.copyOf(usualConfDirs);
        this.findings = findings;
    }

    /**
     * A reader of these sources and of the configuration file that they name or that the confdir holds, which it reads.
     *
     * @param commandLine the values of flags, and of ETCD_URL arguments as {@link Flag#NODE}
     * @param variables the environment
     * @param usualConfDirs the confdirs to look for if none is named; not empty
     * @param findings gets everything that is wrong; while it holds a problem, what the reader returns means nothing
     */
    public static SettingsReader of(
            Map<Flag, List<Given>> commandLine,
            Map<String, String> variables,
            List<Path> usualConfDirs,
            Findings findings) {
        Inputs inputs = new Inputs(
                List.of(commandLine, Environment.own(variables, findings), Environment.confd(variables)), findings);
        SettingsReader reader = new SettingsReader(inputs, usualConfDirs, findings);
        try {
            Optional<Path> file = reader.configFile();
            return file.isEmpty()
                    ? reader
                    : new SettingsReader(inputs.before(ConfigFile.read(file.get())), usualConfDirs, findings);
        } catch (ProblemsException e) {
            findings.configurationProblems(e);
            return reader;
        }
    }

    /**
     * The settings of a run.
     *
     * @param child the program to supervise, with its arguments; empty for none
     * @param hostName this machine's name, if it has one; asked for only if it is needed
     */
    public Settings settings(List<String> child, Supplier<Optional<String>> hostName) {
        return new Settings(
                store(),
                confDir(),
                inputs.text(Flag.PREFIX),
                inputs.isOn(Flag.WATCH) ? Settings.Follow.WATCH : Settings.Follow.POLL,
                inputs.parsed(Flag.INTERVAL, DurationText::parsePositive).orElse(DEFAULT_INTERVAL),
                inputs.isOn(Flag.ONETIME) ? Settings.Repeat.ONCE : Settings.Repeat.FOREVER,
                inputs.isOn(Flag.NOOP) ? Settings.Writes.SHOWN_ONLY : Settings.Writes.ALLOWED,
                inputs.isOn(Flag.SYNC_ONLY) ? Settings.Commands.SKIPPED : Settings.Commands.RUN,
                inputs.isOn(Flag.KEEP_STAGE_FILE) ? Settings.StagedFiles.KEPT : Settings.StagedFiles.REMOVED,
                inputs.list(Flag.SECRET_KEYS).stream().map(Given::text).toList(),
                pace(),
                inputs.parsed(Flag.STATE_DIR, Inputs::path).orElse(DEFAULT_STATE_DIR),
                inputs.parsed(Flag.HTTP, ListenAddress::parse),
                inputs.parsed(Flag.READY_LIMIT, DurationText::parsePositive).orElse(DEFAULT_READY_LIMIT),
                new MembershipReader(inputs, findings).read(hostName),
                child);
    }

    /** The store alone, for what asks the members of a group, which only etcd has. */
    public StoreSettings storeOfMembers() {
        StoreSettings store = store();
        if (!(store.backend() instanceof Backend.Etcd)) {
            inputs.one(Flag.BACKEND)
                    .ifPresent(given -> findings.problem(
                            given,
                            "\"" + given.text() + "\" has no leases and no transactions, without which there is no"
                                    + " segue status, wait, switch and register (etcd has them)"));
        }
        return store;
    }

    /** The folder with {@code conf.d} and {@code templates}, which need not be there. */
    public Path confDir() {
        return inputs.parsed(Flag.CONFDIR, Inputs::path)
                .orElseGet(() -> usualConfDirs.stream()
                        .filter(Files::isDirectory)
                        .findFirst()
                        .orElse(usualConfDirs.get(0)));
    }

    public LogLevel logLevel() {
        return inputs.parsed(Flag.LOG_LEVEL, LogLevel::parse).orElse(LogLevel.INFO);
    }

    private StoreSettings store() {
        return new StoreReader(inputs, findings).read();
    }

    private Pace pace() {
        Pace pace = new Pace(
                inputs.parsed(Flag.QUIET_PERIOD, DurationText::parse).orElse(Pace.STANDARD.quietPeriod()),
                inputs.parsed(Flag.MAX_DELAY, DurationText::parse).orElse(Pace.STANDARD.maxDelay()));
        if (pace.quietPeriod().compareTo(pace.maxDelay()) > 0) {
            inputs.one(Flag.MAX_DELAY)
                    .or(() -> inputs.one(Flag.QUIET_PERIOD))
                    .ifPresent(given -> findings.problem(
                            given,
                            "\"" + given.text() + "\" makes the greatest delay shorter than the quiet period ("
                                    + Flag.MAX_DELAY.option() + " is at least as long as " + Flag.QUIET_PERIOD.option()
                                    + ")"));
        }
        return pace;
    }

    private Optional<Path> configFile() {
        Optional<Given> named = inputs.one(Flag.CONFIG_FILE);
        return named.isPresent() ? inputs.parsed(named.get(), Inputs::path) : ConfigFile.in(confDir());
    }
}
