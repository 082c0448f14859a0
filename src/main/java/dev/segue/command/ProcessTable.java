package dev.segue.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The processes of this machine, as the kernel tells of them in /proc; a process that is gone is not an error. */
final class ProcessTable {
    private ProcessTable() {}

    /** False where /proc is missing, or hides the processes of others (hidepid=2) so that a living one looks dead. */
    static boolean isVisible() {
        return Files.exists(Path.of("/proc/1"));
    }

    static LongStream children(long pid) {
        try {
            String children = Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children"));
            return Stream.of(children.split(" ", -1))
                    .filter(child -> !child.isBlank())
                    .mapToLong(child -> Long.parseLong(child.strip()));
        } catch (IOException e) {
            // A kernel without that file (CONFIG_PROC_CHILDREN): looks at all processes of the machine.
            return ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::children)
                    .mapToLong(ProcessHandle::pid);
        }
    }

    /**
     * What a process has open of one {@code kind}, as the links in its {@code fd} lead: {@code socket:[4711]}, {@code
     * pipe:[4712]}.
     *
     * @throws IOException if it is gone, or this process may not look into it
     */
    static Set<String> open(String kind, long pid) throws IOException {
        Set<String> files = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                linkOf(descriptor).filter(link -> link.startsWith(kind)).ifPresent(files::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    private static Optional<String> linkOf(Path descriptor) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException e) {
            // Closed in the meantime.
            return Optional.empty();
        }
    }

    /** The command line of a process, or what it put in its place; empty once it has ended. */
    static String title(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
