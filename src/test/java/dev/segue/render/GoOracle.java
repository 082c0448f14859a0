package dev.segue.render;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks Go itself, by {@code oracle.go}, where this machine has it; else the test is skipped. */
final class GoOracle {
    private GoOracle() {}

    /** A template to render with a store. */
    record Request(String template, KeySnapshot store) {}

    /** What Go prints of each, in their order; {@link Corpus#failed} where it fails. */
    static List<String> answers(Path folder, List<Request> requests) throws IOException, InterruptedException {
        assumeTrue(hasGo(), "needs Go: no go in the path");
        Path in = Files.write(
                folder.resolve("requests.json"),
                requests.stream().map(GoOracle::line).toList());
        Path out = folder.resolve("answers.json");
        ProcessBuilder builder = new ProcessBuilder("go", "run", "oracle.go")
                .directory(Corpus.FOLDER.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("GOCACHE", folder.resolve("go-cache").toString());
        builder.environment().put("GOFLAGS", "-mod=mod");
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("go run ended with " + code);
        }
        List<String> answers = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
            answers.add(
                    answer.has("error")
                            ? Corpus.failed()
                            : Corpus.text(answer.get("output").getAsString()));
        }
        return answers;
    }

    private static boolean hasGo() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    }

    private static String line(Request request) {
        JsonObject store = new JsonObject();
        for (KeyEntry entry : request.store().entries()) {
            store.addProperty(Corpus.base64(entry.key()), Corpus.base64(entry.value()));
        }
        JsonObject line = new JsonObject();
        line.addProperty("template", Corpus.base64(request.template()));
        line.add("store", store);
        return line.toString();
    }
}
