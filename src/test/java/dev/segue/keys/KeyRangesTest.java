package dev.segue.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeyRangesTest {
    @Test
    void covering_nestedAndDoubledPaths_keepsTheOutermost() {
        assertThat(ranges("/app/x", "/b", "/app", "/app-x", "/b", "/app/x/y")).hasToString("/app, /app-x, /b");
    }

    @Test
    void covering_root_holdsAll() {
        assertThat(ranges("/app", "/").paths()).containsExactly(KeyPath.ROOT);
    }

    @Test
    void holds_keyOfAnyPath_isTrue() {
        KeyRanges ranges = ranges("/app", "/b");
        assertThat(ranges.holds("/b/1")).isTrue();
        assertThat(ranges.holds("/c")).isFalse();
    }

    static KeyRanges ranges(String... paths) {
        return KeyRanges.covering(Stream.of(paths).map(KeyPath::of).toList());
    }

    @Test
    void isEmpty_noPath_isTrue() {
        assertThat(KeyRanges.covering(List.of()).isEmpty()).isTrue();
    }
}
