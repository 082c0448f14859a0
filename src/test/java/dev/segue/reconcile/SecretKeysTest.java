package dev.segue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class SecretKeysTest {
    @ParameterizedTest
    @CsvSource({
        "/db/password, /db/password, true",
        "/db/password, /db/password2, false",
        "/db/*, /db/password, true",
        "/db/*, /db/deep/password, false",
        "/db/pass*, /db/password, true",
        "/db/**, /db/deep/password, true",
        "/app/**/password, /app/password, true",
        "/app/**/password, /app/a/b/password, true",
        "/app/**/password, /app/a/b/passwords, false",
        "/a.c, /abc, false",
    })
    void include_keyOfAPattern(String pattern, String key, boolean secret) {
        assertThat(new SecretKeys(List.of(pattern)).include(key)).isEqualTo(secret);
    }

    @Test
    void include_noPattern_isNever() {
        assertThat(new SecretKeys(List.of()).include("/password")).isFalse();
    }
}
