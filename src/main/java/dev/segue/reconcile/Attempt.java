package dev.segue.reconcile;

import dev.segue.command.CommandResult;
import dev.segue.files.StagedFile;
import dev.segue.plan.Change;
import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.plan.Rung;
import dev.segue.resource.Resource;
import java.util.List;
import java.util.Optional;

/** How far one pass has come with one resource; used by the pass's thread alone. */
final class Attempt {
    private final Resource resource;
    private Owed owed;
    private Change change = Change.NONE;
    private Optional<StagedFile> staged = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();

    Attempt(Reconciler.Assignment assignment) {
        this.resource = assignment.resource();
        this.owed = assignment.owed();
    }

    Resource resource() {
        return resource;
    }

    Owed owed() {
        return owed;
    }

    /** The checked file that waits to be installed. */
    Optional<StagedFile> staged() {
        return outcome.isPresent() ? Optional.empty() : staged;
    }

    void staged(Change forChange, StagedFile file) {
        change = forChange;
        staged = Optional.of(file);
    }

    /** The target is in place; from now on the program has to be told. */
    void installed() {
        owed = Owed.RELOAD;
    }

    boolean needsReload() {
        return outcome.isEmpty() && owed == Owed.RELOAD;
    }

    /** The program serves what is in place, or has nothing to be told. */
    void reloaded() {
        owed = Owed.NOTHING;
        end(new Outcome.Updated(change));
    }

    void fail(Rung missed, String reason) {
        end(new Outcome.Failed(missed, reason, List.of()));
    }

    void fail(Rung missed, String reason, CommandResult result) {
        end(new Outcome.Failed(missed, reason, result.output().forLog()));
    }

    void end(Outcome how) {
        outcome = Optional.of(how);
    }

    void discardStaged() {
        staged.ifPresent(StagedFile::close);
    }

    Result result() {
        return new Result(resource, outcome.orElseThrow(), owed);
    }
}
