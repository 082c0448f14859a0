package dev.segue.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A target could not be read or brought into step; the message says which, what failed and why, in plain words. */
public final class FileException extends Exception {
    private static final long serialVersionUID = 1L;

    FileException(Path dest, String what, String why) {
        super(dest + ": " + what + ": " + why);
    }

    FileException(Path dest, String what, IOException cause) {
        super(dest + ": " + what + ": " + why(cause), cause);
    }

    private static String why(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        if (cause instanceof FileSystemException withReason) {
            return sentence(withReason.getReason());
        }
        if (cause instanceof FileNotFoundException) {
            // A stream's constructor says "path (reason)".
            return sentence(String.valueOf(cause.getMessage()).replaceFirst("(?s).*\\((.*)\\)", "$1"));
        }
        return sentence(cause.getMessage());
    }

    private static String sentence(@Nullable String systemText) {
        if (systemText == null || systemText.isEmpty()) {
            return "the system gives no reason";
        }
        return Character.toLowerCase(systemText.charAt(0)) + systemText.substring(1);
    }
}
