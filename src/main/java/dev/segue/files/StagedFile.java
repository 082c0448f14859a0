package dev.segue.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The next content of a target, complete and durable in a hidden file beside it; deletes itself unless installed. */
public final class StagedFile implements AutoCloseable {
    private final Path path;
    private final Path target;
    private final Path dest;
    private final TargetAttributes attributes;

    private StagedFile(Path path, Path target, Path dest, TargetAttributes attributes) {
        this.path = path;
        this.target = target;
        this.dest = dest;
        this.attributes = attributes;
    }

    /** How the target got its new content. */
    public enum Installed {
        /** Readers saw the old file or the new one. */
        SWAPPED,
        /** The target is a mount point, which no file can take the place of; readers may have seen half of it. */
        IN_PLACE
    }

    /**
     * Writes {@code bytes} to {@code path}, which must not be there yet.
     *
     * @param target what will be replaced; no symbolic link
     * @param dest the target as its resource names it, for messages
     * @throws FileException if that fails; {@code path} is not there then
     */
    static StagedFile create(Path path, Path target, Path dest, byte[] bytes, TargetAttributes attributes)
            throws FileException {
        StagedFile staged = new StagedFile(path, target, dest, attributes);
        try {
            // Made only if nothing of that name is there, so nobody can have us write through a link of theirs.
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new FileException(dest, "cannot be staged in " + Folders.of(target), e);
        }
        boolean complete = false;
        try {
            staged.write(bytes);
            complete = true;
        } finally {
            if (!complete) {
                staged.close();
            }
        }
        return staged;
    }

    private void write(byte[] bytes) throws FileException {
        try (FileOutputStream out = new FileOutputStream(path.toFile())) {
            out.write(bytes);
            attributes.applyTo(path, dest);
            out.getFD().sync();
        } catch (IOException e) {
            throw new FileException(dest, "cannot be staged in " + Folders.of(target), e);
        }
    }

    /** Where it lies, for the check command. */
    public Path path() {
        return path;
    }

    /**
     * Leaves a copy beside the target, in the place of the one before, and returns where it is.
     *
     * @throws FileException if it cannot be written
     */
    public Path keepCopy() throws FileException {
        Path copy = StagedNames.ofKeptCopy(target);
        try {
            return Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new FileException(dest, "copy of the staged file cannot be kept as " + copy, e);
        }
    }

    /**
     * Puts it in the target's place, durably, and at once unless the target is a mount point; an interruption does not
     * stop it half way. The staged file is gone afterwards. Blocks for as long as the disk takes.
     *
     * @throws FileException if that fails; the target is as it was, and {@link #close} still removes the staged file
     */
    public Installed install() throws FileException {
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!MountPoints.includes(target)) {
                throw new FileException(dest, "cannot be installed", e);
            }
            new InPlace(target, dest).rewrite(path, attributes);
            close();
            return Installed.IN_PLACE;
        }
        Folders.sync(Folders.of(target));
        return Installed.SWAPPED;
    }

    /** Deletes the staged file if it is still there. What cannot be deleted now goes with the next start's leftovers. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return;
        }
    }
}
