package dev.segue.samples;

import static dev.segue.samples.SampleTemplates.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyEntry;
import dev.segue.render.RenderException;
import dev.segue.resource.ConfDirectory;
import dev.segue.resource.Resource;
import dev.segue.resource.ResourceDefaults;
import dev.segue.resource.ResourceSet;
import dev.segue.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples that are off by default, with the keys that a store may hold. */
@Tag("server")
@Timeout(60)
final class OtherSamplesTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HAPROXY_LISTEN", "127.0.0.1:18077", "APACHE_SITE", "127.0.0.1:18077");

    private static final KeyEntry[] STRANGERS = {
        entry("py1", "127.0.0.1:8081\n evil"),
        entry("py2", "127.0.0.1:8082\" evil \""),
        entry("py3\nevil", "127.0.0.1:8083"),
        entry("py4 evil", "127.0.0.1:8084"),
        entry("py5\"evil", "127.0.0.1:8085"),
        entry("py6", "127.0.0.1:8086"),
    };

    @TempDir
    private Path temp;

    @Test
    void samples_switchedOn_areResourcesWhoseTemplatesAreThere() throws Exception {
        Path confD = Files.createDirectory(temp.resolve("conf.d"));
        List<Path> samples;
        try (Stream<Path> files = Files.list(Path.of("conf.d"))) {
            samples = files.filter(file -> file.toString().endsWith(".sample")).toList();
        }
        for (Path sample : samples) {
            Files.copy(sample, confD.resolve(sample.getFileName().toString().replace(".sample", "")));
        }

        ResourceSet read = new ConfDirectory(temp, ResourceDefaults.STANDARD, InstantSource.system()).read();

        assertThat(read.refused()).isEmpty();
        assertThat(read.resources()).hasSameSizeAs(samples).hasSizeGreaterThan(2);
        assertThat(read.resources().stream().map(Resource::template))
                .allSatisfy(
                        template -> assertThat(Path.of("templates", template)).exists());
    }

    @Test
    void haproxy_servers_areNamedByTheirKeys() throws Exception {
        String text = render("haproxy.cfg.ftl", entry("py2", "[::1]:8082"), entry("py1", "127.0.0.1:8081"));

        assertThat(text).contains("    server py1 127.0.0.1:8081\n    server py2 [::1]:8082\n");
        assertThatHaproxyTakes(text);
    }

    @Test
    void haproxy_noServer_answers503() throws Exception {
        String text = render("haproxy.cfg.ftl");

        assertThat(text).contains("return status 503").doesNotContain("backend app");
        assertThatHaproxyTakes(text);
    }

    @Test
    void haproxy_strangersText_isLeftOut() throws Exception {
        String text = render("haproxy.cfg.ftl", STRANGERS);

        assertThat(text).contains("server py6 127.0.0.1:8086\n").doesNotContain("evil");
        assertThatHaproxyTakes(text);
    }

    @Test
    void apache_strangersText_isLeftOut() throws Exception {
        assertThat(render("apache-balancer.conf.ftl", STRANGERS))
                .contains("BalancerMember \"http://127.0.0.1:8086\" ")
                .doesNotContain("evil");
    }

    @Test
    void apache_noServer_answers503() throws Exception {
        assertThat(render("apache-balancer.conf.ftl")).contains("Redirect 503").doesNotContain("BalancerMember");
    }

    @Test
    void json_strangersText_isLeftOut() throws Exception {
        assertThat(render("servers.json.ftl", STRANGERS)).isEqualTo("""
                {
                  "servers": [
                    {"name": "py6", "address": "127.0.0.1:8086"}
                  ]
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"haproxy.cfg.ftl", "apache-balancer.conf.ftl", "servers.json.ftl"})
    void anyOfThem_onlyUnusableAddresses_failsAndNamesTheKey(String template) {
        assertThatThrownBy(() -> render(template, entry("py1", "somewhere")))
                .isInstanceOf(RenderException.class)
                .hasMessageContaining("endpoints: key /app/upstream/py1: not an endpoint");
    }

    private void assertThatHaproxyTakes(String text) throws IOException, InterruptedException {
        Path file = Files.writeString(temp.resolve("haproxy.cfg"), text);
        assertThat(Shell.run("haproxy -c -q -f \"$1\"", file)).doesNotContain("WARNING", "ALERT");
    }

    private static String render(String template, KeyEntry... entries) throws RenderException {
        return SampleTemplates.render(template, ENVIRONMENT, entries);
    }
}
