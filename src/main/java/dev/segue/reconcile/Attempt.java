package dev.segue.reconcile;

import dev.segue.files.CurrentFile;
import dev.segue.files.StagedFile;
import dev.segue.journal.JournalEntry;
import dev.segue.plan.Change;
import dev.segue.plan.KeptFile;
import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.plan.Rung;
import dev.segue.resource.Resource;
import java.util.List;
import java.util.Optional;

/** How far one pass has come with one resource; used by the pass's thread alone. */
final class Attempt {
    private final Assignment assignment;
    private Optional<JournalEntry> known = Optional.empty();
    private Optional<CurrentFile> current = Optional.empty();
    private KeptFile found = KeptFile.ABSENT;
    private Optional<Wanted> wanted = Optional.empty();
    private Optional<Wanted> candidate = Optional.empty();
    private Optional<JournalEntry> knownBefore = Optional.empty();
    private Optional<String> owedDigest = Optional.empty();
    private Change change = Change.NONE;
    private Optional<StagedFile> staged = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();
    private boolean toldOf;
    private boolean untried;
    private int reloads;
    private int reloadFailures;
    private int rollBacks;

    Attempt(Assignment assignment) {
        this.assignment = assignment;
    }

    Resource resource() {
        return assignment.resource();
    }

    Assignment assignment() {
        return assignment;
    }

    /** The store's revision that this pass sees. */
    long revision() {
        return assignment.keys().revision();
    }

    /** What the journal says by now. */
    Optional<JournalEntry> known() {
        return known;
    }

    void known(Optional<JournalEntry> entry) {
        known = entry;
    }

    /** What the journal said before anything was installed. */
    Optional<JournalEntry> knownBefore() {
        return knownBefore;
    }

    void knownBefore(Optional<JournalEntry> entry) {
        knownBefore = entry;
    }

    Owed owed() {
        return known.map(JournalEntry::owed).orElse(Owed.NOTHING);
    }

    /** The target before this pass touched it. */
    KeptFile found() {
        return found;
    }

    /** The same, as it can be compared. */
    CurrentFile current() {
        return current.orElseThrow();
    }

    void found(CurrentFile file) {
        current = Optional.of(file);
        found = file.keep();
    }

    /** From now on this counts as what was found. */
    void found(KeptFile file) {
        found = file;
    }

    /** What comes back if the program refuses the new file: the last one that was applied, else the one that was found. */
    KeptFile previous() {
        return known.filter(entry -> entry.owed() == Owed.RELOAD)
                .flatMap(JournalEntry::previous)
                .orElse(found);
    }

    Optional<Wanted> wanted() {
        return wanted;
    }

    void wanted(Wanted content) {
        wanted = Optional.of(content);
        candidate = wanted;
    }

    /** What the program is to serve after this pass: what is wanted, or what lies there while that cannot be had. */
    Optional<Wanted> candidate() {
        return candidate;
    }

    /** The checked file that waits to be installed. */
    Optional<StagedFile> staged() {
        return outcome.isPresent() ? Optional.empty() : staged;
    }

    void staged(Change forChange, StagedFile file) {
        change = forChange;
        staged = Optional.of(file);
    }

    /** What was found, of an earlier pass, was never told of, be it that no file is there: that comes first now. */
    void mustBeToldOfWhatWasFound() {
        candidate = found.bytes().map(bytes -> new Wanted(bytes, Optional.empty()));
        owedDigest = Optional.of(found.digest());
        toldOf = true;
    }

    /** From now on its program has to be told of what lies in the target's place. */
    void mustBeToldOf() {
        toldOf = true;
    }

    boolean isToBeToldOf() {
        return toldOf;
    }

    /** The program serves what is in place. What failed before, above an earlier file, stays as it is. */
    void applied() {
        toldOf = false;
        if (outcome.isEmpty()) {
            end(new Outcome.Updated(change));
        }
    }

    void fail(Rung missed, String reason) {
        fail(missed, reason, List.of());
    }

    void fail(Rung missed, String reason, List<String> output) {
        toldOf = false;
        end(new Outcome.Failed(missed, reason, output));
    }

    /** All of its transaction or none: {@code cause} cannot go, or not yet, so this stays. */
    void holdBackFor(Attempt cause) {
        toldOf = false;
        String why = Result.whyHeldBack(resource(), cause.resource());
        end(
                cause.isWaiting()
                        ? new Outcome.Waiting(why)
                        : new Outcome.Held(why + "; " + resource().dest() + " left as it was"));
    }

    void end(Outcome how) {
        outcome = Optional.of(how);
    }

    /** Nothing was tried, because the same failed a moment ago and is not due again. */
    void leave(Outcome.Failed standing) {
        untried = true;
        end(standing);
    }

    Optional<Outcome> outcome() {
        return outcome;
    }

    /** With nothing wanted, all there is to be tried is to tell of what was found; not yet if that failed a moment ago. */
    void leaveIfOfWhatWasFound(Assignment.Standing standing) {
        if (wanted.isEmpty() && standing.wantedDigest().equals(found.digest())) {
            leave(standing.outcome());
        }
    }

    /** True if it stands in the way of those that are to be installed with it or not at all. */
    boolean isHeldBack() {
        return outcome.isPresent() && !outcome.get().isGood();
    }

    /** True if it is held back for no longer than its program is busy. */
    boolean isWaiting() {
        return outcome.filter(Outcome.Waiting.class::isInstance).isPresent();
    }

    void reloaded(boolean succeeded) {
        reloads++;
        reloadFailures += succeeded ? 0 : 1;
    }

    void rolledBack() {
        rollBacks++;
    }

    void discardStaged() {
        staged.ifPresent(StagedFile::close);
    }

    Result result() {
        Outcome end = outcome.orElseThrow();
        return new Result(
                resource(),
                revision(),
                end,
                owed(),
                end instanceof Outcome.Failed ? wanted.map(Wanted::digest).or(() -> owedDigest) : Optional.empty(),
                untried ? Result.Effort.NONE : Result.Effort.FULL,
                reloads,
                reloadFailures,
                rollBacks);
    }
}
