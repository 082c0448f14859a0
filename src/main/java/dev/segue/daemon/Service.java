package dev.segue.daemon;

import dev.segue.command.ChildProcess;
import dev.segue.command.CommandException;
import dev.segue.command.Signal;
import dev.segue.cutover.Acknowledger;
import dev.segue.http.StatusServer;
import dev.segue.settings.Build;
import dev.segue.settings.ExitCode;
import dev.segue.settings.Membership;
import dev.segue.settings.Settings;
import dev.segue.settings.Settings.Follow;
import dev.segue.status.Health;
import dev.segue.status.Picture;
import dev.segue.status.ResourceStatus;
import dev.segue.store.LeasedKey;
import dev.segue.watch.PathWatcher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run that lasts: follows the store until a signal or the end of its child, then stops in reverse order. */
final class Service implements StopSignals.Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    /** How long a pass under way may take to end by itself before its command is ended. */
    private static final long STOP_GRACE_MILLIS = 500;

    private final Settings settings;
    private final Assembly parts;
    private final StopSignals signals;
    private final Function<Membership, LeasedKey> keys;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private CompletableFuture<Void> childEnd = CompletableFuture.completedFuture(null);
    private volatile Optional<ChildProcess> child = Optional.empty();

    /** @param keys where a member acknowledges */
    Service(Settings settings, Assembly parts, StopSignals signals, Function<Membership, LeasedKey> keys) {
        this.settings = settings;
        this.parts = parts;
        this.signals = signals;
        this.keys = keys;
    }

    /** Blocks until the run ends; its exit code is the child's if there is one. */
    ExitCode run() throws InterruptedException {
        if (settings.http().isEmpty()) {
            return keepInStep();
        }
        InetSocketAddress address = settings.http().get();
        Health.Limits limits = Health.Limits.of(settings.store().requestTimeout(), settings.readyLimit());
        try (StatusServer http = StatusServer.start(address, parts.board(), limits, Build.current())) {
            LOG.info("State is served on http://{}", inWords(http.address()));
            return keepInStep();
        } catch (IOException e) {
            LOG.error("--http {}: cannot listen there: {}", inWords(address), e.getMessage());
            return ExitCode.CONFIGURATION;
        }
    }

    private ExitCode keepInStep() throws InterruptedException {
        Signals.answer(name -> parts.loop().lookAtEverything(), "HUP");
        Signals.answer(name -> logStatus(), "USR1");
        signals.answerWith(this);
        if (settings.follow() == Follow.WATCH) {
            parts.follow();
        }
        Optional<PathWatcher> watcher = watchConfDir();
        HeapKeeper heap = HeapKeeper.start();
        Optional<Acknowledger> acknowledger = settings.membership().map(this::acknowledge);
        try {
            child = startChild();
            return follow();
        } catch (CommandException e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (InterruptedException e) {
            return leaveInHurry(e);
        } finally {
            stopped.countDown();
            heap.close();
            // Last, so that nobody takes a server for gone that still finishes its work.
            acknowledger.ifPresent(Acknowledger::close);
            watcher.ifPresent(PathWatcher::close);
        }
    }

    private Acknowledger acknowledge(Membership membership) {
        LOG.info("Acknowledging as {} of group {}", membership.member(), membership.group());
        return parts.acknowledge(membership, keys.apply(membership));
    }

    private ExitCode follow() throws InterruptedException {
        ExitCode code = ExitCode.OK;
        try {
            parts.loop().run();
        } catch (InterruptedException e) {
            code = leaveInHurry(e);
        } finally {
            parts.board().stopping();
            stopped.countDown();
            // Also when the loop did not end as it should: an nginx that nobody looks after must not stay behind.
            code = child.map(this::stop).orElse(code);
        }
        return code;
    }

    /** An interruption is how the last grace of a hurried run ends; any other is passed on. */
    private ExitCode leaveInHurry(InterruptedException e) throws InterruptedException {
        if (!signals.cameAgain()) {
            throw e;
        }
        return ExitCode.OK;
    }

    /** The first sync comes before the child, so that it never starts with files that are out of date. */
    private Optional<ChildProcess> startChild() throws CommandException, InterruptedException {
        List<String> command = settings.child();
        if (command.isEmpty() || signals.came()) {
            return Optional.empty();
        }
        parts.loop().firstLook();
        if (signals.came()) {
            return Optional.empty();
        }
        ChildProcess started = ChildProcess.start(command);
        parts.readerStarted();
        LOG.info("Started {}, pid {}", command.get(0), started.pid());
        // On a thread of its own, because a pass under way is given a moment to end.
        childEnd = started.onExit().thenAcceptAsync(code -> {
            LOG.info("{} ended with exit code {}", command.get(0), code);
            stop();
        });
        return Optional.of(started);
    }

    /** Waits for as long as the child takes to finish its work; a further signal or whoever runs us may cut that short. */
    private ExitCode stop(ChildProcess running) {
        if (signals.cameAgain()) {
            return ExitCode.ofChild(cut(running));
        }
        running.askToEnd();
        childEnd.join();
        return ExitCode.ofChild(running.onExit().join());
    }

    private static int cut(ChildProcess running) {
        return running.stop(Signal.TERM, Duration.ofMillis(StopSignals.LAST_GRACE_MILLIS));
    }

    @Override
    public void stop() {
        parts.board().stopping();
        parts.loop().stop();
        // Passes under way have all that they need from it; a read that is not answered is not worth waiting for.
        parts.closeStores();
        try {
            if (!stopped.await(STOP_GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                parts.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void hurry() {
        parts.loop().stop();
        parts.hurry();
        child.ifPresent(Service::cut);
    }

    private void logStatus() {
        Picture picture = parts.board().picture();
        List<ResourceStatus> resources = picture.resources();
        LOG.info("Status: {} resources, store {}", resources.size(), picture.store());
        picture.otherStores().forEach(store -> LOG.info("  store {}", store));
        resources.forEach(resource -> LOG.info("  {}", resource));
        picture.refused()
                .forEach((name, problems) -> LOG.info(
                        "  {}: refused{}",
                        name,
                        picture.keepsEarlier(name) ? ", its earlier text stays in force" : ""));
    }

    private static String inWords(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private Optional<PathWatcher> watchConfDir() {
        try {
            return Optional.of(PathWatcher.start(List.of(settings.confDir()), parts.loop()::confDirChanged));
        } catch (IOException e) {
            LOG.warn(
                    "{}: can't be watched: {}; edits are found at the next look, within {} s",
                    settings.confDir(),
                    e.getMessage(),
                    settings.interval().toSeconds());
            return Optional.empty();
        }
    }
}
