package dev.segue.render.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EndpointTest {
    private static final String SAFE =
            "(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|\\[[0-9A-Fa-f:.]+]):[1-9][0-9]{0,4}";

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:8080, 10.0.0.1, 8080, 10.0.0.1:8080",
        "app.example:80, app.example, 80, app.example:80",
        "http://app:80/, app, 80, app:80",
        "http://app:80, app, 80, app:80",
        "app:80/, app, 80, app:80",
        "[::1]:8080, ::1, 8080, [::1]:8080",
        "http://[2001:db8::1]:1/, 2001:db8::1, 1, [2001:db8::1]:1",
        "[::ffff:10.0.0.1]:65535, ::ffff:10.0.0.1, 65535, [::ffff:10.0.0.1]:65535",
        "my_app-1.a1:1, my_app-1.a1, 1, my_app-1.a1:1",
        "0.0.0.0:1, 0.0.0.0, 1, 0.0.0.0:1",
        "255.255.255.255:1, 255.255.255.255, 1, 255.255.255.255:1",
        "1a:1, 1a, 1, 1a:1",
    })
    void parse_endpoint_isRead(String text, String host, int port, String printed) throws Exception {
        Endpoint endpoint = Endpoint.parse(text);

        assertThat(endpoint.host()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(endpoint.key()).isEmpty();
        assertThat(endpoint.name()).isEmpty();
        assertThat(endpoint).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "app",
                "app:",
                ":80",
                "app:0",
                "app:65536",
                "app:080",
                "app:+80",
                "app:80x",
                "app:８０",
                "app:80:80",
                "::1:80",
                "[::1]",
                "[::1]80",
                "[]:80",
                "[1]:80",
                "[10.0.0.1]:80",
                "[::g]:80",
                "[::1%eth0]:80",
                "[:::]:80",
                "[1:2:3:4:5:6:7:8:9]:80",
                "https://app:80",
                "ftp://app:80",
                "http://app:80//",
                "http://app:80/x",
                "http:///:80",
                "user@app:80",
                "app:80;",
                "app:80\n",
                "\napp:80",
                "app :80",
                "app: 80",
                " app:80",
                "app:80 }",
                "ap\"p:80",
                "ap'p:80",
                "ap\\p:80",
                "$app:80",
                "app:80\0",
                "äpp:80",
                "-app:80",
                "app-:80",
                "app..b:80",
                ".app:80",
                "app.:80",
                "256.0.0.1:80",
                "1.2.3:80",
                "1.2.3.4.5:80",
                "010.0.0.1:80",
                "1.2.3.04:80",
                "app.123:80",
                "unix:/run/x.sock",
                "app:80 weight=5",
                "app:80;}\nserver { listen 81; }",
                "http://http://app:80",
                "0x7f.1:80",
                "0x7f000001:80",
                "127.0.0.0X1:80",
                "{{app}}:80",
            })
    void parse_anythingElse_isRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(BadTextException.class)
                .message()
                .matches("(not an endpoint|its port is not a number from 1 to 65535|its host is no DNS name or address"
                        + "|no IPv6 address in its brackets) \\(expected host:port, such as 10\\.0\\.0\\.1:8080,"
                        + " app\\.example:8080 or \\[::1]:8080; the text has " + text.length() + " characters\\)");
    }

    @Test
    void parse_overlongName_isRefused() throws Exception {
        String label = "a".repeat(63);
        String name = label + "." + label + "." + label + "." + "a".repeat(61);

        assertThat(Endpoint.parse(name + ":1").host()).hasSize(253);
        assertThatThrownBy(() -> Endpoint.parse(name + "a:1")).isInstanceOf(BadTextException.class);
        assertThatThrownBy(() -> Endpoint.parse("a".repeat(64) + ":1")).isInstanceOf(BadTextException.class);
        assertThatThrownBy(() -> Endpoint.parse("a".repeat(1 << 20) + ":1")).isInstanceOf(BadTextException.class);
        assertThatThrownBy(() -> Endpoint.parse("[" + ":".repeat(100_000) + "]:1"))
                .isInstanceOf(BadTextException.class);
    }

    @Test
    void of_key_givesItsName() throws Exception {
        Endpoint endpoint = Endpoint.of("/app/upstream/py1", "a:1");

        assertThat(endpoint.key()).isEqualTo("/app/upstream/py1");
        assertThat(endpoint.name()).isEqualTo("py1");
    }

    @Test
    void of_overlongKey_isRefused() {
        assertThatThrownBy(() -> Endpoint.of("/a".repeat(100_000), "a:1")).isInstanceOf(BadTextException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a b",
                "/a;b",
                "/a{b",
                "/a}",
                "/a\"",
                "/a\nb",
                "/a$b",
                "/a#b",
                "/ä",
                "/a\\b",
                "",
                "a",
                "/",
                "/a/",
                "/a//b",
                "/a\udc80"
            })
    void of_keyThatCouldDoHarm_isRefused(String key) {
        assertThatThrownBy(() -> Endpoint.of(key, "a:1"))
                .isInstanceOf(BadTextException.class)
                .hasMessage(
                        "its name may have only letters, digits and . _ - : @ between slashes, and at most 300 characters");
    }

    @Test
    void parse_nastyTexts_neverGetThroughUnlessHarmless() {
        String[] nasty = {
            ";",
            "}",
            "{",
            "\n",
            "\r",
            "\"",
            "'",
            "\\",
            "$",
            " ",
            "\0",
            "#",
            "/",
            ":",
            "[",
            "]",
            ".",
            "-",
            "_",
            "0",
            "8",
            "a",
            "Z",
            "é",
            "\udc80",
            "\u2028",
            "http://",
            "::1",
            "10.0.0.1",
            ":80",
            "app",
            "\t",
            "%",
            "@",
            "😀",
            "１",
        };
        Random random = new Random(20261123);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                text.append(nasty[random.nextInt(nasty.length)]);
            }
            try {
                assertThat(Endpoint.parse(text.toString()).toString().matches(SAFE))
                        .as("%s", text)
                        .isTrue();
                accepted++;
            } catch (BadTextException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
        assertThat(accepted).isPositive();
    }
}
