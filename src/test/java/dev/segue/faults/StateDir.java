package dev.segue.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A state directory as a person reads it. */
record StateDir(Path path) {
    /** What it says is owed of {@code target}: {@code nothing}, {@code reload}; {@code unknown} if nothing is known of it. */
    String owed(Path target) {
        return value(target, "owed", "unknown");
    }

    /** How the previous file of {@code target} is described; {@code none} if none is kept. */
    String previous(Path target) {
        return value(target, "previous", "none");
    }

    /** The digest that the program of {@code target} refused last, and how often; {@code none} if none. */
    String rejected(Path target) {
        return value(target, "rejected", "none");
    }

    private String value(Path target, String key, String otherwise) {
        return names().stream()
                .filter(name -> name.endsWith(".entry"))
                .map(this::lines)
                .filter(lines -> lines.contains("target = " + target))
                .flatMap(List::stream)
                .filter(line -> line.startsWith(key + " = "))
                .map(line -> line.substring(key.length() + " = ".length()))
                .findFirst()
                .orElse(otherwise);
    }

    /** Files that were being written and stayed behind. */
    List<String> leftovers() {
        return names().stream().filter(name -> name.startsWith(".")).toList();
    }

    private List<String> names() {
        try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.empty()) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String name) {
        try {
            return Files.readString(path.resolve(name), StandardCharsets.ISO_8859_1)
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
