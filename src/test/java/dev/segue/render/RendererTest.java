package dev.segue.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.render.functions.Outside;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RendererTest {
    @TempDir
    Path temp;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(temp).keys("/s", "value");
    }

    @Test
    void render_equalsSign_meansTheSameCharacters() throws Exception {
        lab.keys("/a", "on", "/b", "on\0", "/c", "\u200b");

        assertThat(lab.render("<#list gets('/*') as kv>${kv.value == 'on'} ${kv.value == ''} </#list>"
                        + "<#switch getv('/b')><#case 'on'>on<#default>other</#switch>"))
                .isEqualTo("true false false false false false other");
        assertThat(lab.render("<#list ['b', 'A', 'a']?sort as x>${x}</#list>")).isEqualTo("aAb");
    }

    @Test
    void render_nginxVariablesAndOtherSyntaxes_stayAsTheyAre() throws Exception {
        String text = "proxy_set_header Host $host; #{x} [#if] [=x] $1 ~ ^/(.*)$ { } <b> 100%\r\n\tend";

        assertThat(lab.render(text)).isEqualTo(text);
        assertThat(lab.render("${r'${host}'} <#noparse>${x}</#noparse>")).isEqualTo("${host} ${x}");
    }

    @Test
    void render_numbersAndTruthValues_printForMachines() throws Exception {
        assertThat(lab.render("${1234567} ${0.5} ${9223372036854775807} ${1 == 1} ${10 / 4}"))
                .isEqualTo("1234567 0.5 9223372036854775807 true 2.5");
    }

    @Test
    void render_directivesAloneOnALine_leaveNoEmptyLine() throws Exception {
        assertThat(lab.render("a\n<#if true>\n  b\n  <#if true>\n  c\n  </#if>\n</#if>\nd"))
                .isEqualTo("a\n  b\n  c\nd");
    }

    @Test
    void render_anyBytes_passThroughValueAndTemplate() throws Exception {
        byte[] bytes = new byte[4096];
        new Random(7).nextBytes(bytes);
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        lab.keys("/b", ByteText.decode(bytes));
        Files.write(lab.templates.resolve("t.ftl"), concat(all, "${getv('/b')}".getBytes(StandardCharsets.US_ASCII)));

        assertThat(lab.renderer.render("t.ftl", lab.keys).bytes()).isEqualTo(concat(all, bytes));
    }

    @Test
    void render_encodingNamedInTheTemplate_changesNothing() throws Exception {
        assertThat(lab.render("<#ftl encoding=\"ISO-8859-1\">é")).isEqualTo("é");
    }

    @Test
    void render_digestOfTheSameInput_isTheSameInAnyRenderer() throws Exception {
        Rendered first =
                lab.file("t.ftl", "x ${digest()} ${getv('/s')}").renderer.render("t.ftl", lab.keys);
        Rendered second = new Renderer(lab.templates, lab.outside).render("t.ftl", lab.keys);

        assertThat(second).isEqualTo(first);
        assertThat(text(first)).isEqualTo("x " + first.shownDigest().orElseThrow() + " value");
    }

    @Test
    void render_otherTextSameKeys_hasAnotherDigest() throws Exception {
        String digest = lab.render("# one\n${digest()}").substring(6);

        assertThat(lab.render("# two\n${digest()}").substring(6)).hasSize(32).isNotEqualTo(digest);
        assertThat(lab.render("# one\n${digest()}").substring(6)).isEqualTo(digest);
    }

    @Test
    void render_otherTextInAnInclude_hasAnotherDigest() throws Exception {
        lab.file("part.ftl", "one");
        String digest = lab.render("${digest()}<#include 'part.ftl'>").substring(0, 32);
        lab.file("part.ftl", "two");

        assertThat(lab.render("${digest()}<#include 'part.ftl'>"))
                .endsWith("two")
                .doesNotStartWith(digest);
    }

    @Test
    void render_otherKeysSameText_hasAnotherDigest() throws Exception {
        String digest = lab.render("${digest()}");
        lab.keys("/s", "value", "/unused", "");

        assertThat(lab.render("${digest()}")).isNotEqualTo(digest);
    }

    @Test
    void render_digestOnlyPrinted_rendersOnce() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Renderer counting = new Renderer(
                lab.templates,
                new Outside(
                        name -> Optional.of(String.valueOf(looks.incrementAndGet())),
                        lab.outside.clock(),
                        lab.outside.zone(),
                        lab.outside.dns(),
                        lab.outside.hostName()));
        lab.file("plain.ftl", "${getenv('A')}").file("digest.ftl", "${getenv('A')} ${digest()}");

        Rendered plain = counting.render("plain.ftl", lab.keys);
        assertThat(text(plain)).isEqualTo("1");
        assertThat(plain.shownDigest()).isEmpty();

        Rendered digested = counting.render("digest.ftl", lab.keys);
        assertThat(text(digested)).isEqualTo("2 " + digested.shownDigest().orElseThrow());
    }

    @Test
    void render_digestUsedInOtherWays_isTheSameOneEverywhere() throws Exception {
        lab.file(
                "t.ftl", "<#assign d = digest()>${d} ${d?upper_case} ${digest()[0..3]} <#if d?length == 32>${d}</#if>");

        Rendered rendered = lab.renderer.render("t.ftl", lab.keys);

        String digest = rendered.shownDigest().orElseThrow();
        assertThat(text(rendered))
                .isEqualTo(
                        digest + " " + digest.toUpperCase(Locale.ROOT) + " " + digest.substring(0, 4) + " " + digest);
    }

    @Test
    void render_valueLooksLikeTheDigestOfTheKeys_isLeftAsItIs() throws Exception {
        // Whoever writes a key can reckon what stands for all keys, but not of a set that holds that number itself.
        String likely = lab.keys("/s", "value").keys.digest();
        lab.keys("/s", likely).file("t.ftl", "${getv('/s')} ${digest()}");

        Rendered rendered = lab.renderer.render("t.ftl", lab.keys);

        assertThat(text(rendered))
                .isEqualTo(likely + " " + rendered.shownDigest().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${datetime()}",
                "${revision()}",
                "${hostname()}",
                "${getenv('SET')}",
                "${fileExists('/etc')?c}",
                "${lookupIP('app.test')?join(' ')}",
                "${lookupSRV('', '', 'whole.test')?size}",
                "${.now}",
                "${('.n' + 'ow')?eval}",
                "<#if (.now?long > 0)></#if>"
            })
    void render_moreThanKeys_isSaidToComeOfMore(String text) throws Exception {
        lab.file("t.ftl", text);

        assertThat(lab.renderer.render("t.ftl", lab.keys).comesOfKeysAlone()).isFalse();
    }

    @Test
    void render_keysAndIncludes_isSaidToComeOfThemAlone() throws Exception {
        lab.file("part.ftl", "${ls('/')?join(' ')} ${digest()}").file("t.ftl", "${getv('/s')} <#include 'part.ftl'>");

        assertThat(lab.renderer.render("t.ftl", lab.keys).comesOfKeysAlone()).isTrue();
    }

    @Test
    void render_timeInAnIncludeThatIsEditedAway_comesOfKeysAgain() throws Exception {
        lab.file("part.ftl", "${.now}").file("t.ftl", "<#include 'part.ftl'>");
        assertThat(lab.renderer.render("t.ftl", lab.keys).comesOfKeysAlone()).isFalse();

        lab.file("part.ftl", "then");

        assertThat(lab.renderer.render("t.ftl", lab.keys).comesOfKeysAlone()).isTrue();
    }

    @Test
    void render_sameInput_givesEqualResults() throws Exception {
        lab.file("t.ftl", "x ${getv('/s')}");

        Rendered first = lab.renderer.render("t.ftl", lab.keys);
        Rendered second = lab.renderer.render("t.ftl", lab.keys);

        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
        // echo -n "x value" | sha256sum | cut -c1-32
        assertThat(first.digest()).isEqualTo("e8125a72205b4cad517142edf11c79a4");
        assertThat(first).hasToString("7 bytes, " + first.digest());
        assertThat(first).isNotEqualTo(lab.renderer.render("t.ftl", lab.keys("/s", "other").keys));
    }

    @Test
    void bytes_changedByTheCaller_changeNothing() throws Exception {
        lab.file("t.ftl", "x");
        Rendered rendered = lab.renderer.render("t.ftl", lab.keys);

        rendered.bytes()[0] = 'y';

        assertThat(rendered.bytes()).containsExactly('x');
    }

    @Test
    void render_templateChangedOnDisk_isSeenAtOnce() throws Exception {
        for (int i = 100; i < 150; i++) {
            assertThat(lab.render("same size " + i)).isEqualTo("same size " + i);
        }
    }

    @Test
    void render_sameSizeAndTimeButNewlyWritten_isSeen() throws Exception {
        Path file = lab.file("t.ftl", "one").templates.resolve("t.ftl");
        FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, old);
        lab.renderer.render("t.ftl", lab.keys);

        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, old);

        assertThat(lab.renderer.render("t.ftl", lab.keys).bytes()).asString().isEqualTo("two");
    }

    @Test
    void render_includeChangedRemovedAndBack_isSeenAtOnce() throws Exception {
        lab.file("inc.ftl", "1").file("main.ftl", "<#include 'inc.ftl'>");
        assertThat(lab.renderer.render("main.ftl", lab.keys).bytes()).asString().isEqualTo("1");

        lab.file("inc.ftl", "2");
        assertThat(lab.renderer.render("main.ftl", lab.keys).bytes()).asString().isEqualTo("2");

        Files.delete(lab.templates.resolve("inc.ftl"));
        assertThatThrownBy(() -> lab.renderer.render("main.ftl", lab.keys)).isInstanceOf(RenderException.class);

        lab.file("inc.ftl", "3");
        assertThat(lab.renderer.render("main.ftl", lab.keys).bytes()).asString().isEqualTo("3");
    }

    @Test
    void render_brokenTemplateMended_isSeenAtOnce() throws Exception {
        assertThat(lab.failure("${")).startsWith("templates/t.ftl:1:2: ");
        assertThat(lab.failure("${")).startsWith("templates/t.ftl:1:2: ");
        assertThat(lab.render("ok")).isEqualTo("ok");
    }

    @Test
    void render_folderSwappedAsKubernetesDoes_isSeenAtOnce() throws Exception {
        Path mount = Files.createDirectories(temp.resolve("mount"));
        for (String version : List.of("..1", "..2")) {
            Files.createDirectories(mount.resolve(version));
            Files.writeString(mount.resolve(version + "/a.ftl"), "a" + version + "<#include 'b.ftl'>");
            Files.writeString(mount.resolve(version + "/b.ftl"), " b" + version);
        }
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(mount.resolve("a.ftl"), Path.of("..data/a.ftl"));
        Files.createSymbolicLink(mount.resolve("b.ftl"), Path.of("..data/b.ftl"));
        Renderer renderer = new Renderer(mount, lab.outside);
        assertThat(renderer.render("a.ftl", lab.keys).bytes()).asString().isEqualTo("a..1 b..1");

        Files.createSymbolicLink(mount.resolve("..tmp"), Path.of("..2"));
        Files.move(mount.resolve("..tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(renderer.render("a.ftl", lab.keys).bytes()).asString().isEqualTo("a..2 b..2");
    }

    @Test
    void render_templatesFolderItselfALink_works() throws Exception {
        lab.file("t.ftl", "x");
        Path link = Files.createSymbolicLink(temp.resolve("link"), lab.templates);

        assertThat(new Renderer(link, lab.outside).render("t.ftl", lab.keys).bytes())
                .containsExactly('x');
    }

    @Test
    void render_includesAndImportsInSubfolders_work() throws Exception {
        lab.file("lib/macros.ftl", "<#macro hello name>hello ${name}</#macro>")
                .file("parts/tail.ftl", "<#include 'deep/er.ftl'> ${getv('/s')}")
                .file("parts/deep/er.ftl", "<#include '../../top.ftl'>")
                .file("top.ftl", "top");

        assertThat(lab.render("<#import 'lib/macros.ftl' as m><@m.hello name='you'/> <#include '/parts/tail.ftl'>"))
                .isEqualTo("hello you top value");
    }

    @Test
    void render_manyThreads_doNotDisturbEachOther() throws Exception {
        lab.file("t.ftl", "<#include 'inc.ftl'><#list gets('/k/*') as kv>${kv.value}</#list>")
                .file("inc.ftl", "i");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> renders = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String value = "v" + i;
                KeySnapshot keys = KeySnapshot.of(i, List.of(new KeyEntry("/k/a", value), new KeyEntry("/k/b", value)));
                renders.add(() -> new String(lab.renderer.render("t.ftl", keys).bytes(), StandardCharsets.UTF_8));
            }
            List<Future<String>> results = threads.invokeAll(renders);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo("iv" + i + "v" + i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void render_twentyThousandKeys_isOneWalk() throws Exception {
        List<KeyEntry> entries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            entries.add(new KeyEntry("/u/" + i, "10.0." + i / 256 + "." + i % 256 + ":80"));
        }
        lab.keys = KeySnapshot.of(1, entries);

        assertThat(lab.render("<#list sortNaturally(endpoints('/u/*')) as e>${e.name}\n</#list>"))
                .isEqualTo(String.join(
                                "\n",
                                IntStream.range(0, 20_000)
                                        .mapToObj(String::valueOf)
                                        .toList()) + "\n");
    }

    @Test
    void render_endlessRecursion_endsAndTheRendererGoesOn() throws Exception {
        String message = ": an include, macro or function calls itself without end";
        lab.file("again.ftl", "<#include 'again.ftl'>");

        assertThat(lab.failure("<#include 'again.ftl'>")).isEqualTo("templates/t.ftl" + message);
        assertThat(lab.failure("<#macro m><@m/></#macro><@m/>")).isEqualTo("templates/t.ftl" + message);
        assertThat(lab.failure("<#function f x><#return f(x)></#function>${f(1)}"))
                .isEqualTo("templates/t.ftl" + message);
        assertThat(lab.render("on")).isEqualTo("on");
    }

    @Test
    void render_endlessOutput_ends() throws Exception {
        lab.file("t.ftl", "<#list 1.. as x>xxxxxxxxxx</#list>");
        Renderer small = new Renderer(lab.templates, lab.outside, 1000, Duration.ofMinutes(1));

        assertThatThrownBy(() -> small.render("t.ftl", lab.keys))
                .isInstanceOf(RenderException.class)
                .hasMessage("templates/t.ftl: the output is longer than 1000 characters");
    }

    @Test
    void render_fewerCharactersThanBytes_countsTheBytesToo() throws Exception {
        Renderer small = new Renderer(lab.templates, lab.outside, 1000, Duration.ofMinutes(1));
        lab.file("t.ftl", "é".repeat(500));
        assertThat(small.render("t.ftl", lab.keys).size()).isEqualTo(1000);
        lab.file("t.ftl", "é".repeat(501));

        assertThatThrownBy(() -> small.render("t.ftl", lab.keys))
                .hasMessage("templates/t.ftl: the output is longer than 1000 bytes");
    }

    @Test
    void render_longerThanAllowed_ends() throws Exception {
        Renderer hasty = new Renderer(lab.templates, lab.outside, 1 << 30, Duration.ZERO);
        lab.file("loop.ftl", "<#list 1.. as x><#assign y = base('x')></#list>")
                .file("print.ftl", "<#list 1.. as x>${''}y</#list>");

        assertThatThrownBy(() -> hasty.render("loop.ftl", lab.keys))
                .hasMessage("templates/loop.ftl:1:17: rendering took longer than 0 s");
        assertThatThrownBy(() -> hasty.render("print.ftl", lab.keys))
                .hasMessage("templates/print.ftl: rendering took longer than 0 s");
    }

    @Test
    void render_interruptedThread_endsAndStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThat(lab.failure("x")).isEqualTo("templates/t.ftl: rendering was interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static String text(Rendered rendered) {
        return new String(rendered.bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = new byte[a.length + b.length];
        System.arraycopy(a, 0, both, 0, a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
