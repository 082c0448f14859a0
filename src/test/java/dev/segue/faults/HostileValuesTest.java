package dev.segue.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.e2e.SampleConfDir;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.NginxServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys and values as somebody would write them who wants nginx to do what he likes: whatever they are, nginx reads the
 * directives of the sample template and no other, and the good servers beside them are taken up.
 */
@Tag("server")
@Timeout(180)
class HostileValuesTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BELOW = "/app/upstream/";
    private static final String SERVER = "upstream app|server|";
    private static final int FIRST_GOOD_PORT = 10_000;
    private static final int LONGEST_LOG_LINE = 2_000;
    private static final int RANDOM_STRINGS = 300;
    private static final int BATCH = 50;

    private static final List<String> HOSTILE = List.of(
            "127.0.0.1:1; } server { listen 81; }",
            "127.0.0.1:1;}\nserver{listen 81;}\n#",
            "127.0.0.1:1;\r\nproxy_pass http://evil;\r\n",
            "127.0.0.1:1\r",
            "127.0.0.1:1\n",
            "127.0.0.1:1\u0000; include /etc/passwd;",
            "127.0.0.1:1 backup",
            "127.0.0.1:1\tdown",
            "127.0.0.1:1\u2028;listen 81",
            "127.0.0.1:1\u0085;",
            "127.0.0.1:1\u00a0weight=9",
            "\"127.0.0.1:1\"",
            "'127.0.0.1:1'",
            "127.0.0.1:1\\",
            "127.0.0.1:1#",
            "127.0.0.1:1 # --> <#-- -->",
            "--> <#include '/etc/passwd'> <#--",
            "${'freemarker.template.utility.Execute'?new()('id')}",
            "<#assign x='freemarker.template.utility.Execute'?new()>${x('id')}",
            "[=1+1]:80",
            "#{1+1}",
            "$host:80",
            "${host}:80",
            "127.0.0.1:$server_port",
            "unix:/tmp/socket",
            "unix:/tmp/socket:80",
            "http://user@127.0.0.1:1",
            "http://127.0.0.1:1/;x",
            "https://127.0.0.1:1",
            "127.0.0.1",
            "127.0.0.1:",
            ":80",
            "127.0.0.1:0",
            "127.0.0.1:65536",
            "127.0.0.1:-1",
            "127.0.0.1:+80",
            "127.0.0.1:0x50",
            "127.0.0.1:080",
            "127.0.0.1:8e1",
            "127.0.0.1:\u0661\u0662",
            "127.0.0.1:99999999999999999999",
            "127.0.0.1:1-65535",
            "127.0.0.1:1:2",
            "127.1:80",
            "0177.0.0.1:80",
            "0x7f000001:80",
            "2130706433:80",
            "256.0.0.1:80",
            "::1:80",
            "[::1%lo]:80",
            "[fe80::1%25eth0]:80",
            "[::1;]:80",
            "[::1]80",
            "[]:80",
            "[127.0.0.1]:80",
            "[::1]\n:80",
            "h".repeat(300) + ":80",
            "h".repeat(64) + ".example:80",
            ("h".repeat(60) + ".").repeat(5) + "example:80",
            "..:80",
            "a..b:80",
            "-a:80",
            "a_;b:80",
            "*.example:80",
            "{{.src}}",
            "{{getv \"/secret\"}}",
            "$(id):80",
            "`id`:80",
            "x".repeat(1 << 20),
            "127.0.0.1:1" + " ".repeat(1 << 20),
            ";",
            "{",
            "}",
            " ",
            "");

    @TempDir
    static Path folder;

    private static NginxServer nginx;
    private static SegueProcess segue;
    private static List<String> template;
    private static int goodPort = FIRST_GOOD_PORT;

    @BeforeAll
    static void start() throws Exception {
        nginx = NginxServer.start(folder);
        segue = SegueProcess.start(
                folder,
                Map.of(
                        "NGINX_LISTEN",
                        "127.0.0.1:" + nginx.port(),
                        "PATH",
                        Path.of("bin").toAbsolutePath() + ":" + System.getenv("PATH")),
                "--watch",
                "--interval=1h",
                "--confdir",
                SampleConfDir.in(folder, nginx).toString(),
                ETCD.url().toString());
        awaitGoodServer();
        template = directives().filter(line -> !line.startsWith(SERVER)).toList();
    }

    @AfterAll
    static void stop() {
        segue.close();
        nginx.close();
    }

    /** Every line of the log is Segue's own: none was forged, none holds a megabyte of strangers' text. */
    @AfterEach
    void logIsWell() {
        assertThat(segue.log().lines())
                .allSatisfy(line -> assertThat(line)
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ (INFO|WARN) .*")
                        .hasSizeLessThan(LONGEST_LOG_LINE));
        ETCD.deletePrefix(BELOW);
    }

    @Test
    void hostileValues_areLeftOutAndTheGoodOneBesideThemIsServed() throws Exception {
        for (int i = 0; i < HOSTILE.size(); i++) {
            ETCD.put(BELOW + "v" + i, HOSTILE.get(i));
        }
        ETCD.put((BELOW + "v-binary").getBytes(UTF_8), "127.0.0.1:1\u0080\u00ff;".getBytes(ISO_8859_1));

        awaitGoodServer();

        assertThat(servers()).containsExactly(good());
        assertOnlyTheTemplatesDirectives();
        assertThat(segue.linesWith("WARN conf.d/nginx.toml: endpoints leaves out key " + BELOW + "v0:"))
                .isEqualTo(1);
    }

    /** A harmless name is no harm: what counts is that its text is nothing to nginx. */
    @Test
    void hostileKeyNames_areLeftOutAndTheGoodOneBesideThemIsServed() throws Exception {
        for (String name : HOSTILE) {
            if (name.length() < 1 << 20) {
                ETCD.put(BELOW + name, "127.0.0.1:1");
            }
        }
        ETCD.put((BELOW + "\u0080\u00ff;").getBytes(ISO_8859_1), "127.0.0.1:1".getBytes(UTF_8));
        ETCD.put(BELOW + "k".repeat(100 << 10), "127.0.0.1:1");

        awaitGoodServer();

        assertThat(servers()).contains(good()).isSubsetOf(good(), "127.0.0.1:1");
        assertOnlyTheTemplatesDirectives();
    }

    @Test
    void randomHostileStrings_neverBecomeADirective() throws Exception {
        Random random = new Random(20_261_124);
        for (int batch = 0; batch < RANDOM_STRINGS / BATCH; batch++) {
            List<String> texts =
                    IntStream.range(0, BATCH).mapToObj(i -> hostile(random)).toList();
            for (int i = 0; i < BATCH; i++) {
                byte[] text = texts.get(i).getBytes(random.nextBoolean() ? UTF_8 : ISO_8859_1);
                ETCD.put((BELOW + "r" + i).getBytes(UTF_8), text);
                ETCD.put(concat(BELOW.getBytes(UTF_8), text), "127.0.0.1:1".getBytes(UTF_8));
            }

            awaitGoodServer();

            Set<String> harmless = texts.stream()
                    .map(text -> text.replaceFirst("^http://", "").replaceFirst("/$", ""))
                    .filter(text -> text.matches("(127\\.0\\.0\\.1|\\[::1]):[1-9]\\d{0,4}"))
                    .collect(Collectors.toCollection(TreeSet::new));
            harmless.addAll(Set.of(good(), "127.0.0.1:1"));
            assertThat(servers()).contains(good()).isSubsetOf(harmless);
            assertOnlyTheTemplatesDirectives();
            ETCD.deletePrefix(BELOW);
        }
    }

    /** Pieces of addresses, of nginx's and FreeMarker's syntax, and any characters at all, in any order. */
    private static String hostile(Random random) {
        List<String> pieces = List.of(
                "127.0.0.1",
                "[::1]",
                ":",
                ":80",
                ":1",
                ";",
                "{",
                "}",
                "\"",
                "'",
                "\\",
                "#",
                "$",
                "${",
                "<#",
                "-->",
                "/",
                "http://",
                "\r\n",
                "\n",
                "\u0000",
                "\u2028",
                " ",
                "server",
                "listen 81",
                "include /etc/passwd",
                "[",
                "]",
                "%",
                "max_fails=0",
                "unix:",
                "@",
                "-",
                ".");
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "127.0.0.1:1" : "");
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                text.append((char) (1 + random.nextInt(0x2FF)));
            } else {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
        }
        // A name that DNS does not know is not hostile: nginx refuses the whole file for it, and so does the check.
        boolean couldBeAName = text.toString().matches("(http://)?[A-Za-z0-9_.-]*[A-Za-z_][A-Za-z0-9_.-]*:\\d+/?");
        return couldBeAName ? text + ";" : text.toString();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Registers one more good server and waits until it is installed: everything put before it was rendered as well. */
    private static void awaitGoodServer() {
        goodPort++;
        ETCD.put(BELOW + "good", good());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(conf()).contains("server " + good() + " max_fails"));
    }

    private static String good() {
        return "127.0.0.1:" + goodPort;
    }

    private static String conf() throws IOException {
        Path conf = nginx.confD().resolve("app.conf");
        return Files.exists(conf) ? Files.readString(conf) : "";
    }

    private static void assertOnlyTheTemplatesDirectives() throws Exception {
        assertThat(directives().filter(line -> !line.startsWith(SERVER))).isEqualTo(template);
        assertThat(directives().filter(line -> line.startsWith(SERVER)))
                .allMatch(line -> line.endsWith("|max_fails=1|fail_timeout=2s"));
        assertThat(segue.isAlive()).isTrue();
    }

    /** The addresses of all servers. */
    private static Set<String> servers() throws Exception {
        return directives()
                .filter(line -> line.startsWith(SERVER))
                .map(line -> line.substring(SERVER.length(), line.indexOf('|', SERVER.length())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As nginx reads them, without the two figures that change with the number of servers and with their text. */
    private static Stream<String> directives() throws IOException, InterruptedException {
        return NginxConfiguration.of(nginx.mainConf()).directives().stream()
                .map(line -> line.replaceFirst("^(upstream app\\|zone\\|app\\|)\\d+k$", "$1"))
                .map(line -> line.replaceFirst("(\\|return\\|200\\|)[0-9a-f]{16,}\\\\n$", "$1"));
    }
}
