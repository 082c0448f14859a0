package dev.segue.samples;

import static dev.segue.samples.SampleTemplates.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyEntry;
import dev.segue.render.RenderException;
import dev.segue.samples.NginxTree.Result;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Renders the sample template from the keys that a store may hold, and shows nginx the result. */
@Tag("server")
@Timeout(60)
final class NginxSampleTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("NGINX_LISTEN", "127.0.0.1:18077", "NGINX_VERIFY_PORT", "18079");

    @TempDir
    private Path temp;

    private NginxTree nginx;

    @BeforeEach
    void makeConfiguration() throws Exception {
        nginx = new NginxTree(temp);
    }

    @Test
    void render_twoServers_namesBothSortedByKey() throws Exception {
        String text = render(entry("py2", "[::1]:8082"), entry("py1", "127.0.0.1:8081"));

        assertThat(text).contains("""
                            server 127.0.0.1:8081 max_fails=1 fail_timeout=2s; # py1
                            server [::1]:8082 max_fails=1 fail_timeout=2s; # py2
                        """).contains("listen 127.0.0.1:18077;");
        assertThat(nginx.check(text)).isEqualTo(new Result(0, ""));
    }

    @Test
    void render_always_tellsItsDigestToThisMachineAlone() throws Exception {
        String text = render(entry("py1", "127.0.0.1:8081"));

        assertThat(text)
                .containsPattern(
                        "server \\{\\s+listen 127\\.0\\.0\\.1:18079;\\s+access_log off;[^}]+return 200 \"[0-9a-f]{32}\\\\n\";\\s+}\\s+}\\s+$");
        assertThat(render()).containsPattern("return 200 \"[0-9a-f]{32}");
    }

    @Test
    void render_noServer_answers503() throws Exception {
        String text = render();

        assertThat(text).contains("return 503").doesNotContain("upstream app", "proxy_pass");
        assertThat(nginx.check(text)).isEqualTo(new Result(0, ""));
    }

    @Test
    void render_strangersText_isLeftOut() throws Exception {
        String text = render(
                entry("py1", "127.0.0.1:8081; } evil {"),
                entry("py2", "127.0.0.1:8082\nevil"),
                entry("py3\nevil", "127.0.0.1:8083"),
                entry("py4;evil", "127.0.0.1:8084"),
                entry("py5", "127.0.0.1:8085"));

        assertThat(text).contains("server 127.0.0.1:8085 ").doesNotContain("evil", "8081", "8082", "8083", "8084");
        assertThat(nginx.check(text)).isEqualTo(new Result(0, ""));
    }

    @Test
    void render_onlyUnusableAddresses_failsAndNamesTheKey() {
        assertThatThrownBy(() -> render(entry("py1", "somewhere")))
                .isInstanceOf(RenderException.class)
                .hasMessageContaining("endpoints: key /app/upstream/py1: not an endpoint");
    }

    @Test
    void render_thousandServers_fitTheSharedZone() throws Exception {
        KeyEntry[] servers = IntStream.range(0, 1000)
                .mapToObj(i -> entry("py" + i, "[2001:db8:1111:2222:3333:4444:5555:" + (1000 + i) + "]:8080"))
                .toArray(KeyEntry[]::new);

        assertThat(nginx.check(render(servers))).isEqualTo(new Result(0, ""));
    }

    private static String render(KeyEntry... entries) throws RenderException {
        return SampleTemplates.render("nginx-upstream.conf.ftl", ENVIRONMENT, entries);
    }
}
