package dev.segue.journal;

import dev.segue.journal.StateFolder.Durability;
import dev.segue.plan.Owed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers each target's {@link JournalEntry}. Thread-safe; one thread at a time for each target. Nothing here throws or
 * is cut short by an interruption; each method blocks for as long as the disk takes.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** Ends each entry's name, so that no target's entry is another's lock. */
    private static final String ENTRY = ".entry";

    private static final String LOCK = ".lock";
    private static final String DAMAGED = ".damaged";

    private final Optional<StateFolder> folder;
    private final Map<Path, Optional<JournalEntry>> entries = new ConcurrentHashMap<>();
    private final Set<Path> damaged = ConcurrentHashMap.newKeySet();
    private final Claims claims = new Claims();
    private final WriteLog writeLog = new WriteLog();

    private Journal(Optional<StateFolder> folder) {
        this.folder = folder;
    }

    /** A journal in {@code stateDirectory}, which need not be there; does no I/O yet. */
    public static Journal in(Path stateDirectory) {
        return new Journal(Optional.of(new StateFolder(stateDirectory)));
    }

    /** A journal that lasts as long as the process and touches no disk. */
    public static Journal inMemory() {
        return new Journal(Optional.empty());
    }

    /**
     * Makes {@code target} ours until {@link #forget}, {@link #close} or the end of the process. If another living Segue
     * with this state directory has it, returns its pid, or 0 if that is not known here; ask again to take over once it has
     * ended. Empty if it is ours, and if the state directory cannot be written: then nobody can be kept out.
     */
    public Optional<Long> claim(Path target) {
        return folder.flatMap(disk -> claims.claim(disk, EntryName.of(target) + LOCK));
    }

    /**
     * What is known of {@code target}; empty if nothing is. Reads its file the first time. One that cannot be believed is
     * told once at WARN, moved aside under a name ending in {@code .damaged}, and nothing is known then but that it {@link
     * #mayOwe}.
     */
    public Optional<JournalEntry> entry(Path target) {
        Optional<JournalEntry> known = entries.get(target);
        if (known == null) {
            known = folder.flatMap(disk -> read(disk, target));
            entries.put(target, known);
        }
        return known;
    }

    /** True if something was known of {@code target} and is lost, so that a reload may be owed, until the next record. */
    public boolean mayOwe(Path target) {
        return damaged.contains(target);
    }

    private Optional<JournalEntry> read(StateFolder disk, Path target) {
        String name = EntryName.of(target) + ENTRY;
        try {
            Optional<byte[]> content = disk.read(name, JournalFile.LARGEST_BYTES);
            return content.isEmpty() ? Optional.empty() : Optional.of(JournalFile.decode(target, content.get()));
        } catch (DamagedEntryException e) {
            tellDamage(disk, name, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            tellDamage(disk, name, Reason.of(e));
        }
        damaged.add(target);
        return Optional.empty();
    }

    private static void tellDamage(StateFolder disk, String name, String why) {
        String where = disk.rename(name, name + DAMAGED) ? "kept as " + name + DAMAGED : "left there";
        LOG.warn("{}: cannot be used: {}; {}, and a reload counts as owed", disk.file(name), why, where);
    }

    /**
     * Remembers {@code entry}: in its file on return, and on the disk itself (fsync) if something is owed or was rejected.
     * That a merely applied one may be lost with the machine costs a superfluous reload. If it cannot be written it is
     * remembered in memory alone; that is told once at WARN, and the next call tries again. On the disk, an entry that owes
     * something does not outlast a later one that owes nothing.
     */
    public void record(Path target, JournalEntry entry) {
        entries.put(target, Optional.of(entry));
        damaged.remove(target);
        folder.ifPresent(disk -> write(disk, target, entry));
    }

    private void write(StateFolder disk, Path target, JournalEntry entry) {
        String name = EntryName.of(target) + ENTRY;
        boolean precious = entry.owed() != Owed.NOTHING || entry.rejected().isPresent();
        Durability durability = precious ? Durability.OUTLIVES_THE_MACHINE : Durability.OUTLIVES_THE_PROCESS;
        byte[] content = JournalFile.encode(target, entry);
        try {
            disk.write(name, content, durability);
        } catch (IOException e) {
            // That one fits for once is no news while the next one that owes will not.
            if (entry.owed() != Owed.NOTHING || !writeAfresh(disk, name, content, durability)) {
                writeLog.failed(disk.file(name), e);
            }
            return;
        }
        writeLog.succeeded(disk.file(name));
    }

    /**
     * For an entry that owes nothing: the one on the disk, which may still owe a reload and bring a long replaced file back
     * with it, goes first, and leaves its room to the new one.
     */
    private static boolean writeAfresh(StateFolder disk, String name, byte[] content, Durability durability) {
        disk.delete(name);
        try {
            disk.write(name, content, durability);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Lets go of {@code target}, whose resource is gone: of the claim, and of the entry. An entry that owes something stays
     * for the resource's return, and so does one that is another living Segue's.
     */
    public void forget(Path target) {
        boolean owed = entry(target).map(JournalEntry::owed).orElse(Owed.NOTHING) != Owed.NOTHING;
        if (!owed && claim(target).isEmpty()) {
            entries.remove(target);
            folder.ifPresent(disk -> delete(disk, EntryName.of(target) + ENTRY));
        }
        claims.release(EntryName.of(target) + LOCK);
    }

    private void delete(StateFolder disk, String name) {
        disk.delete(name);
        writeLog.forget(disk.file(name));
    }

    /** Lets go of the claims. */
    @Override
    public void close() {
        claims.close();
        entries.clear();
    }
}
