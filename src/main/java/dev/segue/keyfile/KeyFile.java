package dev.segue.keyfile;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * A file of keys, TOML if its name says so and else YAML or JSON: nested maps are joined with slashes, so {@code app:
 * {upstream: {py1: "10.0.0.1:80"}}} and {@code /app/upstream/py1: "10.0.0.1:80"} are the same. A list's elements are keys
 * {@code 0}, {@code 1} and so on.
 */
public final class KeyFile {
    /** What one file may have, and all files of a store together. */
    public static final int MOST_KEYS = 200_000;

    private static final int REVISION = 0;

    /** YAML's reader copies all that it has each time that it fetches more: with little at a time a long value takes minutes. */
    private static final int MOST_AT_A_TIME = 1 << 20;

    private static final String TOML = ".toml";
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json", TOML);

    private KeyFile() {}

    /**
     * The keys of {@code file} at revision 0, as {@link #parse} has them.
     *
     * @throws ProblemsException if the file can't be read, is not what it should be, or gives a key twice; with the lines
     */
    public static KeySnapshot read(Path file) throws ProblemsException {
        try {
            return KeySnapshot.of(REVISION, parse(file.toString(), Files.readAllBytes(file)));
        } catch (IOException e) {
            throw problem(file.toString(), "cannot be read: " + why(e));
        }
    }

    /** True if a file of this name is meant to be one of keys. */
    public static boolean isNamed(String name) {
        return ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    /**
     * The keys in {@code content}, sorted. YAML's numbers and the like are taken as written, those of TOML as TOML
     * means them; nothing (or {@code ~}) is empty text, and {@code !!binary} the bytes it stands for.
     *
     * @param name of the file, which tells how to read it, and what problems name
     * @throws ProblemsException if it is not what it should be, or gives a key twice; with the lines
     */
    public static List<KeyEntry> parse(String name, byte[] content) throws ProblemsException {
        Collected keys = new Collected(name);
        String text = text(name, content);
        if (name.toLowerCase(Locale.ROOT).endsWith(TOML)) {
            TomlKeys.read(name, text, keys);
        } else {
            readYaml(name, text, keys);
        }
        return keys.entries();
    }

    private static void readYaml(String name, String text, Collected keys) throws ProblemsException {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(Math.min(text.length() + 1, MOST_AT_A_TIME))
                .build();
        YamlKeys events = new YamlKeys(keys);
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                events.take(event);
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw problem(name + ":" + line, "not YAML or JSON: " + e.getProblem());
        } catch (ReaderException e) {
            throw problem(
                    name + ":" + lineOfControlCharacter(text),
                    "not YAML or JSON: a control character (!!binary holds bytes in base64)");
        } catch (YamlEngineException e) {
            throw problem(name, "not YAML or JSON: its %YAML line names a version that is not 1");
        }
    }

    private static long lineOfControlCharacter(String text) {
        int at = 0;
        while (at < text.length() && StreamReader.isPrintable(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private static String text(String name, byte[] content) throws ProblemsException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer text = CharBuffer.allocate(content.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += content[i] == '\n' ? 1 : 0;
            }
            throw problem(name + ":" + line, "cannot be read: not UTF-8 (!!binary holds bytes in base64)");
        }
        return text.flip().toString();
    }

    private static ProblemsException problem(String where, String what) {
        return new ProblemsException(List.of(new Problem(where, what)));
    }

    private static String why(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        return failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure.getMessage());
    }
}
