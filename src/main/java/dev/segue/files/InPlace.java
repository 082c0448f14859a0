package dev.segue.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives a file new content without another file taking its place: for a bind-mounted target, which rename refuses. */
final class InPlace {
    private final Path target;
    private final Path dest;

    /** {@code target} is no symbolic link; {@code dest} names it in messages. */
    InPlace(Path target, Path dest) {
        this.target = target;
        this.dest = dest;
    }

    /**
     * Rewrites the target with the content of {@code staged} and gives it {@code attributes}, durably.
     *
     * @throws FileException if that fails; the target has its old content and attributes again, unless the message says
     *     otherwise
     */
    void rewrite(Path staged, TargetAttributes attributes) throws FileException {
        try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
            byte[] newContent = Files.readAllBytes(staged);
            byte[] oldContent = Files.readAllBytes(target);
            TargetAttributes oldAttributes = TargetAttributes.of(target);
            try {
                attributes.withModeWithin(oldAttributes).applyTo(target, dest);
                overwrite(file, newContent);
                attributes.applyTo(target, dest);
            } catch (IOException | FileException e) {
                putBack(file, oldContent, oldAttributes, e);
                throw e;
            }
        } catch (IOException e) {
            throw new FileException(dest, "cannot be rewritten in place", e);
        }
    }

    private void putBack(RandomAccessFile file, byte[] oldContent, TargetAttributes oldAttributes, Exception failure)
            throws FileException {
        try {
            overwrite(file, oldContent);
            oldAttributes.applyTo(target, dest);
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw new FileException(dest, "broke off half way and cannot be put back as it was", e);
        }
    }

    private static void overwrite(RandomAccessFile file, byte[] content) throws IOException {
        file.seek(0);
        file.write(content);
        file.setLength(content.length);
        file.getFD().sync();
    }
}
