package dev.segue.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.gotemplate.GoTemplate.Definition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GoTemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a {{ | 1:3 this action is not closed with }}",
                "a\\n{{x | 2:1 this action is not closed with }}",
                "{{}} | 1:3 a value is missing",
                "{{ /* x */ }} | 1:4 a character that means nothing here",
                "{{/* x }} | 1:1 this comment is not closed",
                "{{/* x */ }} | 1:10 a comment ends right before }}",
                "{{\"a}} | 1:3 this string is not closed on its line",
                "{{\"\\z\"}} | 1:3 a \\ in this string means nothing",
                "{{'ab'}} | 1:3 not one character",
                "{{1x}} | 1:3 not a number",
                "{{.a$}} | 1:5 a character that no name may have",
                "{{(x}} | 1:5 a ( is not closed",
                "{{x)}} | 1:4 a ) too many",
                "{{$x}} | 1:3 the variable $x is not set before",
                "{{$x = 1}} | 1:3 the variable $x is not set before",
                "{{if true}}{{$x := 1}}{{end}}{{$x}} | 1:32 the variable $x is not set before",
                "{{$x := 1}}{{define \"a\"}}{{$x}}{{end}} | 1:28 the variable $x is not set before",
                "{{if true}} | 1:1 this has no {{end}}",
                "{{end}} | 1:3 an {{end}} without anything that it belongs to",
                "{{else}} | 1:3 an {{else}} without anything that it belongs to",
                "{{if true}}{{else}}{{else}}{{end}} | 1:20 a second {{else}}",
                "{{if true}}{{define \"a\"}}{{end}}{{end}} | 1:14 {{define}} within something else",
                "{{break}} | 1:3 a {{break}} outside {{range}}",
                "{{range .}}{{define \"a\"}}{{end}}{{end}} | 1:14 {{define}} within something else",
                "{{define \"a\"}}x{{end}}{{define \"a\"}}y{{end}} | 1:23 \"a\" was defined before",
                "{{define a}}{{end}} | 1:10 unexpected a",
                "{{template}} | 1:11 unexpected }}",
                "`{{x | 1}}` | `1:7 behind a | stands a function`",
                "`{{x |}}` | 1:6 unexpected }}",
                "{{1.a}} | 1:3 not a number",
                "{{nil.a}} | 1:3 a field of a constant",
                "{{x\"a\"}} | 1:4 a character that no name may have",
                "{{$x, $y := x}} | 1:5 too many variables",
                "{{range $x, $y, $z := x}}{{end}} | 1:15 unexpected ,",
                "{{x,}} | 1:4 unexpected ,",
            })
    void parse_noTemplate_saysWhereAndWhy(String text, String failure) {
        String template = text.replace("\\n", "\n");

        assertThatThrownBy(() -> GoTemplate.parse(template))
                .isInstanceOfSatisfying(
                        SyntaxException.class,
                        e -> assertThat(e.place() + " " + e.getMessage()).isEqualTo(failure));
    }

    /** Go's own parser stops at some depth too; what reads, translates and runs it here does so on a small stack. */
    @Test
    void parse_nestedTooDeeply_saysWhere() throws SyntaxException {
        assertThat(GoTemplate.parse("{{if true}}".repeat(140) + "{{end}}".repeat(140))
                        .body())
                .hasSize(1);
        assertThat(GoTemplate.parse("{{if x}}" + "{{else if y}}".repeat(600) + "{{end}}")
                        .body())
                .hasSize(1);
        assertThat(GoTemplate.parse("{{if true}}{{end}}".repeat(2_000) + "{{(x) | y}}".repeat(2_000))
                        .body())
                .hasSize(4_000);
        for (String deep : List.of(
                "{{if true}}".repeat(20_000),
                "{{with x}}{{else with y}}" + "{{else with y}}".repeat(20_000),
                "{{block \"a\" .}}".repeat(20_000),
                "{{x" + " | y".repeat(20_000) + "}}",
                "{{" + "(".repeat(20_000) + "1" + ")".repeat(20_000) + "}}")) {
            assertThatThrownBy(() -> GoTemplate.parse(deep))
                    .isInstanceOf(SyntaxException.class)
                    .hasMessage("nested too deeply (140 blocks are the most)");
        }
    }

    @Test
    void parse_trims_takeTheWhiteSpaceOfTheirSideAlone() throws SyntaxException {
        assertThat(GoTemplate.parse("a \n{{- x}} b {{x -}}\t\nc {{-3}} {{- /* no */ -}} d").body().stream()
                        .filter(Node.Text.class::isInstance)
                        .map(node -> ((Node.Text) node).text()))
                .containsExactly("a", " b ", "c ", "d");
    }

    @Test
    void parse_definitions_areInTheirOrderAndTheFirstThatHoldsSomething() throws SyntaxException {
        GoTemplate template = GoTemplate.parse(
                "{{define \"b\"}} {{end}}{{define \"a\"}}1{{end}}{{block \"c\" .}}2{{end}}{{define \"b\"}}3{{end}}");

        assertThat(template.definitions().keySet()).containsExactly("b", "a", "c");
        assertThat(template.definitions().values().stream()
                        .map(Definition::body)
                        .map(body -> ((Node.Text) body.get(0)).text()))
                .containsExactly("3", "1", "2");
    }

    @Test
    void source_ofABranch_goesToItsEnd() throws SyntaxException {
        GoTemplate template = GoTemplate.parse("a{{if x}}b{{else if y}}c{{end}}d");

        assertThat(template.source(template.body().get(1).span())).isEqualTo("{{if x}}b{{else if y}}c{{end}}");
    }

    @Test
    void parse_strings_areReadAsGoReadsThem() throws SyntaxException {
        GoTemplate template = GoTemplate.parse("{{\"\\t\\x41\\u00e9\\303\\251\\\"\"}}{{`\\n\r`}}{{'\\n'}}");

        assertThat(template.body().stream()
                        .map(node -> ((Node.Action) node)
                                .pipeline()
                                .commands()
                                .get(0)
                                .get(0))
                        .map(operand -> operand instanceof Operand.Text text
                                ? text.value()
                                : ((Operand.Numeral) operand).text()))
                .containsExactly("\tAéé\"", "\\n", "10");
    }
}
