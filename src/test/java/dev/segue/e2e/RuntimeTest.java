package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.EtcdServer;
import dev.segue.testing.EtcdServer.ClientAuth;
import dev.segue.testing.FreePorts;
import dev.segue.testing.SegueProcess;
import dev.segue.testing.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The built jar on a JDK that shows it the image's modules alone. */
@Tag("server")
@Timeout(120)
class RuntimeTest {
    private static final Pattern MODULES = Pattern.compile("jlink --add-modules (\\S+)");
    private static final TestCertificates OURS = TestCertificates.temporary();

    @RegisterExtension
    static final EtcdServer TLS = EtcdServer.tls(OURS, ClientAuth.REQUIRED);

    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void configure() throws IOException {
        target = folder.resolve("app.conf");
        Files.createDirectories(folder.resolve("conf/conf.d"));
        Files.createDirectories(folder.resolve("conf/templates"));
        Files.writeString(folder.resolve("conf/conf.d/app.toml"), """
                [template]
                src = "app.ftl"
                dest = "%s"
                keys = ["/app"]
                """.formatted(target));
    }

    @Test
    void template_ofEveryKindOfValue_renders() throws IOException {
        Path data = Files.writeString(folder.resolve("keys.yaml"), """
                /app/json: '{"port": 80, "on": true, "tags": ["a", "b"]}'
                /app/server: 10.0.0.1:8080
                """);
        template("""
                <#assign json = json(getv("/app/json"))>
                <#macro line text="none"><#nested>: ${text}</#macro>
                ${json.port + 1} ${json.on?string("yes", "no")} <#list json.tags as tag>${tag}<#sep>,</#list>
                ${endpoint(getv("/app/server")).port} ${json.none!"default"} ${"a b"?split(" ")?join("+")}
                ${{"x": 1.5}.x} ${[1, 2, 3]?filter(n -> n > 1)?size} ${"a"?matches("[a-z]")?string} <@line text="t">m</@line>
                ${"2026-11-23"?date("yyyy-MM-dd")?string("dd.MM.")} ${"10:20"?time("HH:mm")?string("HH-mm")} ${"2026-11-23T10:20:30Z"?datetime.iso?iso_utc}
                ${.now?date?iso_utc?length} ${datetime()?string("yyyy")?length} ${1700000000000?number_to_datetime?iso_utc}
                <#attempt>${getv("/none")}<#recover>recovered</#attempt> ${yaml("a: [1]").a[0]} ${"1 + 1"?eval}
                """);

        try (SegueProcess segue = segue("render", "app.ftl", "--data=" + data, "--confdir=" + folder.resolve("conf"))) {
            assertThat(segue.exitCode()).as(segue.log()).isZero();
            assertThat(segue.out().strip()).isEqualTo("""
                    81 yes a,b
                    8080 default a+b
                    1.5 2 true m: t
                    23.11. 10-20 2026-11-23T10:20:30Z
                    10 4 2023-11-14T22:13:20Z
                    recovered 1 2""");
        }
    }

    @Test
    void watch_overTlsWithMetrics_followsAndAnswers() throws Exception {
        template("${getv(\"/app/a\")}\n");
        TLS.put("/app/a", "1");
        int port = FreePorts.next();
        try (SegueProcess segue = segue(
                "--watch",
                "--interval=1m",
                "--client-ca-keys=" + OURS.authority(),
                "--client-cert=" + OURS.client(),
                "--client-key=" + OURS.clientKey(),
                "--http=127.0.0.1:" + port,
                "--confdir=" + folder.resolve("conf"),
                TLS.url().toString())) {
            Site.awaitText(target, "1\n");
            TLS.put("/app/a", "2");

            Site.awaitText(target, "2\n");
            assertThat(page(port, "/metrics")).contains("process_resident_memory_bytes");
            assertThat(segue.terminate()).isZero();
        }
    }

    @Test
    void outputFormat_ofEveryKind_isRead() throws IOException {
        for (String format : List.of("json", "yaml", "toml", "xml")) {
            Files.writeString(folder.resolve("conf/templates/" + format), "]");
            Files.writeString(folder.resolve("conf/conf.d/" + format + ".toml"), """
                    [template]
                    src = "%1$s"
                    dest = "%2$s/%1$s"
                    keys = ["/none"]
                    output_format = "%1$s"
                    """.formatted(format, folder));
        }
        template("");
        try (SegueProcess segue = segue(
                "--onetime",
                "--client-ca-keys=" + OURS.authority(),
                "--client-cert=" + OURS.client(),
                "--client-key=" + OURS.clientKey(),
                "--confdir=" + folder.resolve("conf"),
                TLS.url().toString())) {
            assertThat(segue.exitCode()).isEqualTo(1);
            for (String format : List.of("JSON", "YAML", "TOML", "XML")) {
                assertThat(segue.log()).contains("rendered text is not " + format + ": line 1, column ");
            }
        }
    }

    private void template(String text) throws IOException {
        Files.writeString(folder.resolve("conf/templates/app.ftl"), text);
    }

    private SegueProcess segue(String... arguments) throws IOException {
        return SegueProcess.start(folder, Map.of("JDK_JAVA_OPTIONS", "--limit-modules=" + modules()), arguments);
    }

    private static String modules() throws IOException {
        Matcher matcher = MODULES.matcher(Files.readString(Path.of("Dockerfile")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String page(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
