package dev.segue.reconcile;

import dev.segue.command.CommandRunner;
import dev.segue.files.FileException;
import dev.segue.files.TargetFiles;
import dev.segue.journal.Journal;
import dev.segue.plan.Outcome;
import dev.segue.plan.Reader;
import dev.segue.plan.Rung;
import dev.segue.render.RenderException;
import dev.segue.render.Renderer;
import dev.segue.resource.Resource;
import dev.segue.settings.Settings.Commands;
import dev.segue.settings.Settings.StagedFiles;
import dev.segue.settings.Settings.Writes;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass of one lane: prepare each resource, then deliver all of them to the programs that read them.
 *
 * <p>A resource that fails stays behind at its last good file; the others of its lane go on. Thread-safe: lanes pass at
 * the same time.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Preparation preparation;
    private final Delivery delivery;
    private final Journal journal;

    /**
     * What this run allows.
     *
     * @param reader whether the program that reads the targets runs by now
     * @param beforeReload told of each resource of a reload right before its command runs; must neither block nor throw
     */
    public record Rules(
            Writes writes,
            Commands commands,
            StagedFiles stagedFiles,
            Supplier<Reader> reader,
            Consumer<Resource> beforeReload) {}

    public Reconciler(
            Renderer renderer,
            TargetFiles files,
            CommandRunner commands,
            Verifier verifier,
            Journal journal,
            Preview preview,
            Rules rules) {
        this.journal = journal;
        Installer installer = new Installer(files, journal);
        Programs programs = new Programs(commands, verifier, rules);
        this.preparation = new Preparation(renderer, files, installer, programs, preview, rules);
        this.delivery = new Delivery(installer, programs, preparation::settled);
    }

    /**
     * Passes the resources of one lane; never throws for what goes wrong with one of them.
     *
     * <p>Blocks for as long as their commands may run, one after another.
     *
     * @return a result for each, in their order
     */
    List<Result> pass(List<Assignment> lane) {
        return pass(lane, preparation::prepare);
    }

    /**
     * Before the store was ever read: pays what earlier runs left owed, and puts right what they left half done.
     *
     * @return results of those that failed
     */
    List<Result> payOwed(List<Resource> lane) {
        List<Assignment> work = lane.stream().map(Assignment::withoutKeys).toList();
        return pass(work, this::lookWithoutKeys).stream()
                .filter(result -> result.outcome() instanceof Outcome.Failed)
                .toList();
    }

    private void lookWithoutKeys(Attempt attempt) throws FileException {
        preparation.look(attempt);
        attempt.end(new Outcome.Held("the store was not read yet"));
    }

    /** No resource keeps {@code dest} any more: it stays as it is, and another Segue may take it. */
    void forget(Path dest) {
        preparation.forget(dest);
        journal.forget(dest);
    }

    /** A template changed, or a file that one may include: what is in step has to be found out anew. */
    void templatesChanged() {
        preparation.templatesChanged();
    }

    private List<Result> pass(List<Assignment> lane, Step step) {
        List<Attempt> attempts = lane.stream().map(Attempt::new).toList();
        try {
            for (Attempt attempt : attempts) {
                take(attempt, preparation::takeUp);
                if (attempt.outcome().isEmpty()) {
                    take(attempt, step);
                }
            }
            delivery.deliver(attempts);
        } catch (RuntimeException e) {
            LOG.error("a bug in Segue", e);
            attempts.stream().filter(attempt -> attempt.outcome().isEmpty()).forEach(attempt -> failWith(attempt, e));
        } finally {
            attempts.forEach(Attempt::discardStaged);
        }
        return attempts.stream().map(Attempt::result).toList();
    }

    private static void take(Attempt attempt, Step step) {
        try {
            step.take(attempt);
        } catch (RenderException e) {
            attempt.fail(Rung.RENDERED, String.valueOf(e.getMessage()));
        } catch (FileException e) {
            attempt.fail(Rung.INSTALLED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{}: a bug in Segue", attempt.resource().name(), e);
            failWith(attempt, e);
        }
    }

    private static void failWith(Attempt attempt, RuntimeException bug) {
        attempt.fail(Rung.RENDERED, "a bug in Segue: " + bug.getClass().getName() + " (the log has its trace)");
    }

    private interface Step {
        void take(Attempt attempt) throws RenderException, FileException;
    }
}
