package dev.segue.reconcile;

import dev.segue.command.CommandResult;
import dev.segue.files.CurrentFile;
import dev.segue.files.FileException;
import dev.segue.files.StagedFile;
import dev.segue.files.TargetAttributes;
import dev.segue.files.TargetFiles;
import dev.segue.files.TrialFile;
import dev.segue.format.FormatCheck;
import dev.segue.keys.KeySnapshot;
import dev.segue.plan.Change;
import dev.segue.plan.NextStep;
import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.plan.Rung;
import dev.segue.reconcile.Assignment.Patience;
import dev.segue.reconcile.Assignment.Standing;
import dev.segue.reconcile.InStep.Signs;
import dev.segue.render.RenderException;
import dev.segue.render.Rendered;
import dev.segue.render.Renderer;
import dev.segue.resource.Resource;
import dev.segue.resource.ShellCommand;
import dev.segue.settings.Settings.StagedFiles;
import dev.segue.settings.Settings.Writes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one resource up to a staged file that has passed its check; the target is not touched. Thread-safe. */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final Renderer renderer;
    private final TargetFiles files;
    private final Installer installer;
    private final Programs programs;
    private final Preview preview;
    private final Reconciler.Rules rules;
    private final RenderWarnings warnings = new RenderWarnings();
    private final InStep inStep = new InStep();
    private final Set<Path> outOfSync = ConcurrentHashMap.newKeySet();

    Preparation(
            Renderer renderer,
            TargetFiles files,
            Installer installer,
            Programs programs,
            Preview preview,
            Reconciler.Rules rules) {
        this.renderer = renderer;
        this.files = files;
        this.installer = installer;
        this.programs = programs;
        this.preview = preview;
        this.rules = rules;
    }

    /** Takes up what was left owed at the target, unless it is another Segue's. */
    void takeUp(Attempt attempt) throws FileException {
        Path dest = attempt.resource().dest();
        if (rules.writes() == Writes.ALLOWED) {
            Optional<Long> rival = installer.rival(dest);
            if (rival.isPresent()) {
                String pid = rival.get() > 0 ? " (pid " + rival.get() + ")" : "";
                attempt.fail(Rung.INSTALLED, dest + " is kept by another Segue" + pid + "; left to it");
                return;
            }
            installer.resume(attempt);
        }
    }

    /** Reads the target. */
    void look(Attempt attempt) throws FileException {
        attempt.found(files.look(attempt.resource().dest()));
    }

    /** Renders, compares and, if there is a change, stages and checks; nothing of it if all is known to be as it was. */
    void prepare(Attempt attempt) throws RenderException, FileException {
        Resource resource = attempt.resource();
        KeySnapshot keys = attempt.assignment().keys();
        long templates = inStep.templates();
        TargetAttributes attributes = files.resolve(resource.dest(), resource.attributes());
        boolean known = rules.writes() == Writes.ALLOWED
                && attempt.owed() == Owed.NOTHING
                && files.state(resource.dest())
                        .filter(state -> inStep.isKnown(new Signs(resource, templates, keys, state, attributes)))
                        .isPresent();
        if (known) {
            attempt.end(new Outcome.InSync());
            return;
        }
        look(attempt);
        if (keys.entries().size() < resource.minKeys()) {
            attempt.end(new Outcome.Held(tooFew(resource, keys)));
            return;
        }
        Rendered rendered = renderer.render(resource.template(), keys.strip(resource.prefix()));
        warnings.tell(resource, rendered.warnings());
        byte[] bytes = rendered.bytes();
        attempt.wanted(new Wanted(bytes, rendered.shownDigest()));
        CurrentFile current = attempt.current();
        Change change = Change.between(current.exists(), current.holds(bytes), current.has(attributes));
        switch (NextStep.after(change, attempt.owed(), rules.writes())) {
            case NOTHING -> {
                LOG.debug("Target config {} in sync", resource.dest());
                settled(resource.dest());
                if (rendered.comesOfKeysAlone()) {
                    current.state()
                            .ifPresent(state -> inStep.found(new Signs(resource, templates, keys, state, attributes)));
                }
                preview.inSync(resource);
                attempt.end(new Outcome.InSync());
            }
            case RELOAD_ONLY -> {
                if (mayTry(attempt)) {
                    LOG.debug("Target config {} in sync, reload still owed", resource.dest());
                    attempt.mustBeToldOf();
                }
            }
            case REPORT -> {
                attempt.end(new Outcome.WouldUpdate(change));
                preview.show(resource, keys, current.bytes(), bytes);
                try (TrialFile trial = files.tryAside(resource.dest(), bytes)) {
                    check(attempt, bytes, trial.path());
                }
            }
            case APPLY -> {
                sayOutOfSync(resource.dest());
                if (mayTry(attempt)) {
                    StagedFile staged = files.stage(resource.dest(), bytes, resource.attributes());
                    attempt.staged(change, staged);
                    keepIfAsked(staged);
                    check(attempt, bytes, staged.path());
                }
            }
        }
    }

    /** A template changed, or a file that it may include. */
    void templatesChanged() {
        inStep.templatesChanged();
    }

    /** No resource keeps this target any more. */
    void forget(Path dest) {
        inStep.forget(dest);
        outOfSync.remove(dest);
    }

    /** In sync with what is in place. */
    void settled(Path dest) {
        outOfSync.remove(dest);
    }

    private boolean mayTry(Attempt attempt) {
        Optional<Standing> standing = attempt.assignment().standing();
        if (standing.isPresent()
                && standing.get()
                        .wantedDigest()
                        .equals(attempt.wanted().orElseThrow().digest())) {
            attempt.leave(standing.get().outcome());
            return false;
        }
        if (attempt.assignment().patience() == Patience.LEFT) {
            Optional<String> busy = programs.busy(attempt.resource());
            busy.ifPresent(why -> attempt.end(new Outcome.Waiting(why)));
            return busy.isEmpty();
        }
        return true;
    }

    /** Once until it is in sync again: a candidate that fails its check is tried again and again. */
    private void sayOutOfSync(Path dest) {
        if (outOfSync.add(dest)) {
            LOG.info("Target config {} out of sync", dest);
        } else {
            LOG.debug("Target config {} still out of sync", dest);
        }
    }

    private void keepIfAsked(StagedFile staged) throws FileException {
        if (rules.stagedFiles() == StagedFiles.KEPT) {
            LOG.info("Keeping staged file: {}", staged.keepCopy());
        }
    }

    private void check(Attempt attempt, byte[] bytes, Path candidate) {
        Resource resource = attempt.resource();
        Optional<String> fault = resource.outputFormat().flatMap(format -> FormatCheck.fault(format, bytes));
        if (fault.isPresent()) {
            attempt.fail(Rung.CHECKED, "rendered text is " + fault.get() + "; " + resource.dest() + " left as it was");
            return;
        }
        Optional<ShellCommand> check = resource.check();
        if (check.isEmpty()) {
            return;
        }
        Optional<CommandResult> result = programs.run(check.get(), check.get().line(candidate, resource.dest()));
        if (result.isPresent() && !result.get().succeeded()) {
            attempt.fail(
                    Rung.CHECKED,
                    "check command " + result.get().description() + "; " + resource.dest() + " left as it was",
                    result.get().output().forLog());
        }
    }

    private static String tooFew(Resource resource, KeySnapshot keys) {
        int found = keys.entries().size();
        String have = found == 0 ? "no key" : found + " of at least " + resource.minKeys() + " keys";
        return have + " below " + resource.allRanges() + "; " + resource.dest() + " left as it was";
    }
}
