package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The corpus' expected output is what confd itself writes. Needs a confd, whose path is in {@code CONFD}; without one it is
 * Go's word alone that counts.
 */
@Tag("server")
@Timeout(300)
class ConfdTest {
    private static final Path CORPUS = Path.of("src/test/resources/dev/segue/convert");

    /** They show the time or what the test's own name server says. */
    private static final Set<String> OF_THE_WORLD = Set.of("doc-datetime.tmpl", "doc-lookups.tmpl", "srv-loop.tmpl");

    @RegisterExtension
    final EtcdServer etcd = EtcdServer.plain();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"usual", "one-server", "hostile", "white-space", "numbers-2", "json-shapes-2", "order"})
    void corpus_renderedByConfd_isAsExpected(String store) throws Exception {
        String confd = System.getenv("CONFD");
        assumeTrue(confd != null, "CONFD names no confd");
        TreeSet<String> roots = new TreeSet<>();
        json(CORPUS.resolve("stores.json")).getAsJsonObject(store).asMap().forEach((key, value) -> {
            etcd.put(bytes(key), bytes(value.getAsString()));
            roots.add(new String(bytes(key), StandardCharsets.UTF_8).replaceFirst("^(/[^/]*).*", "$1"));
        });
        ConfDirFolder confDir = ConfDirFolder.in(folder);
        TreeMap<String, String> expected = new TreeMap<>();
        json(CORPUS.resolve("corpus/expected.json")).asMap().forEach((template, outputs) -> {
            if (!OF_THE_WORLD.contains(template)) {
                expected.put(template, outputs.getAsJsonObject().get(store).getAsString());
            }
        });
        for (String template : expected.keySet()) {
            Files.copy(
                    CORPUS.resolve("corpus").resolve(template),
                    confDir.path().resolve("templates").resolve(template));
            confDir.resource(
                    template + ".toml", template, folder.resolve(template + ".out"), String.join("\", \"", roots));
        }

        run(confd, confDir.path());

        List<String> differences = new ArrayList<>();
        for (String template : expected.keySet()) {
            Path out = folder.resolve(template + ".out");
            String written = Files.exists(out) ? Base64.getEncoder().encodeToString(Files.readAllBytes(out)) : "error";
            if (!written.equals(expected.get(template))) {
                differences.add(template);
            }
        }
        assertThat(differences).isEmpty();
    }

    private void run(String confd, Path confDir) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        confd,
                        "-onetime",
                        "-backend",
                        "etcdv3",
                        "-node",
                        etcd.url().toString(),
                        "-confdir",
                        confDir.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("confd.log").toFile());
        builder.environment().put("SET", "yes");
        builder.environment().put("EMPTY", "");
        // Some templates are there to fail, so the exit code says nothing.
        assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }
}
