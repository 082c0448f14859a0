package dev.segue.render;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Templates of confd, stores, what Go prints of the ones with the others ({@code expected.json}), and what the templates
 * become in FreeMarker ({@code *.ftl}).
 *
 * <p>After a change: {@code mvn test -Dtest=ConvertedTemplatesTest -Dsegue.corpus=write} writes the {@code *.ftl} anew, and in
 * this folder {@code go run oracle.go corpus} the expected output. Nothing of it needs Go to be tested.
 */
final class Corpus {
    static final Path FOLDER = Path.of("src/test/resources/dev/segue/convert");
    private static final Path TEMPLATES = FOLDER.resolve("corpus");
    private static final JsonObject STORES = json(FOLDER.resolve("stores.json"));
    private static final JsonObject EXPECTED = json(TEMPLATES.resolve("expected.json"));
    private static final String FAILURE = "error";

    private Corpus() {}

    /** The names of all templates: {@code doc-basic}. */
    static Stream<String> templates() {
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".tmpl"))
                    .map(name -> name.replace(".tmpl", ""))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> stores() {
        return List.copyOf(STORES.keySet());
    }

    static String source(String template) throws IOException {
        return ByteText.decode(Files.readAllBytes(TEMPLATES.resolve(template + ".tmpl")));
    }

    /** The template in FreeMarker, which is there to be looked at. */
    static Path converted(String template) {
        return TEMPLATES.resolve(template + ".ftl");
    }

    static KeySnapshot store(String name) {
        List<KeyEntry> entries = new ArrayList<>();
        STORES.getAsJsonObject(name)
                .entrySet()
                .forEach(entry -> entries.add(
                        new KeyEntry(text(entry.getKey()), text(entry.getValue().getAsString()))));
        return KeySnapshot.of(7, entries);
    }

    /** What Go prints, or {@link #failed} if it fails. */
    static String expected(String template, String store) {
        String output = EXPECTED.getAsJsonObject(template + ".tmpl").get(store).getAsString();
        return output.equals(FAILURE) ? failed() : text(output);
    }

    /** Stands for a template's failure. */
    static String failed() {
        return "(fails)";
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(ByteText.encode(text));
    }

    static String text(String base64) {
        return ByteText.decode(Base64.getDecoder().decode(base64));
    }

    private static JsonObject json(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
