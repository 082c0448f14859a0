package dev.segue.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class EntryNameTest {
    @ParameterizedTest
    @CsvSource({
        "/etc/nginx/conf.d/app.conf, etc+nginx+conf.d+app.conf",
        "/etc/nginx/my-app_2.conf, etc+nginx+my-app_2.conf",
        "/etc/my app.conf, etc+my%20app.conf",
        "/etc/a+b%20, etc+a%2Bb%2520",
        "/etc/a%2Bb, etc+a%252Bb",
        "/.hidden/x, %2Ehidden+x",
        "/etc/~x, etc+%7Ex",
        "relative/x, %2E+relative+x",
        "/relative/x, relative+x",
        "/, ''",
    })
    void of_path_isReadable(Path target, String name) {
        assertThat(EntryName.of(target)).isEqualTo(name);
    }

    @Test
    void of_newlineAndUnicode_isPlain() {
        assertThat(EntryName.of(Path.of("/a\nb/\u00e4\ud83d\ude00"))).isEqualTo("a%0Ab+%C3%A4%F0%9F%98%80");
    }

    @Test
    void of_longPaths_fitAndDifferInTheHashAlone() {
        String deep = "/folder".repeat(400);

        String one = EntryName.of(Path.of("/1" + deep + "/app.conf"));
        String two = EntryName.of(Path.of("/2" + deep + "/app.conf"));

        assertThat(one).hasSizeLessThanOrEqualTo(200).matches("~[0-9a-f]{32}~.*\\+folder\\+app\\.conf");
        assertThat(two).isNotEqualTo(one).endsWith(one.substring(34));
    }
}
