package dev.segue.journal;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The state directory on disk: whole small files, read, replaced at once, moved aside. Interruptions cut nothing short. */
final class StateFolder {
    private static final FileAttribute<?> OF_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OF_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final TemporaryNames temporaryNames = TemporaryNames.ofThisProcess();
    private final AtomicBoolean swept = new AtomicBoolean();

    /** {@code folder} need not be there; does no I/O yet. */
    StateFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * The content of {@code name}, at most {@code limitBytes}; empty if there is none.
     *
     * @throws DamagedEntryException if what is there is no file of that kind
     * @throws IOException if it cannot be read
     */
    Optional<byte[]> read(String name, long limitBytes) throws DamagedEntryException, IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        sweepOnce();
        Path file = file(name);
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!found.isRegularFile()) {
            throw new DamagedEntryException(found.isDirectory() ? "it is a directory" : "it is not a regular file");
        }
        if (found.size() > limitBytes) {
            throw new DamagedEntryException("it is too long, " + found.size() + " bytes");
        }
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return Optional.of(in.readAllBytes());
        }
    }

    /**
     * Puts {@code content} in the place of {@code name}, at once. Makes the folder if it is not there.
     *
     * @param durability whether it is on the disk, not just in the system's memory, on return
     * @throws IOException if that fails; what was there is still there
     */
    void write(String name, byte[] content, Durability durability) throws IOException {
        make();
        try {
            replace(name, content, durability);
        } catch (NoSuchFileException e) {
            // A Segue in another container does not see our pid and takes our temporary file for a dead one's.
            replace(name, content, durability);
        }
    }

    /** How much a file has to outlive. */
    enum Durability {
        OUTLIVES_THE_PROCESS,
        OUTLIVES_THE_MACHINE
    }

    private void replace(String name, byte[] content, Durability durability) throws IOException {
        Path temporary = file(temporaryNames.next());
        Files.createFile(temporary, OF_FILE);
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(content);
                if (durability == Durability.OUTLIVES_THE_MACHINE) {
                    out.getFD().sync();
                }
            }
            Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Cannot throw, and what stays goes when the next Segue starts.
            temporary.toFile().delete();
            throw e;
        }
        if (durability == Durability.OUTLIVES_THE_MACHINE) {
            sync(folder);
        }
    }

    /** Makes the folder, 0700, if it is not there. */
    void make() throws IOException {
        if (Files.isDirectory(folder)) {
            sweepOnce();
            return;
        }
        Path parent = folder.getParent();
        if (parent == null || Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(folder.toString(), null, folder + " is not a directory");
        }
        if (!Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, OF_FOLDER);
        } catch (FileAlreadyExistsException e) {
            // Another lane has just made it.
            return;
        }
        sync(parent);
    }

    /** Makes {@code name}, empty and 0600, in the folder, if it is not there. */
    Path makeFile(String name) throws IOException {
        make();
        Path file = file(name);
        try {
            return Files.createFile(file, OF_FILE);
        } catch (FileAlreadyExistsException e) {
            return file;
        }
    }

    /** Renames {@code name} to {@code newName}, in the place of what has that name; returns false if that cannot be. */
    boolean rename(String name, String newName) {
        try {
            Files.move(file(name), file(newName), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Deletes {@code name}; what cannot be deleted stays. */
    void delete(String name) {
        if (file(name).toFile().delete()) {
            sync(folder);
        }
    }

    private void sweepOnce() {
        if (swept.compareAndSet(false, true)) {
            temporaryNames.removeLeftovers(folder);
        }
    }

    private static void sync(Path folder) {
        // Java opens folders as channels only, and an interrupted thread cannot use one.
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some file systems know no such thing; the file itself is written.
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
