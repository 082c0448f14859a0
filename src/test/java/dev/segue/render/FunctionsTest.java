package dev.segue.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FunctionsTest {
    @TempDir
    Path temp;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(temp)
                .keys(
                        "/app", "itself",
                        "/app/upstream/py1", "10.0.0.1:80",
                        "/app/upstream/py10", "10.0.0.10:80",
                        "/app/upstream/py2", "9.0.0.2:80",
                        "/app/upstream/deep/er", "x",
                        "/application", "other",
                        "/empty", "",
                        "/json", "{\"a\":1,\"l\":[true,null,\"x\"],\"o\":{\"k\":\"v\"}}",
                        "/yaml", "a: 1\nl: [x, y]\n7: seven");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${exists('/app')?c} ${exists('/app/upstream')?c} ${exists('/no')?c} ${exists('app')?c} | true false false false",
                "${get('/app').key}=${get('/app').value} | /app=itself",
                "${getv('/app')} [${getv('/empty')}] | itself []",
                "${getv('/no', 'd')} [${getv('/no', '')}] [${getv('/empty', 'd')}] | d [] []",
                "<#list gets('/app/upstream/*') as kv>${kv.key}=${kv.value} </#list>"
                        + "| /app/upstream/py1=10.0.0.1:80 /app/upstream/py10=10.0.0.10:80 /app/upstream/py2=9.0.0.2:80",
                "${gets('/app*')?size} ${gets('/no/*')?size} ${gets('/app/upstream/py?')?size} | 2 0 2",
                "${join(getvs('/app/upstream/*'), ' ')} | 10.0.0.10:80 10.0.0.1:80 9.0.0.2:80",
                "${join(ls('/app/upstream'), ' ')} | deep py1 py10 py2",
                "${join(ls('/app'), ' ')} | app upstream",
                "${join(ls('/app/'), ' ')} | upstream",
                "${join(ls('/'), ' ')} | app application empty json yaml",
                "[${join(ls('/no'), ' ')}] [${join(ls('app'), ' ')}] [${join(ls('/empty'), ' ')}] | [] [] [empty]",
                "${join(lsdir('/app'), ' ')} ${join(lsdir('/app/upstream'), ' ')} [${join(lsdir('/empty'), '')}]| upstream deep []",
                "${join(lsdir('/'), ' ')} | app",
                "${base('/a/b/')} ${dir('/a/b')} ${base('')} ${dir('x')} | b /a . .",
                "${join(split('a,b,c', ','), '-')} ${split('', ',')?size} | a-b-c 1",
                "${replace('aaa', 'a', 'b', 2)} ${replace('aaa', 'a', 'b', -1)} | bba bbb",
                "${contains('abc', 'bc')?c} ${contains('abc', '')?c} ${contains('abc', 'x')} | true true false",
                "${trimSuffix('a.conf', '.conf')} ${toUpper('aß')} ${toLower('AÉ')} | a Aß aé",
                "${json(getv('/json')).a + 1} ${json(getv('/json')).l[0]} ${json(getv('/json')).l[1]!'null'} | 2 true null",
                "${json(getv('/json')).o.k} ${join(json(getv('/json'))?keys, ' ')} | v a l o",
                "<#list json(getv('/json')).o as k, v>${k}:${v}</#list> ${jsonArray('[1,2]')?size} | k:v 2",
                "${json('{}')?size} ${json('{}')?has_content?c} | 0 false",
                "${yaml(getv('/yaml')).a} ${yaml(getv('/yaml')).l[1]} ${yaml(getv('/yaml'))['7']} | 1 y seven",
                "${map('k', 1, 'l', ['x']).k} ${map('k', 1, 'l', ['x']).l[0]} ${map()?size} | 1 x 0",
                "${getenv('SET')} [${getenv('NO')}] ${getenv('NO', 'd')} ${getenv('EMPTY', 'd')} ${getenv('SET', 'd')} | yes [] d d yes",
                "${datetime()} ${datetime()?string('yyyy/MM/dd HH:mm')} | 2026-11-23T11:20:30+01:00 2026/11/23 11:20",
                "${datetime()?iso_utc} ${datetime()?long?c} | 2026-11-23T10:20:30Z 1795429230456",
                "${join(lookupIP('app.test'), ' ')} | 10.0.0.10 10.0.0.2 2001:db8::1",
                "${join(lookupIPV4('app.test'), ' ')} ${join(lookupIPV6('app.test'), ' ')} | 10.0.0.10 10.0.0.2 2001:db8::1",
                "${lookupIP('no.test')?size} ${lookupIPV6('four.test')?size} ${lookupSRV('x', 'tcp', 'no.test')?size} | 0 0 0",
                "<#list lookupSRV('http', 'tcp', 'app.test') as s>${s.target}:${s.port} ${s.priority} ${s.weight}; </#list>"
                        + "| a.test.:8 0 0; a.test.:81 3 4; b.test.:80 1 2;",
                "${lookupSRV('', '', 'whole.test')[0].target} | c.test.",
                "${base64Encode('hé')} ${base64Decode('aMOp')} | aMOp hé",
                "${parseBool('T')} ${parseBool('0')} | true false",
                "${atoi('-12')} ${atoi('9223372036854775807')} | -12 9223372036854775807",
                "${add(1, 2)} ${sub(1, 2)} ${mul(3, -4)} ${div(7, 2)} ${div(-7, 2)} ${mod(7, 2)} ${mod(-7, 2)} | 3 -1 -12 3 -3 1 -1",
                "${add(9223372036854775807, 1)} ${div(sub(-9223372036854775807, 1), -1)} | -9223372036854775808 -9223372036854775808",
                "${seq(1, 3)?join(',')} ${seq(-1, 1)?join(',')} ${seq(2, 2)?join(',')} ${seq(3, 1)?size} ${seq(1, 10000000)?size} | 1,2,3 -1,0,1 2 0 10000000",
                "${join(reverse(['a', 'b']), ' ')} ${reverse(gets('/app/upstream/*'))[0].key} | b a /app/upstream/py2",
                "<#assign l = ['a', 'b']><#assign r = reverse(l)>${l[0]} | a",
                "${join(sortByLength(['bb', 'é', 'a', 'cc', '']), ' ')} | ` a bb é cc`",
                "<#list sortKVByLength(gets('/*')) as kv>${kv.key} </#list> | /app /json /yaml /empty /application",
                "${join(sortNaturally(['py10', 'py2']), ' ')} | py2 py10",
                "<#list sortNaturally(gets('/app/upstream/*')) as kv>${base(kv.key)} </#list> | py1 py2 py10",
                "<#list sortNaturally(endpoints('/app/upstream/*')) as e>${e.name} </#list> | py1 py2 py10",
                "${join(sortNaturally([endpoint('b10:1'), endpoint('b9:1')]), ' ')} | b9:1 b10:1",
                "<#list endpoints('/app/upstream/*') as e>${e} ${e.host} ${e.port} ${e.name} ${e.key}<#break></#list>"
                        + "| 10.0.0.1:80 10.0.0.1 80 py1 /app/upstream/py1",
                "${endpoint('[::1]:80')} ${endpoint('[::1]:80').host} [${endpoint('a:1').name}${endpoint('a:1').key}] | [::1]:80 ::1 []",
                "${endpoint(get('/app/upstream/py1')).name} ${'to ' + endpoint('a:1')} ${endpoint('a:1') == 'a:1'} | py1 to a:1 true",
                "${nginxString('a \"b\" \\\\ ;')} | \"a \\\"b\\\" \\\\ ;\"",
                "${hostname()} ${revision()} | lab.test 7",
            })
    void function_call_prints(String template, String printed) throws Exception {
        assertThat(lab.render(template).strip()).isEqualTo(printed.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "get('/app/upstream/py3') | key /app/upstream/py3 does not exist (nearest: /app/upstream/py1, /app/upstream/py10, /app/upstream/py2)",
                "getv('app') | key app does not exist (nearest: /app, /empty, /yaml)",
                "getv('/app/no/way') | key /app/no/way does not exist (nearest: /app/upstream/py1, /app/upstream/py10, /app/upstream/py2)",
                "getv() | getv(key[, default]) takes 1 or 2 arguments, not 0",
                "getv('a', 'b', 'c') | getv(key[, default]) takes 1 or 2 arguments, not 3",
                "getv(1) | getv(key[, default]): argument 1 (key) must be text, not a number",
                "getv(none) | getv(key[, default]): argument 1 (key) is not defined",
                "getv('/no', none) | getv(key[, default]): argument 2 (default) is not defined",
                "getv(get('/app')) | getv(key[, default]): argument 1 (key) must be text, not a key with its value (.key or .value is text)",
                "getv(getv) | getv(key[, default]): argument 1 (key) must be text, not a function (call it with parentheses)",
                "gets('/app/[x') | gets: the pattern lacks the ] of its last [ (known are * ? [a-z] [^a-z] and \\)",
                "digest(1) | digest() takes no arguments, not 1",
                "base(true) | base(path): argument 1 (path) must be text, not a truth value",
                "join('a', 'b') | join(list, separator): argument 1 (list) must be a list, not text",
                "join([1], 'b') | join(list, separator): argument 1 (list) must be a list of text, not a number",
                "join(jsonArray('[null]'), ',') | join(list, separator): argument 1 (list) must be a list of text, not nothing",
                "replace('a', 'b', 'c', '1') | replace(text, old, new, count): argument 4 (count) must be a whole number, not text",
                "replace('a', 'b', 'c', 1.5) | replace(text, old, new, count): argument 4 (count) must be a whole number of 64 bits, not another number",
                "toUpper(datetime()) | toUpper(text): argument 1 (text) must be text, not a time",
                "toUpper(json('{}')) | toUpper(text): argument 1 (text) must be text, not a map",
                "json('[1]') | json: the text is no JSON object { } (jsonArray reads a list)",
                "json('{') | json: not JSON, or nested deeper than 100 (at character 1)",
                "yaml('a: [') | yaml: not YAML that can be taken as plain data (at line 1, column 5): one document, no key twice in a map, no tags of programs, at most 100 deep, not more than 100000 names and values",
                "map('a') | map: invalid map call: the last of 1 arguments is a key without a value",
                "map(1, 2) | map: map keys must be text, argument 1 is not",
                "map('a', none) | map(key, value, ...): argument 2 is not defined",
                "base64Decode('aGk*') | base64Decode: not base64 at byte 3 (A-Z a-z 0-9 + / and = at the end)",
                "parseBool('yes') | parseBool: not a truth value (1 t T true TRUE True or 0 f F false FALSE False)",
                "atoi('x') | atoi: not a whole number (digits, a + or - may stand before them)",
                "div(1, 0) | div: division by zero",
                "mod(1, 0) | mod: division by zero",
                "add('1', 2) | add(a, b): argument 1 (a) must be a whole number, not text",
                "add(9223372036854775808, 1) | add(a, b): argument 1 (a) must be a whole number of 64 bits, not another number",
                "seq(1, 10000001) | seq: more than 10000000 numbers",
                "seq(-9223372036854775807, 9223372036854775807) | seq: more than 10000000 numbers",
                "sortKVByLength(['a']) | sortKVByLength(list): argument 1 (list) must be a list of keys with their values, as gets makes it, not another list",
                "sortNaturally([1]) | sortNaturally(list): argument 1 (list) must be a list of text, keys or endpoints, not another list",
                "fileExists('a\\x0000') | fileExists: the text can't be a file's path",
                "endpoint('x;y') | endpoint: not an endpoint (expected host:port, such as 10.0.0.1:8080, app.example:8080 or [::1]:8080; the text has 3 characters)",
                "endpoint(get('/app')) | endpoint: key /app: not an endpoint (expected host:port, such as 10.0.0.1:8080, app.example:8080 or [::1]:8080; the text has 6 characters)",
                "endpoints('/app', 'fail') | endpoints: key /app: not an endpoint (expected host:port, such as 10.0.0.1:8080, app.example:8080 or [::1]:8080; the text has 6 characters)",
                "nginxString('$a') | nginxString: a $ at character 1 would start a variable, and nginx has no way to write it otherwise",
                "getw('/app') | getw is not defined (did you mean \"get\"?)",
                "get('/app').Key | get(\"/app\").Key is not defined (did you mean \"key\"?)",
                "get('/app').Value | get(\"/app\").Value is not defined (did you mean \"value\"?)",
            })
    void function_badCall_saysWhatIsRight(String call, String reason) throws Exception {
        assertThat(lab.failure("a\n  <#assign x = " + call + ">x"))
                .matches("templates/t\\.ftl:2:(3|16): .*")
                .endsWith(": " + reason);
    }

    @Test
    void getv_noKeysAtAll_saysSo() throws Exception {
        assertThat(lab.keys().failure("${getv('/x')}"))
                .isEqualTo("templates/t.ftl:1:1: key /x does not exist (there are no keys)");
    }

    @Test
    void getv_keysWithControlCharacters_areShownEscaped() throws Exception {
        assertThat(lab.keys("/a\nforged line", "1").failure("${getv('/b\\n')}"))
                .isEqualTo("templates/t.ftl:1:1: key /b\\n does not exist (nearest: /a\\nforged line)");
    }

    /** Of the root confd names only the keys that stand directly below it; of strange keys it goes by what they lead to. */
    @Test
    void ls_strangeKeys_areWhereTheyLeadTo() throws Exception {
        lab.keys("/a/b", "1", "/a/../c", "2", "/a//d", "3", "/top", "4", "/\ud83d\ude00", "5", "/\uffee", "6");

        assertThat(lab.render(
                        "${join(ls('/a'), ',')} ${join(lsdir('/a'), ',')} ${join(go.ls('/'), ',')} ${join(go.lsdir('/'), ',')}"
                                + " ${join(ls('/'), ',')}"))
                .isEqualTo(",b  a,top,\uffee,\ud83d\ude00  a,top,\uffee,\ud83d\ude00");
    }

    @Test
    void digest_anywhere_isOneNumber() throws Exception {
        assertThat(lab.render("${digest()} ${digest()}")).matches("([0-9a-f]{32}) \\1");
    }

    @Test
    void base64_bytesThatAreNotUtf8_areKept() throws Exception {
        byte[] bytes = {(byte) 0xff, 0, (byte) 0x80, 'a'};
        lab.keys("/b", ByteText.decode(bytes)).file("t.ftl", "${base64Encode(getv('/b'))} ${base64Decode('/wCAYQ==')}");

        byte[] rendered = lab.renderer.render("t.ftl", lab.keys).bytes();

        assertThat(rendered)
                .startsWith("/wCAYQ== ".getBytes(StandardCharsets.US_ASCII))
                .endsWith(bytes);
    }

    @Test
    void fileExists_fileFolderAndNothing() throws Exception {
        Path file = Files.createFile(temp.resolve("there"));
        Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), temp.resolve("gone"));

        assertThat(lab.render(
                        "<#list ['" + file + "', '" + temp + "', '" + dangling + "'] as f>${fileExists(f)} </#list>"))
                .isEqualTo("true true false ");
    }

    @Test
    void endpoints_someAreBad_leavesThoseOutAndWarns() throws Exception {
        lab.keys("/u/a", "10.0.0.1:80", "/u/b", "SECRET; }", "/u/c d", "10.0.0.3:80", "/u/d", "10.0.0.4:80")
                .file("t.ftl", "<#list endpoints('/u/*') as e>${e} </#list>${endpoints('/u/*')?size}");

        Rendered rendered = lab.renderer.render("t.ftl", lab.keys);

        assertThat(new String(rendered.bytes(), StandardCharsets.UTF_8)).isEqualTo("10.0.0.1:80 10.0.0.4:80 2");
        assertThat(rendered.warnings())
                .containsExactly(
                        "endpoints leaves out key /u/b: not an endpoint (expected host:port, such as 10.0.0.1:8080,"
                                + " app.example:8080 or [::1]:8080; the text has 9 characters)",
                        "endpoints leaves out key /u/c d: its name may have only letters, digits and . _ - : @ between"
                                + " slashes, and at most 300 characters");
    }

    @Test
    void endpoints_unknownMode_namesBoth() throws Exception {
        assertThat(lab.failure("${endpoints('/app', 'skp')?size}"))
                .isEqualTo(
                        "templates/t.ftl:1:1: endpoints(pattern[, \"skip\"|\"fail\"]): argument 2 (\"skip\"|\"fail\")"
                                + " must be \"skip\" or \"fail\", not another text");
    }

    @Test
    void endpoints_veryManyAreBad_warnsOfSome() throws Exception {
        List<KeyEntry> entries = new ArrayList<>();
        for (int i = 100; i < 150; i++) {
            entries.add(new KeyEntry("/u/" + i, "bad"));
        }
        lab.file("t.ftl", "${endpoints('/u/*')?size}");

        Rendered rendered = lab.renderer.render("t.ftl", KeySnapshot.of(1, entries));

        assertThat(rendered.warnings()).hasSize(21).last().isEqualTo("and 30 more like these");
    }
}
