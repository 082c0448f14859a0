package dev.segue.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that reads all {@code *.conf} of a folder when it is told to reload: it takes none if one of them has the word
 * bad in it, and can be down. Everybody can see what it serves.
 */
record ShellProgram(Path folder) {
    static ShellProgram in(Path folder) throws IOException {
        Files.writeString(folder.resolve("reload.sh"), """
                cd '%s' && echo reload >> reloads
                test ! -e down || exit 2
                cat *.conf 2> /dev/null | grep -q bad && exit 1
                rm -rf served && mkdir served
                cp *.conf served 2> /dev/null
                exit 0
                """.formatted(folder));
        return new ShellProgram(folder);
    }

    /** For a resource file. */
    String reload() {
        return "reload_cmd = \"sh " + folder.resolve("reload.sh") + "\"";
    }

    void down() throws IOException {
        Files.createFile(folder.resolve("down"));
    }

    void up() throws IOException {
        Files.delete(folder.resolve("down"));
    }

    /** What it read of {@code target} when it took a reload last; {@code nothing} if that was not there. */
    String served(String target) throws IOException {
        Path file = folder.resolve("served").resolve(target);
        return Files.exists(file) ? Files.readString(file) : "nothing";
    }

    /** How often it was told. */
    int reloads() throws IOException {
        Path log = folder.resolve("reloads");
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return lines.size();
    }
}
