package dev.segue.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.settings.InvalidValueException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9105, 127.0.0.1, 9105",
        "0.0.0.0:1, 0.0.0.0, 1",
        "[::1]:9105, ::1, 9105",
        "[::]:65535, ::, 65535",
        ":9105, 127.0.0.1, 9105"
    })
    void parse_address_isItself(String text, String host, int port) throws InvalidValueException {
        assertThat(ListenAddress.parse(text)).isEqualTo(new InetSocketAddress(host, port));
    }

    @Test
    void parse_name_isLookedUp() throws InvalidValueException {
        assertThat(ListenAddress.parse("localhost:9105").getAddress().isLoopbackAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9105", "127.0.0.1", "127.0.0.1:", "::1:9105", "http://127.0.0.1:9105", "a:b", "[::1]", "*:1"})
    void parse_somethingElse_saysWhatIsRight(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("\"" + text
                        + "\" is not HOST:PORT (such as 127.0.0.1:9105 or [::1]:9105; :9105 is 127.0.0.1:9105)");
    }

    @ParameterizedTest
    @ValueSource(strings = {":0", ":65536", "localhost:99999"})
    void parse_portThatCannotBe_saysSo(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .hasMessage("\"" + text + "\" has a port that is not from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid:1", "[1:2]:1"})
    void parse_hostWithoutAddress_saysSo(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .hasMessage("\"" + text + "\" has a host for which no address is found");
    }
}
