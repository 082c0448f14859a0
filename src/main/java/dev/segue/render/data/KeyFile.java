package dev.segue.render.data;

import dev.segue.keys.KeySnapshot;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML or JSON file of keys: nested maps are joined with slashes, so {@code app: {upstream: {py1: "10.0.0.1:80"}}} and
 * {@code /app/upstream/py1: "10.0.0.1:80"} are the same. A list's elements are keys {@code 0}, {@code 1} and so on.
 */
public final class KeyFile {
    private KeyFile() {}

    /**
     * The keys of {@code file} at revision 0. Numbers and the like are taken as written, nothing (or {@code ~}) as empty
     * text, {@code !!binary} as the bytes it stands for.
     *
     * @throws ProblemsException if the file can't be read, is no YAML, or gives a key twice; with the lines
     */
    public static KeySnapshot read(Path file) throws ProblemsException {
        KeyCollector keys = new KeyCollector(file.toString());
        try {
            for (Event event : new Parse(LoadSettings.builder().build()).parseString(Files.readString(file))) {
                keys.take(event);
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw problem(file + ":" + line, "not YAML or JSON: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw problem(file.toString(), "not YAML or JSON: a control character (!!binary holds bytes in base64)");
        } catch (IOException e) {
            throw problem(file.toString(), "cannot be read: " + why(e));
        }
        return keys.snapshot();
    }

    private static ProblemsException problem(String where, String what) {
        return new ProblemsException(List.of(new Problem(where, what)));
    }

    private static String why(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof CharacterCodingException) {
            return "not UTF-8 (!!binary holds bytes in base64)";
        }
        return String.valueOf(failure.getMessage());
    }
}
