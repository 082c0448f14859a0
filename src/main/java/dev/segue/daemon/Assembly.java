package dev.segue.daemon;

import dev.segue.command.CommandRunner;
import dev.segue.cutover.Acknowledger;
import dev.segue.cutover.Settling;
import dev.segue.files.TargetFiles;
import dev.segue.journal.Journal;
import dev.segue.plan.Reader;
import dev.segue.probe.HttpProbe;
import dev.segue.reconcile.Definitions;
import dev.segue.reconcile.Elsewhere;
import dev.segue.reconcile.Loop;
import dev.segue.reconcile.Preview;
import dev.segue.reconcile.Reconciler;
import dev.segue.reconcile.Verifier;
import dev.segue.render.Renderer;
import dev.segue.settings.Build;
import dev.segue.settings.Membership;
import dev.segue.settings.Settings;
import dev.segue.settings.Settings.Writes;
import dev.segue.status.StatusBoard;
import dev.segue.store.KeyStore;
import dev.segue.store.LeasedKey;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** The objects of one run, built by hand: this constructor is the map of which is made of which. */
final class Assembly implements AutoCloseable {
    private final KeyStore store;
    private final Elsewhere elsewhere;
    private final ExecutorService lanes;
    private final StatusBoard board;
    private final Journal journal;
    private final CommandRunner commands;
    private final Settling settling;
    private final Definitions definitions;
    private final Loop loop;
    private final LongSupplier ticker;
    private volatile Reader reader;

    Assembly(
            Settings settings,
            Definitions definitions,
            KeyStore store,
            Elsewhere elsewhere,
            Renderer renderer,
            PrintStream out) {
        long start = System.nanoTime();
        this.ticker = () -> System.nanoTime() - start;
        Instant startTime = Instant.now();
        InstantSource steady = () -> startTime.plusNanos(ticker.getAsLong());
        this.board = new StatusBoard(store.description(), steady, InstantSource.system());
        this.store = store;
        this.elsewhere = elsewhere;
        this.definitions = definitions;
        this.lanes = lanes();
        this.commands = CommandRunner.create(ticker);
        this.settling = new Settling(commands);
        this.reader = settings.child().isEmpty() ? Reader.RUNNING : Reader.NOT_STARTED;
        this.journal = settings.writes() == Writes.ALLOWED ? Journal.in(settings.stateDir()) : Journal.inMemory();
        Reconciler reconciler = new Reconciler(
                renderer,
                new TargetFiles(InstantSource.system()),
                commands,
                new Verifier(
                        commands, new HttpProbe(), settling::isReplaced, ticker, time -> Thread.sleep(time.toMillis())),
                journal,
                new Preview(out, Terminal.colour(), settings.secretKeys()),
                new Reconciler.Rules(
                        settings.writes(),
                        settings.commands(),
                        settings.stagedFiles(),
                        () -> reader,
                        settling::reloadComes));
        this.loop = new Loop(
                store,
                elsewhere,
                definitions,
                reconciler,
                lanes,
                board,
                settings.interval(),
                settings.pace(),
                steady,
                ticker);
    }

    /** From now on changes of keys are noticed at once. */
    void follow() {
        store.follow(loop::storeChanged);
        elsewhere.follow(loop::elsewhereChanged);
    }

    /** Ends the reads under way, and lets none begin. From any thread. */
    void closeStores() {
        store.close();
        elsewhere.close();
    }

    Loop loop() {
        return loop;
    }

    StatusBoard board() {
        return board;
    }

    /** From now on the store is told, in {@code key}, of what is applied. */
    Acknowledger acknowledge(Membership membership, LeasedKey key) {
        Acknowledger acknowledger = Acknowledger.start(
                membership, Build.current().version(), board::picture, definitions::resources, settling, key, ticker);
        board.follow(acknowledger::look);
        return acknowledger;
    }

    /** From now on a change is served only after a reload. */
    void readerStarted() {
        reader = Reader.RUNNING;
    }

    /** Ends what blocks: the reads under way and every command. From any thread. */
    void cancel() {
        lanes.shutdownNow();
        closeStores();
    }

    /** As {@link #cancel}, and leaves commands no time to end by themselves, also those that were cancelled before. */
    void hurry() {
        commands.hurry();
        cancel();
    }

    @Override
    public void close() {
        cancel();
        journal.close();
    }

    /** A thread for each lane at work, none for one that rests. */
    private static ExecutorService lanes() {
        return Executors.newCachedThreadPool(pass -> {
            Thread thread = new Thread(pass, "lane");
            thread.setDaemon(true);
            return thread;
        });
    }
}
