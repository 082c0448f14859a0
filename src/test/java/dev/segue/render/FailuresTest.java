package dev.segue.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freemarker.template.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FailuresTest {
    @TempDir
    Path temp;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(temp)
                .keys("/s", "SECRET")
                .file("broken.ftl", "x\n  ${ ")
                .file("upstream.ftl", "UP ${getv('/s')}\n\t${nope}")
                .file("sub/macros.ftl", "<#macro m>\n ${getv('/gone')}</#macro>");
        Files.writeString(temp.resolve("outside.ftl"), "outside");
        Files.createSymbolicLink(lab.templates.resolve("out.ftl"), temp.resolve("outside.ftl"));
        Files.createSymbolicLink(lab.templates.resolve("passwd"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(lab.templates.resolve("up"), temp);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${nope} | t.ftl:1:3: nope is not defined",
                "ab ${getw('/s')} | t.ftl:1:6: getw is not defined (did you mean \"get\"?)",
                "<#assign upstream = 1>${upstraem} | t.ftl:1:25: upstraem is not defined (did you mean \"upstream\"?)",
                "<@nope/> | t.ftl:1:3: nope is not defined",
                "${json('{}').a.b} | t.ftl:1:3: json(\"{}\").a is not defined",
                "${['a'][3]} | t.ftl:1:3: [\"a\"][3] is not defined",
                "${getv('/s').x} | t.ftl:1:3: getv('/s'): this is text, needed is a map",
                "${getv('/s')?number} | t.ftl:1:1: ${getv('/s')?number}: can't convert this string to number",
                "${getv('/s')?boolean} | t.ftl:1:3: getv('/s')?boolean: can't convert this string to boolean",
                "<#if getv('/s')>x</#if> | t.ftl:1:6: getv('/s'): this is text, needed is a truth value",
                "<#list getv('/s') as x></#list> | t.ftl:1:8: getv('/s'): this is text, needed is a list or collection",
                "${getv} | t.ftl:1:3: getv: this is a function, needed is something that prints (text, a number, a truth value, a time)",
                "${gets('/s')} | t.ftl:1:3: gets('/s'): this is a list, needed is something that prints (text, a number, a truth value, a time)",
                "${'x'(1)} | t.ftl:1:3: 'x': this is text, needed is a function",
                "${getv('/s') - 1} | t.ftl:1:3: getv('/s'): this is text, needed is a number",
                "${1 / 0} | t.ftl:1:1: ${1 / 0}: the calculation fails (division by zero?)",
                "${'abc'[99]} | t.ftl:1:1: ${'abc'[99]}: string index out of range",
                "${getv('/s')?substring(3, 99)} | t.ftl:1:1: ${getv('/s')?substring(3, 99)}: ?substring(...) argument #2 had invalid value",
                "${'x'?matches(getv('/s') + '(')} | t.ftl:1:1: ${'x'?matches(getv('/s') + '(')}: malformed regular expression",
                "${getv('/s')?date} | t.ftl:1:1: ${getv('/s')?date}: the string doesn't match the expected date",
                "<@('$' + '{')?interpret/> | t.ftl:1:3: ('$' + '{')?interpret: the text is not what a template can hold",
                "<#stop 'no upstream left'> | t.ftl:1:1: the template stops itself: no upstream left",
                "<#stop 'bad ' + getv('/s')> | t.ftl:1:1: the template stops itself",
                "<#list 1..2 as x> | t.ftl:1:17: Unexpected end of file reached. You have an unclosed #list",
                "${ | t.ftl:1:2: Unexpected end of file reached",
                "</#list> | t.ftl:1:1: unexpected \"</#list>\"",
                "<#assign x = > | t.ftl:1:14: unexpected \">\"",
                "<#lst x as y> | t.ftl:1:2: there is no directive #lst (did you mean \"list\"?)",
                "${'x'?cap_frist} | t.ftl:1:7: there is no built-in ?cap_frist (did you mean \"cap_first\"?)",
                "<#include 'upstreem.ftl'> | t.ftl:1:1: <#include 'upstreem.ftl'>: no such template (did you mean \"upstream.ftl\"?)",
                "<#include '/sub/macro.ftl'> | t.ftl:1:1: <#include '/sub/macro.ftl'>: no such template (did you mean \"sub/macros.ftl\"?)",
                "<#include getv('/s')> | t.ftl:1:1: <#include getv('/s')>: no such template",
                "<#include 'upstream.ftl'> | upstream.ftl:2:4: nope is not defined",
                "<#include 'broken.ftl'> | broken.ftl:2:5: Unexpected end of file reached",
                "<#import 'sub/macros.ftl' as m><@m.m/> | sub/macros.ftl:2:2: key /gone does not exist (nearest: /s)",
            })
    void render_failure_isOneLineWithItsPlace(String template, String message) throws Exception {
        assertThat(lab.failure(template)).isEqualTo("templates/" + message);
    }

    @Test
    void render_placeBehindTabs_countsCharacters() throws Exception {
        assertThat(lab.failure("a\n\t\t${nope}")).isEqualTo("templates/t.ftl:2:5: nope is not defined");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<#include '../outside.ftl'> | leads out of templates",
                "<#include '../../../../../../etc/passwd'> | leads out of templates",
                "<#include 'sub/../../outside.ftl'> | leads out of templates",
                "<#include 'out.ftl'> | leads out of templates",
                "<#include 'passwd' parse=false> | leads out of templates",
                "<#include 'up/outside.ftl'> | leads out of templates",
                "<#import 'up/outside.ftl' as x> | leads out of templates",
                "<#import '/etc/passwd' as x> | no such template",
                "<#include '/etc/passwd'> | no such template",
                "<#include 'file:///etc/passwd'> | no such template",
                "<#include 'sub'> | no such template",
                "<#include '*/outside.ftl'> | no such template",
            })
    void render_wayOutOfTheFolder_isRefused(String template, String reason) throws Exception {
        assertThat(lab.failure(template)).isEqualTo("templates/t.ftl:1:1: " + template + ": " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${'freemarker.template.utility.Execute'?new()('id')} | ?new is not allowed in a template",
                "${'freemarker.template.utility.ObjectConstructor'?new()('java.io.File', 'x')} | ?new is not allowed in a template",
                "${'freemarker.template.utility.StandardCompress'?new()} | ?new is not allowed in a template",
                "${'freemarker.template.utility.JythonRuntime'?new()} | ?new is not allowed in a template",
            })
    void render_newJavaObject_isRefused(String template, String reason) throws Exception {
        assertThat(lab.failure(template)).isEqualTo("templates/t.ftl:1:1: " + template + ": " + reason);
    }

    @Test
    void render_javaBehindValues_isOutOfReach() throws Exception {
        for (String value : List.of(
                "'x'", "1", "gets('/s')", "get('/s')", "endpoint('a:1')", "json('{\"a\":1}')", "getv", "seq(1, 2)")) {
            assertThat(lab.failure("${(" + value + ")?api.class}")).endsWith("?api is not allowed in a template");
            for (String member : List.of("class", "getClass", "hashCode", "entry", "endpoint", "list")) {
                assertThat(lab.failure("<#assign x = " + value + ">${x." + member + "!'nothing'}"))
                        .matches("printed nothing|.*needed is a map");
            }
        }
    }

    @Test
    void render_missingTemplate_namesTheNearest() {
        assertThatThrownBy(() -> lab.renderer.render("upstreams.ftl", lab.keys))
                .isInstanceOf(RenderException.class)
                .hasMessage("templates/upstreams.ftl: no such template (did you mean \"upstream.ftl\"?)");
        assertThatThrownBy(() -> lab.renderer.render("../outside.ftl", lab.keys))
                .hasMessage("templates/../outside.ftl: leads out of templates");
        assertThatThrownBy(() -> lab.renderer.render("out.ftl", lab.keys))
                .hasMessage("templates/out.ftl: leads out of templates");
    }

    @Test
    void render_missingFolder_saysNoSuchTemplate() {
        Renderer renderer = new Renderer(temp.resolve("none/templates"), lab.outside);

        assertThatThrownBy(() -> renderer.render("a.ftl", lab.keys)).hasMessage("templates/a.ftl: no such template");
    }

    @Test
    void render_failure_hasItsPlaceInFieldsAndNoCause() throws Exception {
        lab.file("t.ftl", "\n ${nope}");

        assertThatThrownBy(() -> lab.renderer.render("t.ftl", lab.keys))
                .isInstanceOfSatisfying(RenderException.class, failure -> {
                    assertThat(failure.template()).isEqualTo("templates/t.ftl");
                    assertThat(failure.line()).isEqualTo(2);
                    assertThat(failure.column()).isEqualTo(4);
                    assertThat(failure.reason()).isEqualTo("nope is not defined");
                    assertThat(failure).hasNoCause();
                });
    }

    @Test
    void render_everyBuiltInOnASecret_neverShowsIt() throws Exception {
        Configuration freemarker = new Configuration(Configuration.VERSION_2_3_35);
        String secret = "zqSECRETqz";
        lab.keys("/v", secret, "/w", "zq SECRET\nqz('", "/x", "a".repeat(100_000));
        for (String builtIn :
                new TreeSet<>(freemarker.getSupportedBuiltInNames(Configuration.LEGACY_NAMING_CONVENTION))) {
            assertThat(lab.failure("<#assign x = getv('/x')?" + builtIn + ">")).doesNotContain("aaaa", "\n");
            for (String key : List.of("/v", "/w")) {
                String value = "getv('" + key + "')";
                for (String arguments : List.of("", "(" + value + ")", "(" + value + ", " + value + ")")) {
                    String message = lab.failure("<#assign x = " + value + "?" + builtIn + arguments + ">");
                    assertThat(message).doesNotContain("SECRET", "\n");
                }
            }
        }
    }

    @Test
    void render_everySettingFromASecret_neverShowsIt() throws Exception {
        lab.keys("/v", "zqSECRETqz");
        for (String setting : List.of(
                "locale",
                "number_format",
                "boolean_format",
                "date_format",
                "time_format",
                "datetime_format",
                "time_zone",
                "url_escaping_charset",
                "output_encoding",
                "classic_compatible",
                "sql_date_and_time_time_zone",
                "c_format")) {
            String message = lab.failure("<#setting " + setting + "=getv('/v')>${1} ${true} ${datetime()} ${.now}");
            if (!message.startsWith("printed ")) {
                assertThat(message).doesNotContain("SECRET", "\n");
            }
        }
    }
}
