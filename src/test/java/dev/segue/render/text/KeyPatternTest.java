package dev.segue.render.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases are those of Go's path.Match. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class KeyPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "abc abc true",
                "* abc true",
                "*c abc true",
                "a* a true",
                "a* abc true",
                "a* ab/c false",
                "a*/b abc/b true",
                "a*/b a/c/b false",
                "a*b*c*d*e*/f axbxcxdxe/f true",
                "a*b*c*d*e*/f axbxcxdxexxx/f true",
                "a*b*c*d*e*/f axbxcxdxe/xxx/f false",
                "a*b*c*d*e*/f axbxcxdxexxx/fff false",
                "a*b?c*x abxbbxdbxebxczzx true",
                "a*b?c*x abxbbxdbxebxczzy false",
                "ab[c] abc true",
                "ab[b-d] abc true",
                "ab[e-g] abc false",
                "ab[^c] abc false",
                "ab[^b-d] abc false",
                "ab[^e-g] abc true",
                "a\\*b a*b true",
                "a\\*b ab false",
                "a?b a☺b true",
                "a[^a]b a☺b true",
                "a???b a☺b false",
                "a[^a][^a][^a]b a☺b false",
                "[a-ζ]* α true",
                "*[a-ζ] A false",
                "a?b a/b false",
                "a*b a/b false",
                "a[^x]b a/b true",
                "[\\]a] ] true",
                "[\\-] - true",
                "[x\\-] x true",
                "[x\\-] - true",
                "[x\\-] z false",
                "[\\-x] x true",
                "[\\-x] a false",
                "*x xxx true",
                "/app/*/py? /app/x/py1 true",
                "/app/*/py? /app/x/y/py1 false",
                "/app /app/x false",
                "*a*/*b xa/yb true",
                "😀? 😀😀 true",
            })
    void matches_asInGo(String pattern, String key, boolean matches) throws Exception {
        assertThat(KeyPattern.of(pattern).matches(key)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "[]a] `has a ] that needs a \\ before it within [ ]`",
                "[-] `has a - that needs a \\ before it within [ ]`",
                "[x-] `has a ] that needs a \\ before it within [ ]`",
                "[-x] `has a - that needs a \\ before it within [ ]`",
                "[a-b-c] `has a - that needs a \\ before it within [ ]`",
                "[ `lacks the ] of its last [`",
                "[^ `lacks the ] of its last [`",
                "[^bc `lacks the ] of its last [`",
                "a[ `lacks the ] of its last [`",
                "a\\ `ends in a lone \\`",
                "[a\\ `ends in a lone \\`",
            })
    void of_badPattern_isRefused(String pattern, String why) {
        assertThatThrownBy(() -> KeyPattern.of(pattern))
                .isInstanceOf(BadTextException.class)
                .hasMessage("the pattern " + why + " (known are * ? [a-z] [^a-z] and \\)");
    }

    @Test
    void matches_snapshot_looksOnlyBelowTheLiteralBeginning() throws Exception {
        KeySnapshot keys = KeySnapshot.of(
                1,
                Stream.of("/app/py10", "/app/py2", "/application/py1", "/app/x", "/zoo/py1", "/app/py/1")
                        .map(key -> new KeyEntry(key, ""))
                        .toList());

        assertThat(KeyPattern.of("/app/py*").matches(keys))
                .extracting(KeyEntry::key)
                .containsExactly("/app/py10", "/app/py2");
        assertThat(KeyPattern.of("*").matches(keys)).isEmpty();
        assertThat(KeyPattern.of("/*/py1").matches(keys))
                .extracting(KeyEntry::key)
                .containsExactly("/application/py1", "/zoo/py1");
    }
}
