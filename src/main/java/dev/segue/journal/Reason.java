package dev.segue.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why the disk refused, in plain words without the path, which the message has already. */
final class Reason {
    private Reason() {}

    static String of(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        String words = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        if (words == null || words.isEmpty()) {
            return "the system gives no reason";
        }
        if (cause instanceof FileNotFoundException) {
            // A stream's constructor says "path (reason)".
            words = words.replaceFirst("(?s).*\\((.*)\\)", "$1");
        }
        return Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }
}
