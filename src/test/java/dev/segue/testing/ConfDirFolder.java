package dev.segue.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A confdir that a test fills. */
public record ConfDirFolder(Path path) {
    /** An empty one below {@code parent}. */
    public static ConfDirFolder in(Path parent) throws IOException {
        Path path = Files.createTempDirectory(parent, "confdir");
        Files.createDirectories(path.resolve("conf.d"));
        Files.createDirectories(path.resolve("templates"));
        return new ConfDirFolder(path);
    }

    public ConfDirFolder template(String name, String text) throws IOException {
        return write("templates/" + name, text);
    }

    public ConfDirFolder resource(String name, String text) throws IOException {
        return write("conf.d/" + name, text);
    }

    /** A resource that renders {@code template} from {@code key} into {@code dest}, with further lines. */
    public ConfDirFolder resource(String name, String template, Path dest, String key, String... further)
            throws IOException {
        return resource(name, """
                [template]
                src = "%s"
                dest = "%s"
                keys = ["%s"]
                """.formatted(template, dest, key) + String.join("\n", further) + "\n");
    }

    public ConfDirFolder write(String name, String text) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }
}
