package dev.segue.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ConversionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{call .x}} | 2:5: call: no value of confd is a function",
                "{{cget \"/a\"}} | 2:5: confd has no function cget any more (it decrypted values until version 0.16)",
                "{{hostname}} | 2:5: confd has no function hostname",
                "{{datetime}} | 2:5: what confd prints of a time is not fixed",
                "{{datetime.Weekday}} | 2:5: of a time only .Format \"layout\" and .Unix can be carried over",
                "{{lookupSRV \"a\" \"b\" \"c\"}} | 2:5: what confd prints of a list of SRV records is not fixed",
                "{{printf \"%T\" 1}} | 2:5: printf: %T (of Go's verbs all but %T %p %#v * and [ are known)",
                "{{printf \"%#v\" \"a\"}} | 2:5: printf: %#v (of Go's verbs all but %T %p %#v * and [ are known)",
                "{{getv 1}} | 2:10: confd fails here: getv needs text here, not a whole number",
                "{{getv}} | 2:5: confd fails here: getv takes 1 or 2 arguments, not 0",
                "{{add \"1\" 2}} | 2:9: confd fails here: add needs a whole number here, not text",
                "{{join (jsonArray \"[]\") \",\"}} | 2:10: confd fails here: join needs a list of text here, not a list",
                "{{eq 1 \"a\"}} | 2:8: confd fails here: eq of a whole number and text",
                "{{(get \"/a\").Nope}} | 2:5: confd fails here: a key with its value has no .Nope",
                "{{range 5}}{{end}} | 2:11: confd fails here: range can't go over a whole number",
                "{{template \"nope\"}} | 2:3: confd fails here: no template \"nope\" is defined",
                "{{$l := ls \"/a\"}}{{reverse $l}}{{range $l}}{{end}} | 2:30: confd's reverse changes the list that it is given, which is used elsewhere too",
                "{{range ls \"/a\"}}{{else}}{{range ls \"/b\"}}{{else}}{{end}}{{end}}{{.x 1}} | 2:69: confd fails here: this is no function that could be given something",
                "{{reverse .x.y}}{{range (index (json \"{}\") \"a\")}}{{reverse .}}{{end}} | 2:62: it shows only when confd runs whether reverse gets something that it reverses",
            })
    void of_whatIsNotCarriedOver_isNamedMarkedAndStopsTheRender(String template, String problem) {
        Conversion conversion = Conversion.of("templates/a.tmpl", "first line\n  " + template + "\nlast line\n");

        assertThat(conversion.problems().stream().map(String::valueOf).collect(Collectors.joining("\n")))
                .isEqualTo("templates/a.tmpl:" + problem);
        assertThat(conversion.text())
                .contains("<#-- segue convert: templates/a.tmpl:2: " + problem.replaceFirst("^[0-9:]+ ", "") + ": {{")
                .contains("<#stop \"templates/a.tmpl:2 is not carried over\">")
                .contains("first line")
                .endsWith("\nlast line\n");
    }

    @Test
    void of_branchThatIsNotCarriedOver_isMarkedWholeAndTheRestGoesOn() {
        Conversion conversion = Conversion.of("a.tmpl", """
                {{if call .x}}
                  {{nope}} --> {{getv "/a"}}
                {{end}}
                {{getv "/b"}} {{other}}
                """);

        assertThat(conversion.problems())
                .extracting(String::valueOf)
                .containsExactly(
                        "a.tmpl:1:6: call: no value of confd is a function",
                        "a.tmpl:2:5: confd has no function nope",
                        "a.tmpl:4:17: confd has no function other");
        assertThat(conversion.text()).isEqualTo("""
                <#-- segue convert: a.tmpl:1: call: no value of confd is a function: {{if call .x}}
                  {{nope}} -- > {{getv "/a"}}
                {{end}} -->
                <#stop "a.tmpl:1 is not carried over"><#nt>
                ${getv("/b")} <#-- segue convert: a.tmpl:4: confd has no function other: {{other}} --><#stop "a.tmpl:4 is not carried over">
                """);
    }

    @Test
    void of_textThatIsNoTemplate_saysWhere() {
        Conversion conversion = Conversion.of("a.tmpl", "a\n{{if}}");

        assertThat(conversion.problems()).extracting(String::valueOf).containsExactly("a.tmpl:2:5: a value is missing");
        assertThat(conversion.text())
                .isEqualTo(
                        "<#-- segue convert: a.tmpl:2: a value is missing -->\n<#stop \"a.tmpl:2 is no template of confd\">\n");
    }

    @Test
    void of_idiom_readsAsAPersonWouldWriteIt() {
        assertThat(Conversion.of("a", "{{range gets \"/app/upstream/*\"}}server {{.Value}};{{end}}")
                        .text())
                .isEqualTo("<#list gets(\"/app/upstream/*\") as kv>server ${kv.value};</#list>");
        assertThat(Conversion.of("a", """
                upstream app {
                {{- range $key := ls "/app"}}
                    server {{getv (printf "/app/%s" $key)}}; # {{$key}}
                {{- else}}
                    server 127.0.0.1:1 down;
                {{- end}}
                }
                """).text()).isEqualTo("""
                upstream app {
                <#list ls("/app") as key>
                    server ${getv("/app/${key}")}; # ${key}
                <#else>
                    server 127.0.0.1:1 down;
                </#list>
                }
                """);
    }
}
