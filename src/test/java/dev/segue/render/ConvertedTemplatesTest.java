package dev.segue.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.convert.Conversion;
import dev.segue.keys.ByteText;
import dev.segue.keys.KeySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code segue convert} makes of confd's templates prints the same bytes as Go does, whatever lies in the store. */
@Timeout(120)
class ConvertedTemplatesTest {
    private static final boolean WRITE = "write".equals(System.getProperty("segue.corpus"));

    @TempDir
    Path temp;

    private Lab lab;
    private int files;

    @BeforeEach
    void open() throws IOException {
        lab = new Lab(temp);
    }

    @ParameterizedTest
    @MethodSource("dev.segue.render.Corpus#templates")
    void convert_template_isWrittenAsAPersonWould(String template) throws IOException {
        Conversion conversion = Conversion.of("templates/" + template + ".tmpl", Corpus.source(template));

        assertThat(conversion.problems()).isEmpty();
        if (WRITE) {
            Files.write(Corpus.converted(template), ByteText.encode(conversion.text()));
        }
        assertThat(conversion.text()).isEqualTo(ByteText.decode(Files.readAllBytes(Corpus.converted(template))));
    }

    @ParameterizedTest
    @MethodSource("dev.segue.render.Corpus#templates")
    void convert_template_printsTheSameOfEveryStore(String template) throws IOException {
        String text = Conversion.of(template, Corpus.source(template)).text();

        for (String store : Corpus.stores()) {
            assertThat(printed(text, Corpus.store(store)))
                    .as("%s with the store \"%s\"", template, store)
                    .isEqualTo(Corpus.expected(template, store));
        }
    }

    @Test
    void corpus_ofTemplatesAndStores_isLargeEnoughToMeanSomething() {
        Set<String> outputs = new HashSet<>();
        int failures = 0;
        for (String template : Corpus.templates().toList()) {
            for (String store : Corpus.stores()) {
                String expected = Corpus.expected(template, store);
                failures += expected.equals(Corpus.failed()) ? 1 : 0;
                outputs.add(template + expected);
            }
        }

        assertThat(Corpus.templates().count()).isGreaterThanOrEqualTo(80);
        assertThat(outputs).hasSizeGreaterThan(600);
        assertThat(failures).isBetween(100, 1500);
    }

    /** Of Go itself, on this machine: templates put together at random, with white space and trims of every kind. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void convert_templatesAtRandom_printWhatGoPrints(long seed) throws Exception {
        List<GoOracle.Request> requests = RandomTemplates.requests(seed, 100);
        List<String> expected = GoOracle.answers(temp, requests);

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            GoOracle.Request request = requests.get(i);
            Conversion conversion = Conversion.of("t.tmpl", request.template());
            String printed = printed(conversion.text(), request.store());
            if (!printed.equals(expected.get(i)) && conversion.problems().isEmpty()) {
                differences.add(request.template() + "\n---\n" + conversion.text());
            }
        }

        assertThat(differences).isEmpty();
    }

    /** Of Go itself, on this machine: the corpus says of each store what Go says now. */
    @Test
    void corpus_expectedOutput_isWhatGoPrints() throws Exception {
        List<GoOracle.Request> requests = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String template : Corpus.templates().toList()) {
            for (String store : List.of("usual", "hostile", "random-1")) {
                requests.add(new GoOracle.Request(Corpus.source(template), Corpus.store(store)));
                expected.add(Corpus.expected(template, store));
            }
        }

        assertThat(GoOracle.answers(temp, requests)).isEqualTo(expected);
    }

    private String printed(String text, KeySnapshot keys) throws IOException {
        // A name of its own: two texts of one length within one tick of the clock are one file to a cache.
        String name = "t" + files++ + ".ftl";
        lab.file(name, text);
        try {
            return ByteText.decode(lab.renderer.render(name, keys).bytes());
        } catch (RenderException e) {
            return Corpus.failed();
        }
    }
}
