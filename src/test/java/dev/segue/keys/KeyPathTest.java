package dev.segue.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class KeyPathTest {
    @ParameterizedTest
    @CsvSource({
        "/app/upstream, /app/upstream",
        "app/upstream, /app/upstream",
        "/app/upstream/, /app/upstream",
        "//app/./upstream, /app/upstream",
        "/app/../other, /other",
        "/../.., /",
        "/, /",
        "'', /",
    })
    void of_anyWriting_isNormalised(String written, String normal) {
        assertThat(KeyPath.of(written)).hasToString(normal);
    }

    @Test
    void constructor_notNormal_isRefused() {
        assertThatThrownBy(() -> new KeyPath("app/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a normal key path: app/");
    }

    @ParameterizedTest
    @CsvSource({
        "/app, /app, true",
        "/app, /app/x, true",
        "/app, /app/x/y, true",
        "/app, /application, false",
        "/app, /app-x, false",
        "/app, /ap, false",
        "/app, app/x, false",
        "/, /anything, true",
        "/, no-slash, true",
    })
    void holds_itselfAndBelow_neverANeighbour(String path, String key, boolean held) {
        assertThat(KeyPath.of(path).holds(key)).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({"/prod, /prod/app/x, /app/x", "/prod, /prod, /", "/prod, /production, /production", "/, /app, /app"})
    void strip_prefix_leavesTheRest(String prefix, String key, String rest) {
        assertThat(KeyPath.of(prefix).strip(key)).isEqualTo(rest);
    }

    @Test
    void resolve_child_isJoinedAndNormalised() {
        assertThat(KeyPath.of("/prod").resolve("/app/")).hasToString("/prod/app");
        assertThat(KeyPath.ROOT.resolve("app")).hasToString("/app");
    }
}
