package dev.segue.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.settings.InvalidValueException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class NodeUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://db:2379, http, http://db:2379",
        "http://db:2379/, http, http://db:2379",
        "https://db.example.com:443, http, https://db.example.com:443",
        "db:2379, http, http://db:2379",
        "db:2379, https, https://db:2379",
        "10.0.0.1:2379, http, http://10.0.0.1:2379",
        "[::1]:2379, http, http://[::1]:2379",
        "http://[fd00::1]:2379, http, http://[fd00::1]:2379",
    })
    void parse_aNode_isSchemeHostAndPort(String text, String scheme, URI url) throws InvalidValueException {
        assertThat(NodeUrl.parse(text, scheme)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "htp://x | \"htp://x\" starts with htp:// (right is http:// or https://)",
                "unix:///run/etcd | \"unix:///run/etcd\" starts with unix:// (right is http:// or https://)",
                "http://db | \"http://db\" has no port (etcd's own is 2379: http://db:2379)",
                "https://db/ | \"https://db/\" has no port (etcd's own is 2379: https://db:2379)",
                "http://db: | \"http://db:\" has no port (etcd's own is 2379: http://db:2379)",
                "db | \"db\" has no port (etcd's own is 2379: http://db:2379)",
                "http://db:2379/v2 | \"http://db:2379/v2\" goes on behind the port (right is http://db:2379; a key prefix goes into"
                        + " --prefix)",
                "db:2379?a=b | \"db:2379?a=b\" goes on behind the port (right is http://db:2379; a key prefix goes into --prefix)",
                "db:2379#a | \"db:2379#a\" goes on behind the port (right is http://db:2379; a key prefix goes into --prefix)",
                "db:0 | \"db:0\" has a port that cannot be (1 to 65535)",
                "db:65536 | \"db:65536\" has a port that cannot be (1 to 65535)",
                "db:x | \"db:x\" has \"x\" for a port (etcd's own is 2379)",
                "my_db:2379 | \"my_db:2379\" has \"my_db\" for a host, which is neither a name (letters, digits, hyphens, dots) nor"
                        + " an address",
                "::1:2379 | \"::1:2379\" has \"::1\" for a host, which is neither a name (letters, digits, hyphens, dots) nor an"
                        + " address",
                "'a b:2379' | \"a b:2379\" is not a URL (right is http://HOST:2379)",
                "http:// | \"http://\" is not a URL (right is http://HOST:2379)",
            })
    void parse_noNode_saysWhatIsRight(String text, String message) {
        assertThatThrownBy(() -> NodeUrl.parse(text, "http"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "db:6379, redis://db:6379",
        "redis://db:6379/, redis://db:6379",
        "redis://[::1]:6379/15, redis://[::1]:6379/15",
        "rediss://db:6380, rediss://db:6380",
    })
    void parse_aNodeOfRedis_mayHaveADatabase(String text, URI url) throws InvalidValueException {
        assertThat(NodeUrl.parse(text, NodeUrl.REDIS)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://db:6379 | \"http://db:6379\" starts with http:// (right is redis:// or rediss://)",
                "rediss://db | \"rediss://db\" has no port (redis's own is 6379: rediss://db:6379)",
                "redis://db:6379/x | \"redis://db:6379/x\" goes on behind the port (right is redis://db:6379; a key prefix"
                        + " goes into --prefix)",
                "redis:// | \"redis://\" is not a URL (right is redis://HOST:6379)",
            })
    void parse_noNodeOfRedis_saysWhatIsRight(String text, String message) {
        assertThatThrownBy(() -> NodeUrl.parse(text, NodeUrl.REDIS)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"http://root:hunter2@db:2379", "root:hunter2@db:2379", "htp://root:p@hunter2@db:2379"})
    void parse_withAUser_neverShowsThePassword(String text) {
        assertThatThrownBy(() -> NodeUrl.parse(text, "http"))
                .hasMessage("the URL of db:2379 has a user in it (they go into --username and --password-file)");
    }
}
