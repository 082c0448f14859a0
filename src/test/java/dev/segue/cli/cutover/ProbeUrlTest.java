package dev.segue.cli.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.settings.InvalidValueException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ProbeUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a",
                "http://a:1/",
                "https://a.example:65535/health?to=x@y#z",
                "http://[::1]:80/health/a@b",
                "tcp://a:1",
                "tcp://10.0.0.2:8080",
                "tcp://[::1]:5432"
            })
    void parse_url_isItself(String text) throws InvalidValueException {
        assertThat(ProbeUrl.parse(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:1",
                "a",
                "/health",
                "ftp://a",
                "HTTP://a",
                "http:///health",
                "http://my_host/",
                "http:a",
                "tcp:a:1",
                "tcp://a",
                "tcp://a:",
                "tcp://a:1/",
                "tcp://a:1?x",
                "tcp://a:1#x"
            })
    void parse_somethingElse_saysWhatIsRight(String text) {
        assertThatThrownBy(() -> ProbeUrl.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("\"" + text + "\" is not a URL with a host (http://, https:// or tcp://HOST:PORT)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a:0", "tcp://a:65536"})
    void parse_portThatCannotBe_saysSo(String text) {
        assertThatThrownBy(() -> ProbeUrl.parse(text))
                .hasMessage("\"" + text + "\" has a port that is not from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://root:hunter2@a/", "tcp://root@a:1", "http://root:hunter 2@my_host", "//hunter2@a"})
    void parse_userInIt_saysSoAndDoesNotShowIt(String text) {
        assertThatThrownBy(() -> ProbeUrl.parse(text)).hasMessage("must not name a user (no password is sent)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a b", "http://[::1", "http://a/%"})
    void parse_noUrlAtAll_saysWhyNot(String text) {
        assertThatThrownBy(() -> ProbeUrl.parse(text)).hasMessageStartingWith("\"" + text + "\" is not a URL: ");
    }
}
