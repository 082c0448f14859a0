package dev.segue.reconcile;

import dev.segue.cli.flags.BackendTable;
import dev.segue.command.CommandRunner;
import dev.segue.diff.UnifiedDiff.Colour;
import dev.segue.dns.SystemDns;
import dev.segue.files.TargetFiles;
import dev.segue.journal.Journal;
import dev.segue.plan.Reader;
import dev.segue.probe.HttpProbe;
import dev.segue.render.Renderer;
import dev.segue.render.functions.Outside;
import dev.segue.resource.ConfDirectory;
import dev.segue.resource.Resource;
import dev.segue.resource.ResourceDefaults;
import dev.segue.settings.Backend;
import dev.segue.settings.Pace;
import dev.segue.settings.ProblemsException;
import dev.segue.settings.Settings.Commands;
import dev.segue.settings.Settings.StagedFiles;
import dev.segue.settings.Settings.Writes;
import dev.segue.status.StatusBoard;
import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.MemoryKeyStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A confdir, a store in memory and a folder of targets, with real templates, files and commands between them. */
final class Workbench {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    final ConfDirFolder confDir;
    final MemoryKeyStore store = new MemoryKeyStore();

    /** The other stores that resource files name, by the first of their files. */
    final Map<String, MemoryKeyStore> others = new HashMap<>();

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Path folder;
    private final AtomicLong nanos = new AtomicLong();
    private final InstantSource clock = () -> Instant.EPOCH.plusNanos(nanos.get());
    final StatusBoard board = new StatusBoard("memory", clock, clock);
    private Writes writes = Writes.ALLOWED;
    private Commands commands = Commands.RUN;
    private StagedFiles stagedFiles = StagedFiles.REMOVED;
    private Reader reader = Reader.RUNNING;
    private Journal journal = Journal.inMemory();
    private Elsewhere elsewhere = new Elsewhere(settings -> store);
    private List<String> secretKeys = List.of();
    private Pace pace = Pace.STANDARD;
    private Consumer<Resource> beforeReload = resource -> {};
    private Executor lanes = Runnable::run;
    private Supplier<String> hostName = () -> "bench";
    private InstantSource fileClock = InstantSource.system();

    Workbench(Path folder) throws IOException {
        this.folder = folder;
        this.confDir = ConfDirFolder.in(folder);
    }

    void writes(Writes allowed) {
        writes = allowed;
    }

    void commands(Commands allowed) {
        commands = allowed;
    }

    void stagedFiles(StagedFiles kept) {
        stagedFiles = kept;
    }

    void reader(Reader state) {
        reader = state;
    }

    void pace(Pace wanted) {
        pace = wanted;
    }

    /** What is told of each resource before it is reloaded. */
    void beforeReload(Consumer<Resource> told) {
        beforeReload = told;
    }

    void secretKeys(String... patterns) {
        secretKeys = List.of(patterns);
    }

    void lanes(Executor executor) {
        lanes = executor;
    }

    /** From the start, files on disk count as unchanged for a while. */
    void filesSettled() {
        fileClock = () -> InstantSource.system().instant().plusSeconds(60);
    }

    /** What templates get from {@code hostname()}. */
    void hostName(Supplier<String> source) {
        hostName = source;
    }

    Path target(String name) {
        return folder.resolve(name);
    }

    String text(String target) throws IOException {
        return Files.readString(target(target));
    }

    /** What commands appended to the file {@code log}, line by line. */
    List<String> log() throws IOException {
        return Files.exists(target("log")) ? Files.readAllLines(target("log")) : List.of();
    }

    /** Appends {@code word} to the file {@code log}. */
    void log(String word) {
        try {
            Files.writeString(target("log"), word + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that appends {@code word} to the file {@code log}. */
    String appending(String word) {
        return "echo " + word + " >> " + target("log");
    }

    /** All diffs printed so far. */
    String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    /** Time passes, for the loop. */
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** What a process lets go of when it ends, however it ends. */
    void endRun() {
        journal.close();
    }

    /** Of the run that was made last. */
    Elsewhere elsewhere() {
        return elsewhere;
    }

    /** A new run over the same files. */
    Loop loop() throws ProblemsException {
        Outside outside = new Outside(
                name -> Optional.empty(), () -> Instant.EPOCH, ZoneOffset.UTC, new SystemDns(), () -> hostName.get());
        CommandRunner commandRunner = CommandRunner.create(System::nanoTime);
        journal = Journal.in(folder.resolve("state"));
        Reconciler reconciler = new Reconciler(
                new Renderer(confDir.path().resolve("templates"), outside),
                new TargetFiles(fileClock),
                commandRunner,
                new Verifier(
                        commandRunner,
                        new HttpProbe(),
                        resource -> false,
                        System::nanoTime,
                        time -> Thread.sleep(time.toMillis())),
                journal,
                new Preview(new PrintStream(shown, true, StandardCharsets.UTF_8), Colour.PLAIN, secretKeys),
                new Reconciler.Rules(writes, commands, stagedFiles, () -> reader, beforeReload));
        elsewhere = new Elsewhere(settings -> others.computeIfAbsent(
                ((Backend.KeyFiles) settings.backend()).paths().get(0).toString(), name -> new MemoryKeyStore()));
        return new Loop(
                store,
                elsewhere,
                Definitions.load(new ConfDirectory(
                        confDir.path(), ResourceDefaults.STANDARD.withStores(new BackendTable()), fileClock)),
                reconciler,
                lanes,
                board,
                INTERVAL,
                pace,
                clock,
                nanos::get);
    }
}
