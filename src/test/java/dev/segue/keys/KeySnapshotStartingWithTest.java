package dev.segue.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class KeySnapshotStartingWithTest {
    private static final KeySnapshot KEYS = KeySnapshot.of(
            1,
            Stream.of("/a", "/app", "/app/1", "/app/2", "/application", "/b", "/b\uFFFF", "/b\uFFFFx")
                    .map(key -> new KeyEntry(key, ""))
                    .toList());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/app  | /app /app/1 /app/2 /application",
                "/app/ | /app/1 /app/2",
                "/app/2| /app/2",
                "/app/3| ``",
                "``    | /a /app /app/1 /app/2 /application /b /b\uFFFF /b\uFFFFx",
                "/b    | /b /b\uFFFF /b\uFFFFx",
                "/c    | ``",
            })
    void startingWith_text_givesTheKeysThatBeginWithItInOrder(String text, String keys) {
        List<String> found = KEYS.startingWith(text).stream().map(KeyEntry::key).toList();

        assertThat(String.join(" ", found)).isEqualTo(keys);
    }
}
