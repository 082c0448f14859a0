package dev.segue.reconcile;

import dev.segue.command.CommandResult;
import dev.segue.command.CommandResult.Ending;
import dev.segue.command.CommandRunner;
import dev.segue.command.ProgramState;
import dev.segue.command.ProgramState.Presence;
import dev.segue.plan.Reader;
import dev.segue.plan.Rung;
import dev.segue.reconcile.Refusal.Cause;
import dev.segue.resource.ReadingProgram;
import dev.segue.resource.Resource;
import dev.segue.resource.ShellCommand;
import dev.segue.settings.Settings.Commands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the programs that read targets to reload, and asks whether they serve what was installed. Thread-safe. */
final class Programs {
    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);

    private final CommandRunner commands;
    private final Verifier verifier;
    private final Reconciler.Rules rules;

    Programs(CommandRunner commands, Verifier verifier, Reconciler.Rules rules) {
        this.commands = commands;
        this.verifier = verifier;
        this.rules = rules;
    }

    /** Runs {@code line} unless no command may run; blocks for {@code command}'s timeout and four seconds at most. */
    Optional<CommandResult> run(ShellCommand command, String line) {
        if (rules.commands() == Commands.SKIPPED) {
            return Optional.empty();
        }
        LOG.debug("Running {}", line);
        CommandResult result = commands.run(line, command.timeout());
        LOG.debug("{} {} after {} ms", line, result.description(), result.took().toMillis());
        return Optional.of(result);
    }

    /** Why a change of this resource has to wait for its program; empty if it has not. */
    Optional<String> busy(Resource resource) {
        ReadingProgram program = resource.program();
        if (program.maxGenerations() == 0 || isSilent() || program.pidFile().isEmpty()) {
            return Optional.empty();
        }
        int draining = ProgramState.at(program.pidFile().get()).olderGenerations();
        return draining < program.maxGenerations()
                ? Optional.empty()
                : Optional.of(draining + " older generations of its program still serve requests (max_generations "
                        + program.maxGenerations() + ")");
    }

    /** Reloads each of their programs once, then asks for each resource; empty if all is served. */
    Optional<Refusal> tell(Collection<Attempt> attempts) {
        Optional<Refusal> refusal = reload(attempts);
        if (refusal.isPresent() || isSilent()) {
            return refusal;
        }
        for (Attempt attempt : attempts) {
            // No file can be asked for that is not there.
            refusal = attempt.candidate().flatMap(wanted -> verifier.verify(attempt));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** Reloads each of their programs once; empty if all went well. */
    Optional<Refusal> reload(Collection<Attempt> attempts) {
        if (isSilent()) {
            return Optional.empty();
        }
        Map<String, List<Attempt>> byLine = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            Resource resource = attempt.resource();
            resource.reload()
                    .ifPresent(reload -> byLine.computeIfAbsent(
                                    reload.line(resource.dest(), resource.dest()), line -> new ArrayList<>())
                            .add(attempt));
        }
        for (Map.Entry<String, List<Attempt>> each : byLine.entrySet()) {
            each.getValue().forEach(attempt -> rules.beforeReload().accept(attempt.resource()));
            Optional<Refusal> refusal = reload(each.getValue().get(0).resource(), each.getKey());
            boolean succeeded = refusal.isEmpty();
            each.getValue().forEach(attempt -> attempt.reloaded(succeeded));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> reload(Resource resource, String line) {
        CommandResult result = run(resource.reload().orElseThrow(), line).orElseThrow();
        if (result.succeeded()) {
            return Optional.empty();
        }
        String what = "reload command " + result.description();
        Cause cause = Cause.OPEN;
        if (result.ending() instanceof Ending.Cancelled) {
            cause = Cause.CANCELLED;
        } else if (isDown(resource)) {
            cause = Cause.NOT_RUNNING;
        }
        return Optional.of(new Refusal(Rung.RELOADED, what, result.output().forLog(), cause));
    }

    private static boolean isDown(Resource resource) {
        return resource.program()
                .pidFile()
                .filter(file -> ProgramState.at(file).presence() == Presence.NOT_RUNNING)
                .isPresent();
    }

    private boolean isSilent() {
        return rules.commands() == Commands.SKIPPED || rules.reader().get() == Reader.NOT_STARTED;
    }
}
