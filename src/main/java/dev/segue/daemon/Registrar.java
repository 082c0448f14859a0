package dev.segue.daemon;

import dev.segue.command.ChildProcess;
import dev.segue.command.CommandException;
import dev.segue.command.Signal;
import dev.segue.cutover.Registration;
import dev.segue.settings.ExitCode;
import dev.segue.settings.RegisterRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of {@code segue register}: starts the server, has it registered, and ends it when nobody uses it any more.
 *
 * <p>Each further signal takes the next step at once: the server is asked to end, then killed.
 */
final class Registrar implements StopSignals.Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private final RegisterRequest request;
    private final Registration registration;
    private final StopSignals signals;
    private volatile Optional<ChildProcess> child = Optional.empty();
    private CompletableFuture<Void> childEnd = CompletableFuture.completedFuture(null);
    private boolean isAskedToEnd;

    Registrar(RegisterRequest request, Registration registration, StopSignals signals) {
        this.request = request;
        this.registration = registration;
        this.signals = signals;
    }

    /** Blocks until the run ends; its exit code is the child's if there is one. */
    ExitCode run() throws InterruptedException {
        Signals.answer(name -> child.ifPresent(running -> running.signal(Signal.valueOf(name))), "HUP", "USR1");
        signals.answerWith(this);
        Optional<String> refusal = registration.refusal();
        if (refusal.isPresent()) {
            LOG.error("{}", refusal.get());
            return ExitCode.NOT_APPLIED;
        }
        if (signals.came()) {
            return ExitCode.OK;
        }
        try {
            child = start();
        } catch (CommandException e) {
            LOG.error("{}", e.getMessage());
            return ExitCode.CONFIGURATION;
        }
        return keepRegistered();
    }

    private Optional<ChildProcess> start() throws CommandException {
        if (request.child().isEmpty()) {
            return Optional.empty();
        }
        ChildProcess started = ChildProcess.start(request.child());
        LOG.info("Started {}, pid {}", program(), started.pid());
        childEnd = started.onExit().thenAccept(code -> {
            LOG.info("{} ended with exit code {}", program(), code);
            registration.leaveAtOnce();
        });
        return Optional.of(started);
    }

    private ExitCode keepRegistered() throws InterruptedException {
        ExitCode code = ExitCode.INTERRUPTED;
        try {
            code = registration.run();
        } catch (InterruptedException e) {
            // How the last grace of a hurried run ends.
            if (!signals.cameAgain()) {
                throw e;
            }
        } finally {
            // Also when the registration did not end as it should: a server that nobody registers must not stay behind.
            code = child.map(this::end).orElse(Cutovers.ended(code, signals));
        }
        return code;
    }

    private ExitCode end(ChildProcess running) {
        if (!isAskedToEndAlready()) {
            running.askToEnd();
        }
        if (!running.endsWithin(request.stopTimeout())) {
            LOG.warn("{} did not end in time (--stop-timeout): killed", program());
            running.kill();
        }
        childEnd.join();
        return ExitCode.ofChild(running.onExit().join());
    }

    @Override
    public void stop() {
        registration.leave();
    }

    @Override
    public void hurry() {
        registration.leaveAtOnce();
        child.ifPresent(running -> {
            if (isAskedToEndAlready()) {
                running.kill();
            } else {
                running.askToEnd();
            }
        });
    }

    /** False for the first who asks, who then is the one to do it: a second TERM may mean something else to it. */
    private synchronized boolean isAskedToEndAlready() {
        boolean already = isAskedToEnd;
        isAskedToEnd = true;
        return already;
    }

    private String program() {
        return request.child().get(0);
    }
}
