package dev.segue.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.segue.settings.DurationText;
import dev.segue.settings.ProblemsException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class TomlDocumentTest {
    private static final String FILE = "conf.d/nginx.toml";

    static Stream<Arguments> brokenTexts() {
        return Stream.of(
                arguments("[template]\nsrc = \"a\nb = 1\n", "2:9: unexpected end of line, expected \" or a character"),
                arguments("[template\n", "1:10: unexpected end of line, expected ]"),
                arguments("src = a.ftl\n", "1:7: unexpected 'a', expected a value (text goes in double quotes)"),
                arguments("mode = 0644\n", "1:8: leading zeros are not allowed (text goes in double quotes)"),
                arguments("a = 1\na = 2\n", "2:1: a previously defined at line 1, column 1"),
                arguments("a =\n", "1:4: unexpected end of line, expected a value"),
                arguments("a = 99999999999999999999\n", "1:5: integer is too large"),
                arguments(
                        "keys = [\n  \"/a\"\nb = 1\n",
                        "2:7: unexpected end of line, expected ] or a comma; the array opened at line 1, column 8 is"
                                + " unclosed"));
    }

    @ParameterizedTest
    @MethodSource("brokenTexts")
    void parse_notToml_saysLineColumnAndReason(String text, String problem) {
        assertThatThrownBy(() -> TomlDocument.parse(FILE, text))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(FILE + ":" + problem);
    }

    @Test
    void parse_twoBrokenLines_saysBoth() {
        assertThatThrownBy(() -> TomlDocument.parse(FILE, "a = x\nb = 1\nc = y\n"))
                .hasMessage("""
                        conf.d/nginx.toml:1:5: unexpected 'x', expected a value (text goes in double quotes)
                        conf.d/nginx.toml:3:5: unexpected 'y', expected a value (text goes in double quotes)""");
    }

    /** 1 000 of them took eight seconds. */
    @Test
    void parse_manyEmptyLinesAndComments_isQuickAndKeepsTheLines() throws ProblemsException {
        String idle = "\n  # a comment\n".repeat(10_000);
        TomlDocument document = TomlDocument.parse(
                FILE,
                idle + "a = [ # [\n" + idle + "1, 'x']\nb = \"\"\"\n\n# text\n\"\"\"\"\"\n" + idle + "[c]\nd = '#'\n");

        assertThat(document.root().text("b")).contains("\n# text\n\"\"");
        assertThat(document.values())
                .extracting(value -> value + "@" + value.line())
                .containsExactly("a.0@40002", "a.1@40002", "b@40003", "c.d@60008");
        assertThat(document.root().where("c")).isEqualTo("conf.d/nginx.toml:60007");
        assertThatThrownBy(() -> TomlDocument.parse(FILE, "a = 1\n" + idle + "b = 2\n\nb = 3\n\nc = '\n"))
                .hasMessage("""
                        conf.d/nginx.toml:20006:6: unexpected end of line, expected '
                        conf.d/nginx.toml:20004:1: b previously defined at line 20002, column 1""");
    }

    @Test
    void parse_moreThanTheMemoryIsFor_saysWhere() {
        for (String much : List.of("a = [" + "{},".repeat(300_000) + "]", "a = \"" + "\\n".repeat(300_000) + "\"")) {
            assertThatThrownBy(() -> TomlDocument.parse(FILE, "\n" + much))
                    .hasMessage(FILE + ":2: too much for TOML: more than 250000 names, values and lines up to here");
        }
    }

    @Test
    void parse_windowsFile_isReadAsAnyOther() throws ProblemsException {
        TomlDocument document = TomlDocument.parse(FILE, "\uFEFFa = 'x'\r\nb = 'y'\r\n");

        assertThat(document.root().text("a")).contains("x");
        assertThat(document.root().where("b")).isEqualTo("conf.d/nginx.toml:2");
    }

    @Test
    void values_ofTheRightType_areThere() throws ProblemsException {
        TomlDocument document = TomlDocument.parse(FILE, """
                text = "x"
                number = 5
                flag = true
                time = "500ms"
                seconds = 5
                list = ["a", "b"]
                [inner]
                text = "y"
                """);
        TomlTable root = document.root();

        assertThat(root.text("text")).contains("x");
        assertThat(root.secret("text")).contains("x");
        assertThat(root.integer("number", 0, 5)).contains(5L);
        assertThat(root.bool("flag")).contains(true);
        assertThat(root.parsed("time", DurationText::parse)).contains(Duration.ofMillis(500));
        assertThat(root.parsed("seconds", DurationText::parse)).contains(Duration.ofSeconds(5));
        assertThat(root.texts("list")).contains(List.of("a", "b"));
        assertThat(root.table("inner").flatMap(inner -> inner.text("text"))).contains("y");
        assertThat(root.text("missing")).isEmpty();
        root.refuseOthers();
        document.throwIfAny();
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                wrong("mode = 12", t -> t.text("mode"), "mode must be a string, not an integer (12)"),
                wrong(
                        "mode = 1.5",
                        t -> t.text("mode", ": use quotes"),
                        "mode must be a string, not a number with a fraction (1.5): use quotes"),
                wrong("mode = [1]", t -> t.text("mode"), "mode must be a string, not an array"),
                wrong("mode = {}", t -> t.text("mode"), "mode must be a string, not a table"),
                wrong("mode = true", t -> t.text("mode"), "mode must be a string, not true"),
                wrong(
                        "mode = 2026-01-02",
                        t -> t.text("mode"),
                        "mode must be a string, not a date or time (2026-01-02)"),
                wrong("pass = 12", t -> t.secret("pass"), "pass must be a string, not an integer"),
                wrong("pass = true", t -> t.secret("pass"), "pass must be a string, not true or false"),
                wrong("uid = 'x'", t -> t.integer("uid", 0, 9), "uid must be an integer, not a string (\"x\")"),
                wrong("uid = 10", t -> t.integer("uid", 0, 9), "uid must be between 0 and 9, not 10"),
                wrong("uid = -1", t -> t.integer("uid", 0, 9), "uid must be between 0 and 9, not -1"),
                wrong("watch = 'yes'", t -> t.bool("watch"), "watch must be true or false, not a string (\"yes\")"),
                wrong("keys = '/a'", t -> t.texts("keys"), "keys must be an array of strings, not a string (\"/a\")"),
                wrong("keys = ['/a', 7]", t -> t.texts("keys"), "keys must hold strings only, not an integer (7)"),
                wrong(
                        "t = true",
                        t -> t.parsed("t", DurationText::parse),
                        "t must be a string or an integer, not true"),
                wrong(
                        "t = '5x'",
                        t -> t.parsed("t", DurationText::parse),
                        "t \"5x\" is not a length of time (seconds, or a number with a unit: 500ms, 10s, 2m, 1h)"),
                wrong("inner = 1", t -> t.table("inner"), "inner must be a table, not an integer (1)"));
    }

    private static Arguments wrong(String text, Consumer<TomlTable> reader, String problem) {
        return arguments(text, reader, problem);
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void value_ofAWrongType_isOneProblemWithItsLine(String text, Consumer<TomlTable> reader, String problem)
            throws ProblemsException {
        TomlDocument document = TomlDocument.parse(FILE, "# a comment\n" + text + "\n");
        reader.accept(document.root());
        document.root().refuseOthers();

        assertThatThrownBy(document::throwIfAny)
                .isInstanceOf(ProblemsException.class)
                .hasMessage("conf.d/nginx.toml:2: " + problem);
    }

    @Test
    void texts_withAWrongElementOnItsOwnLine_namesThatLine() throws ProblemsException {
        TomlDocument document = TomlDocument.parse(FILE, "keys = [\n  '/a',\n  7,\n]\n");

        assertThat(document.root().texts("keys")).isEmpty();
        assertThatThrownBy(document::throwIfAny)
                .hasMessage("conf.d/nginx.toml:3: keys must hold strings only, not an integer (7)");
    }

    @Test
    void text_longWrongValue_isCutInTheMessage() throws ProblemsException {
        TomlDocument document = TomlDocument.parse(FILE, "uid = '" + "x".repeat(41) + "'");

        assertThat(document.root().integer("uid", 0, 9)).isEmpty();
        assertThatThrownBy(document::throwIfAny)
                .hasMessage(
                        "conf.d/nginx.toml:1: uid must be an integer, not a string (\"" + "x".repeat(40) + "...\")");
    }

    @Test
    void key_inAnySpelling_isFound() throws ProblemsException {
        TomlDocument document = TomlDocument.parse(FILE, "Sync-Only = true\nKEEPSTAGEFILE = true\n");

        assertThat(document.root().bool("sync_only")).contains(true);
        assertThat(document.root().bool("keep_stage_file")).contains(true);
        document.root().refuseOthers();
        document.throwIfAny();
    }

    @Test
    void refuseOthers_unknownAndDoubledKeys_areProblemsWithTheNearestWord() throws ProblemsException {
        TomlDocument document = TomlDocument.parse(FILE, """
                srcc = "x"
                src = "x"
                SRC = "y"
                elephant = 1
                [tempalte]
                """);
        document.root().text("src");
        document.root().table("template");
        document.root().refuseOthers();

        assertThatThrownBy(document::throwIfAny).hasMessage("""
                conf.d/nginx.toml:1: unknown key "srcc" (did you mean "src"?)
                conf.d/nginx.toml:3: SRC was set before, as src
                conf.d/nginx.toml:4: unknown key "elephant"
                conf.d/nginx.toml:5: unknown table [tempalte] (did you mean "template"?)""");
    }

    @Test
    void require_missingKey_isAProblemAtTheTable() throws ProblemsException {
        TomlDocument document = TomlDocument.parse(FILE, "\n\n[template]\nsrc = 'x'\n");
        document.root().table("template").orElseThrow().require("src", "dest");

        assertThatThrownBy(document::throwIfAny).hasMessage("conf.d/nginx.toml:3: dest is missing");
    }
}
