package dev.segue.cli.flags;

import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import dev.segue.toml.TomlDocument;
import dev.segue.toml.TomlTable;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the flags that stand in a configuration file: {@code segue.toml}, or {@code confd.toml} as confd has it. */
public final class ConfigFile {
    private ConfigFile() {}

    /** The file that {@code confDir} has, if it has one: its {@code segue.toml}, else its {@code confd.toml}. */
    public static Optional<Path> in(Path confDir) {
        return Stream.of("segue.toml", "confd.toml")
                .map(confDir::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    /**
     * What the file says.
     *
     * @throws ProblemsException if it cannot be read, is not TOML, or has unknown keys or values of wrong types
     */
    public static Map<Flag, List<Given>> read(Path file) throws ProblemsException {
        TomlDocument document = TomlDocument.parse(file.toString(), text(file));
        TomlTable root = document.root();
        Map<Flag, List<Given>> values = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            if (flag.isInherited() && flag != Flag.CONFIG_FILE) {
                List<Given> given = given(root, flag, Given.Source.FILE);
                if (!given.isEmpty()) {
                    values.put(flag, given);
                }
            }
        }
        for (String other : Flag.OF_OTHER_STORES) {
            String key = other.replace('-', '_');
            if (root.has(key)) {
                root.problem(key, key + " is for a store of confd's that Segue does not have");
            }
        }
        root.refuseOthers();
        document.throwIfAny();
        return values;
    }

    /** What {@code table} says of {@code flag}. */
    static List<Given> given(TomlTable table, Flag flag, Given.Source source) {
        String key = flag.key();
        return texts(table, flag).stream()
                .map(text -> new Given(source, table.where(key), key + " ", text))
                .toList();
    }

    private static List<String> texts(TomlTable root, Flag flag) {
        String key = flag.key();
        return switch (flag.kind()) {
            case SWITCH -> root.bool(key).map(String::valueOf).stream().toList();
            case VALUE -> root.textOrInteger(key).stream().toList();
            case SECRET -> root.secret(key).stream().toList();
            case LIST, REPEATED -> root.texts(key).orElse(List.of());
        };
    }

    private static String text(Path file) throws ProblemsException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "no such file");
        } catch (MalformedInputException e) {
            throw unreadable(file, "is not UTF-8 text");
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e.getMessage());
        }
    }

    private static ProblemsException unreadable(Path file, String why) {
        return new ProblemsException(List.of(new Problem(file.toString(), why)));
    }
}
