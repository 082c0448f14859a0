package dev.segue.files;

import dev.segue.plan.KeptFile;
import dev.segue.resource.FileAttributes;
import dev.segue.resource.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The files that resources own: what they hold now, and the way to their next content. Make one for the process. */
public final class TargetFiles {
    /**
     * Far more than a configuration file; a longer target is some other file, named by mistake. The old content, the new
     * one and the journal's copies of both must have room in the heap of a small neighbour.
     */
    static final long LARGEST_TARGET_BYTES = 16L << 20;

    private final StagedNames names = StagedNames.ofThisProcess();
    private final InstantSource clock;

    /** @param clock the one that the file system's times are taken from */
    public TargetFiles(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The target {@code dest}, or what its symbolic links lead to, as it is now.
     *
     * @throws FileException if it cannot be read, is no regular file, or is longer than 16 MiB
     */
    public CurrentFile look(Path dest) throws FileException {
        Path target = SymbolicLinks.follow(dest);
        Optional<FileStat> stat = stat(dest, target);
        if (stat.isEmpty()) {
            return CurrentFile.ABSENT;
        }
        if (stat.get().size() > LARGEST_TARGET_BYTES) {
            String size = stat.get().size() + " bytes are no configuration file (limit " + LARGEST_TARGET_BYTES + ")";
            throw new FileException(dest, "cannot be compared", size);
        }
        try {
            FileState state = stateOf(target);
            return CurrentFile.present(Files.readAllBytes(target), stat.get(), state);
        } catch (IOException e) {
            throw new FileException(dest, "cannot be read", e);
        }
    }

    /**
     * The state that the target, or what its symbolic links lead to, is in, without a look into it; empty if there is none to
     * be seen.
     *
     * @throws FileException if the symbolic links lead nowhere
     */
    public Optional<FileState> state(Path dest) throws FileException {
        try {
            return Optional.of(stateOf(SymbolicLinks.follow(dest)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private FileState stateOf(Path target) throws IOException {
        return FileState.of(target, clock.instant(), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * What {@code attributes} mean on this machine, for {@link CurrentFile#has}.
     *
     * @throws FileException if there is no such user or group
     */
    public TargetAttributes resolve(Path dest, FileAttributes attributes) throws FileException {
        return TargetAttributes.lookUp(dest, attributes);
    }

    /**
     * Writes {@code bytes} to a hidden file beside the target, durably and with the mode and owner that the target is to
     * have: those in {@code attributes}, then those that it has, then 0644 and the owner of the process. Folders that are
     * missing are made, mode 0755. The target is not touched. Blocks for as long as the disk takes.
     *
     * @throws FileException if any of that fails; no staged file is left then
     */
    public StagedFile stage(Path dest, byte[] bytes, FileAttributes attributes) throws FileException {
        Path target = SymbolicLinks.follow(dest);
        TargetAttributes wanted = TargetAttributes.lookUp(dest, attributes)
                .orElse(stat(dest, target).map(FileStat::attributes).orElse(TargetAttributes.OF_NEW_FILE));
        Folders.make(Folders.of(target), dest);
        return StagedFile.create(names.next(target), target, dest, bytes, wanted);
    }

    /**
     * Makes the target again what it was: {@code previous} in bytes, mode and owner, or absent, durably. Readers see what
     * is there now or what was there then, unless the target is a mount point, which is rewritten in place. Symbolic links
     * stay. An interruption does not stop it half way. Blocks for as long as the disk takes.
     *
     * @throws FileException if that fails; the target is as it is now, unless the message says otherwise, and no staged
     *     file is left. A mount point cannot be made absent.
     */
    public void putBack(Path dest, KeptFile previous) throws FileException {
        Optional<byte[]> bytes = previous.bytes();
        if (bytes.isEmpty()) {
            delete(dest);
            return;
        }
        FileAttributes attributes = new FileAttributes(
                Optional.of(previous.mode()),
                Optional.of(String.valueOf(previous.uid())),
                Optional.of(String.valueOf(previous.gid())));
        try (StagedFile staged = stage(dest, bytes.get(), attributes)) {
            staged.install();
        }
    }

    private static void delete(Path dest) throws FileException {
        Path target = SymbolicLinks.follow(dest);
        if (stat(dest, target).isEmpty()) {
            return;
        }
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            if (MountPoints.includes(target)) {
                throw new FileException(dest, "cannot be deleted", "it is a mount point");
            }
            throw new FileException(dest, "cannot be deleted", e);
        }
        Folders.sync(Folders.of(target));
    }

    /**
     * Writes {@code bytes} under the target's name into a new folder that only this process's user can read. The target and
     * its folder are not touched.
     *
     * @throws FileException if that fails
     */
    public TrialFile tryAside(Path dest, byte[] bytes) throws FileException {
        return TrialFile.create(dest, bytes);
    }

    /**
     * Deletes the files that processes which are gone have staged for {@code dest}, and names them. Files staged by this
     * or another living process stay. One that cannot be deleted stays, and is tried again next time.
     *
     * @throws FileException if the symbolic links of {@code dest} lead nowhere
     */
    public List<Path> removeLeftovers(Path dest) throws FileException {
        return names.removeLeftovers(SymbolicLinks.follow(dest));
    }

    private static Optional<FileStat> stat(Path dest, Path target) throws FileException {
        FileStat stat;
        try {
            stat = FileStat.of(target);
        } catch (IOException e) {
            // A path that leads through a file is missing on JDK 25 and an error on 17; this names the file on both.
            Folders.missing(Folders.of(target), dest);
            if (e instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw new FileException(dest, "cannot be read", e);
        }
        if (stat.type() != FileStat.Type.REGULAR) {
            String why = stat.type() == FileStat.Type.DIRECTORY ? "is a directory" : "is not a regular file";
            throw new FileException(dest, "cannot be a target", why);
        }
        return Optional.of(stat);
    }
}
