package dev.segue.reconcile;

import dev.segue.files.CurrentFile;
import dev.segue.files.FileException;
import dev.segue.files.StagedFile;
import dev.segue.files.StagedFile.Installed;
import dev.segue.files.TargetFiles;
import dev.segue.journal.Journal;
import dev.segue.journal.JournalEntry;
import dev.segue.journal.JournalEntry.Rejected;
import dev.segue.plan.KeptFile;
import dev.segue.plan.Owed;
import dev.segue.resource.Resource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts targets in place and back, and writes down in the journal, before and after, what that leaves owed.
 *
 * <p>Thread-safe; one thread at a time for each target. An interruption cuts nothing short here.
 */
final class Installer {
    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);

    private final TargetFiles files;
    private final Journal journal;
    private final Set<Path> cleanedUp = ConcurrentHashMap.newKeySet();
    private final Set<Path> rewrittenInPlace = ConcurrentHashMap.newKeySet();

    Installer(TargetFiles files, Journal journal) {
        this.files = files;
        this.journal = journal;
    }

    /** The pid of another living Segue that keeps this target; 0 if it is not known. */
    Optional<Long> rival(Path dest) {
        return journal.claim(dest);
    }

    /** Takes up what earlier passes, perhaps of a process that was killed, have left: staged files, half an install. */
    void resume(Attempt attempt) throws FileException {
        Path dest = attempt.resource().dest();
        if (cleanedUp.add(dest)) {
            files.removeLeftovers(dest)
                    .forEach(file -> LOG.info("Removed {}, left over by a process that is gone", file));
        }
        Optional<JournalEntry> entry = journal.entry(dest);
        attempt.known(entry);
        if (journal.mayOwe(dest)) {
            // One reload too many harms nobody; one too few leaves a program without its file.
            record(attempt, Owed.RELOAD, files.look(dest).digest(), 0, Optional.empty(), Optional.empty());
        }
        if (entry.isPresent() && entry.get().owed() == Owed.RELOAD && !isKnown(files.look(dest), entry.get())) {
            repair(attempt, entry.get());
        }
    }

    /** A mount point is rewritten in place, and a crash or a full disk can leave half of it behind. */
    private void repair(Attempt attempt, JournalEntry entry) throws FileException {
        Path dest = attempt.resource().dest();
        KeptFile previous = entry.previous().orElse(KeptFile.ABSENT);
        if (previous.exists()) {
            files.putBack(dest, previous);
            record(attempt, Owed.RELOAD, previous.digest(), 0, entry.previous(), entry.rejected());
            LOG.warn(
                    "{}: neither what was installed nor what was there before, as after an edit by hand or an install"
                            + " that broke off; put back as it was before",
                    dest);
        }
    }

    private static boolean isKnown(CurrentFile current, JournalEntry entry) {
        String digest = current.digest();
        return digest.equals(entry.installed())
                || entry.previous().map(KeptFile::digest).filter(digest::equals).isPresent();
    }

    /** What the journal says is owed, of exactly the file that lies there. */
    boolean isOwedInPlace(Attempt attempt) {
        return attempt.known()
                .filter(entry -> entry.owed() == Owed.RELOAD)
                .filter(entry -> entry.installed().equals(attempt.found().digest()))
                .isPresent();
    }

    /**
     * Installs what was staged, after the journal knows of it.
     *
     * @throws FileException if that fails; the target and the journal are as before
     */
    void install(Attempt attempt, StagedFile staged) throws FileException {
        Path dest = attempt.resource().dest();
        Optional<JournalEntry> before = attempt.known();
        attempt.knownBefore(before);
        owe(attempt);
        LOG.debug("Overwriting target config {}", dest);
        try {
            if (staged.install() == Installed.IN_PLACE && rewrittenInPlace.add(dest)) {
                LOG.warn(
                        "{}: is a mount point, which can only be rewritten in place: a reader may see half of it",
                        dest);
            }
        } catch (FileException e) {
            if (files.look(dest).digest().equals(attempt.found().digest())) {
                restore(attempt, before);
            }
            throw e;
        }
        attempt.mustBeToldOf();
    }

    /** What was found comes back, and the journal's entry of then: nobody was told of anything else. */
    void takeBack(Attempt attempt) throws FileException {
        files.putBack(attempt.resource().dest(), attempt.found());
        restore(attempt, attempt.knownBefore());
    }

    private void restore(Attempt attempt, Optional<JournalEntry> before) {
        JournalEntry entry = before.orElseGet(() -> new JournalEntry(
                attempt.resource().name(),
                Owed.NOTHING,
                attempt.found().digest(),
                0,
                Optional.empty(),
                Optional.empty()));
        journal.record(attempt.resource().dest(), entry);
        attempt.known(Optional.of(entry));
    }

    /** The same file once more, after it was put back; nothing if there is to be none. */
    void installAgain(Attempt attempt) throws FileException {
        if (attempt.candidate().isEmpty()) {
            return;
        }
        Wanted wanted = attempt.candidate().get();
        Path dest = attempt.resource().dest();
        try (StagedFile staged =
                files.stage(dest, wanted.bytes(), attempt.resource().attributes())) {
            owe(attempt);
            staged.install();
            attempt.mustBeToldOf();
        }
    }

    private void owe(Attempt attempt) {
        record(
                attempt,
                Owed.RELOAD,
                attempt.candidate().orElseThrow().digest(),
                attempt.revision(),
                Optional.of(attempt.previous()),
                attempt.known().flatMap(JournalEntry::rejected));
    }

    /** True if there is an earlier file, or the knowledge that there was none, which is not what lies there now. */
    boolean canPutBack(Attempt attempt) {
        return attempt.known()
                .filter(entry -> entry.owed() == Owed.RELOAD)
                .flatMap(JournalEntry::previous)
                .filter(previous -> !liesThere(attempt.resource().dest(), previous))
                .isPresent();
    }

    private boolean liesThere(Path dest, KeptFile file) {
        try {
            return files.look(dest).keep().isSameAs(file);
        } catch (FileException e) {
            LOG.debug("{}", e.getMessage());
            return false;
        }
    }

    /** The previous file, or its absence, comes back; that its program is to be told stays owed. */
    void putBack(Attempt attempt) throws FileException {
        KeptFile previous = attempt.previous();
        files.putBack(attempt.resource().dest(), previous);
        attempt.rolledBack();
        attempt.known()
                .ifPresent(entry ->
                        record(attempt, Owed.RELOAD, previous.digest(), 0, entry.previous(), entry.rejected()));
    }

    /** The program serves what is in place. */
    void applied(Attempt attempt) {
        JournalEntry entry = attempt.known().orElseThrow();
        record(attempt, Owed.NOTHING, entry.installed(), entry.revision(), Optional.empty(), Optional.empty());
        attempt.applied();
    }

    /** The previous file is in place again and its program was told: nothing is owed. */
    void settle(Attempt attempt) {
        KeptFile previous = attempt.previous();
        Optional<Rejected> rejected = attempt.known().flatMap(JournalEntry::rejected);
        record(attempt, Owed.NOTHING, previous.digest(), 0, Optional.empty(), rejected);
        attempt.found(previous);
    }

    /** The program refused the new file, and serves the previous one again. */
    void rejected(Attempt attempt) {
        JournalEntry entry = attempt.known().orElseThrow();
        String digest = attempt.candidate().map(Wanted::digest).orElse(KeptFile.DIGEST_OF_ABSENT);
        int before = entry.rejected()
                .filter(earlier -> earlier.digest().equals(digest))
                .map(Rejected::times)
                .orElse(0);
        Rejected rejected = new Rejected(digest, before + 1);
        record(attempt, Owed.NOTHING, entry.installed(), entry.revision(), Optional.empty(), Optional.of(rejected));
    }

    private void record(
            Attempt attempt,
            Owed owed,
            String installed,
            long revision,
            Optional<KeptFile> previous,
            Optional<Rejected> rejected) {
        Resource resource = attempt.resource();
        JournalEntry entry = new JournalEntry(resource.name(), owed, installed, revision, previous, rejected);
        journal.record(resource.dest(), entry);
        attempt.known(Optional.of(entry));
    }
}
