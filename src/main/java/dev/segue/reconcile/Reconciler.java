package dev.segue.reconcile;

import dev.segue.command.CommandResult;
import dev.segue.command.CommandRunner;
import dev.segue.files.CurrentFile;
import dev.segue.files.FileException;
import dev.segue.files.StagedFile;
import dev.segue.files.StagedFile.Installed;
import dev.segue.files.TargetFiles;
import dev.segue.files.TrialFile;
import dev.segue.keys.KeySnapshot;
import dev.segue.plan.Change;
import dev.segue.plan.NextStep;
import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.plan.Reader;
import dev.segue.plan.Rung;
import dev.segue.render.RenderException;
import dev.segue.render.Rendered;
import dev.segue.render.Renderer;
import dev.segue.resource.Resource;
import dev.segue.resource.ShellCommand;
import dev.segue.settings.Settings.Commands;
import dev.segue.settings.Settings.StagedFiles;
import dev.segue.settings.Settings.Writes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass of one lane: render, compare, stage, check, install each resource, then reload their program once.
 *
 * <p>A resource that fails stays behind at its last good file; the others of its lane go on. Thread-safe: lanes pass at
 * the same time.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Renderer renderer;
    private final TargetFiles files;
    private final CommandRunner commands;
    private final Preview preview;
    private final Rules rules;
    private final RenderWarnings warnings = new RenderWarnings();
    private final Set<Path> outOfSync = ConcurrentHashMap.newKeySet();
    private final Set<Path> cleanedUp = ConcurrentHashMap.newKeySet();
    private final Set<Path> rewrittenInPlace = ConcurrentHashMap.newKeySet();

    /**
     * What this run allows.
     *
     * @param reader whether the program that reads the targets runs by now
     */
    public record Rules(Writes writes, Commands commands, StagedFiles stagedFiles, Supplier<Reader> reader) {}

    /** A resource to pass, and what its last pass left undone. */
    record Assignment(Resource resource, Owed owed) {}

    public Reconciler(Renderer renderer, TargetFiles files, CommandRunner commands, Preview preview, Rules rules) {
        this.renderer = renderer;
        this.files = files;
        this.commands = commands;
        this.preview = preview;
        this.rules = rules;
    }

    /**
     * Passes the resources of one lane; never throws for what goes wrong with one of them.
     *
     * <p>Blocks for as long as their commands may run, one after another.
     *
     * @return a result for each, in their order
     */
    List<Result> pass(List<Assignment> lane, KeySnapshot keys) {
        List<Attempt> attempts = lane.stream().map(Attempt::new).toList();
        try {
            attempts.forEach(attempt -> step(attempt, () -> prepare(attempt, keys)));
            attempts.forEach(attempt -> step(attempt, () -> install(attempt)));
            reload(attempts.stream().filter(Attempt::needsReload).toList());
        } finally {
            attempts.forEach(Attempt::discardStaged);
        }
        return attempts.stream().map(Attempt::result).toList();
    }

    private void prepare(Attempt attempt, KeySnapshot all) throws RenderException, FileException {
        Resource resource = attempt.resource();
        KeySnapshot keys = all.narrow(resource.ranges());
        if (keys.entries().size() < resource.minKeys()) {
            attempt.end(new Outcome.Held(tooFew(resource, keys)));
            return;
        }
        Rendered rendered = renderer.render(resource.template(), keys.strip(resource.prefix()));
        warnings.tell(resource, rendered.warnings());
        if (rules.writes() == Writes.ALLOWED) {
            removeLeftovers(resource.dest());
        }
        CurrentFile current = files.look(resource.dest());
        byte[] wanted = rendered.bytes();
        Change change = Change.between(
                current.exists(),
                current.holds(wanted),
                current.has(files.resolve(resource.dest(), resource.attributes())));
        switch (NextStep.after(change, attempt.owed(), rules.writes())) {
            case NOTHING -> {
                LOG.debug("Target config {} in sync", resource.dest());
                outOfSync.remove(resource.dest());
                preview.inSync(resource);
                attempt.end(new Outcome.InSync());
            }
            case RELOAD_ONLY -> LOG.debug("Target config {} in sync, reload still owed", resource.dest());
            case REPORT -> {
                attempt.end(new Outcome.WouldUpdate(change));
                preview.show(resource, keys, current.bytes(), wanted);
                try (TrialFile trial = files.tryAside(resource.dest(), wanted)) {
                    check(attempt, trial.path());
                }
            }
            case APPLY -> {
                sayOutOfSync(resource.dest());
                StagedFile staged = files.stage(resource.dest(), wanted, resource.attributes());
                attempt.staged(change, staged);
                keepIfAsked(staged);
                check(attempt, staged.path());
            }
        }
    }

    /** Once until it is in sync again: a candidate that fails its check is tried again and again. */
    private void sayOutOfSync(Path dest) {
        if (outOfSync.add(dest)) {
            LOG.info("Target config {} out of sync", dest);
        } else {
            LOG.debug("Target config {} still out of sync", dest);
        }
    }

    /** Of processes that were killed half way; looked for once for each target. */
    private void removeLeftovers(Path dest) throws FileException {
        if (cleanedUp.add(dest)) {
            files.removeLeftovers(dest)
                    .forEach(file -> LOG.info("Removed {}, left over by a process that is gone", file));
        }
    }

    private void keepIfAsked(StagedFile staged) throws FileException {
        if (rules.stagedFiles() == StagedFiles.KEPT) {
            LOG.info("Keeping staged file: {}", staged.keepCopy());
        }
    }

    private void check(Attempt attempt, Path candidate) {
        Resource resource = attempt.resource();
        if (resource.check().isEmpty() || rules.commands() == Commands.SKIPPED) {
            return;
        }
        ShellCommand check = resource.check().get();
        CommandResult result = run(check, check.line(candidate, resource.dest()));
        if (!result.succeeded()) {
            attempt.fail(
                    Rung.CHECKED,
                    "check command " + result.description() + "; " + resource.dest() + " left as it was",
                    result);
        }
    }

    private void install(Attempt attempt) throws FileException {
        if (attempt.staged().isPresent()) {
            Path dest = attempt.resource().dest();
            if (Thread.currentThread().isInterrupted()) {
                // Its reload would be cancelled too, and after a restart nobody would know that it is owed.
                attempt.fail(Rung.INSTALLED, "stopped before " + dest + " was touched");
                return;
            }
            LOG.debug("Overwriting target config {}", dest);
            if (attempt.staged().get().install() == Installed.IN_PLACE && rewrittenInPlace.add(dest)) {
                LOG.warn(
                        "{}: is a mount point, which can only be rewritten in place: a reader may see half of it",
                        dest);
            }
            attempt.installed();
        }
    }

    /** All of {@code attempts} share one reload command, or are one that has none. */
    private void reload(List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return;
        }
        Resource first = attempts.get(0).resource();
        boolean silent = first.reload().isEmpty()
                || rules.commands() == Commands.SKIPPED
                || rules.reader().get() == Reader.NOT_STARTED;
        if (!silent) {
            ShellCommand reload = first.reload().get();
            CommandResult result = run(reload, reload.line(first.dest(), first.dest()));
            if (!result.succeeded()) {
                attempts.forEach(attempt -> attempt.fail(
                        Rung.RELOADED,
                        "reload command " + result.description() + "; "
                                + attempt.resource().dest() + " is installed, but the running program was not told",
                        result));
                return;
            }
        }
        for (Attempt attempt : attempts) {
            outOfSync.remove(attempt.resource().dest());
            LOG.info("Target config {} has been updated", attempt.resource().dest());
            attempt.reloaded();
        }
    }

    private CommandResult run(ShellCommand command, String line) {
        LOG.debug("Running {}", line);
        CommandResult result = commands.run(line, command.timeout());
        LOG.debug("{} {} after {} ms", line, result.description(), result.took().toMillis());
        return result;
    }

    private static String tooFew(Resource resource, KeySnapshot keys) {
        int found = keys.entries().size();
        String have = found == 0 ? "no key" : found + " of at least " + resource.minKeys() + " keys";
        return have + " below " + resource.ranges() + "; " + resource.dest() + " left as it was";
    }

    private void step(Attempt attempt, Step step) {
        try {
            step.take();
        } catch (RenderException e) {
            attempt.fail(Rung.RENDERED, String.valueOf(e.getMessage()));
        } catch (FileException e) {
            attempt.fail(Rung.INSTALLED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{}: a bug in Segue", attempt.resource().name(), e);
            attempt.fail(Rung.RENDERED, "a bug in Segue: " + e.getClass().getName() + " (the log has its trace)");
        }
    }

    private interface Step {
        void take() throws RenderException, FileException;
    }
}
