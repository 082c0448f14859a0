package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused before anything starts: nothing is logged, nothing is touched, everything wrong is named at once. */
@Tag("server")
@Timeout(120)
class BadUsageTest {
    private static final String LAST_LINE = "segue: \"segue --help\" tells what is right";

    @TempDir
    static Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "htp://x | \"htp://x\" starts with htp:// (right is http:// or https://)",
                "http://etcd | \"http://etcd\" has no port (etcd's own is 2379: http://etcd:2379)",
                "etcd | \"etcd\" has no port (etcd's own is 2379: http://etcd:2379)",
                "http://etcd:2379/app | \"http://etcd:2379/app\" goes on behind the port (right is http://etcd:2379; a key prefix goes into --prefix)",
                "http://etcd:http | \"http://etcd:http\" has \"http\" for a port (etcd's own is 2379)",
                "http://etcd:99999 | \"http://etcd:99999\" has a port that cannot be (1 to 65535)",
                "http://root:hidden@etcd:2379 | the URL of etcd:2379 has a user in it (they go into --username and --password-file)"
            })
    void badUrl_isRefused(String url, String message) {
        try (SegueProcess segue = SegueProcess.start(folder, url)) {
            assertThat(segue.exitCode()).isEqualTo(2);
            assertThat(segue.log().lines()).containsExactly("segue: ETCD_URL: " + message, LAST_LINE);
            assertThat(segue.out()).isEmpty();
        }
    }

    @Test
    void severalMistakes_areNamedAtOnce() throws IOException {
        Path confDir = confDir("severl = 1\n");
        List<String> wrong = List.of(
                "segue: --intervall: no such flag (did you mean \"--interval\"?)",
                "segue: --log-level: \"loud\" is not a log level; there are error, warn, info, debug, trace",
                "segue: --username: needs a password (--password-file or SEGUE_PASSWORD) beside it",
                "segue: SEGUE_REQUEST_TIMEOUT: \"soon\" is not a length of time"
                        + " (seconds, or a number with a unit: 500ms, 10s, 2m, 1h)",
                "segue: " + confDir + "/segue.toml:1: unknown key \"severl\"",
                LAST_LINE);

        try (SegueProcess segue = SegueProcess.start(
                folder,
                Map.of("SEGUE_REQUEST_TIMEOUT", "soon"),
                "--intervall=3",
                "--log-level=loud",
                "--username=joe",
                "--confdir=" + confDir)) {
            assertThat(segue.exitCode()).isEqualTo(2);
            assertThat(segue.log().lines()).containsExactlyInAnyOrderElementsOf(wrong);
        }
    }

    @Test
    void misspelledCommand_isNoUrl() {
        try (SegueProcess segue = SegueProcess.start(folder, "plna", "http://etcd:2379")) {
            assertThat(segue.exitCode()).isEqualTo(2);
            assertThat(segue.log().lines())
                    .containsExactly("segue: plna: no such command (did you mean \"plan\"?)", LAST_LINE);
        }
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of(
                        "interval = \"soon\"",
                        "segue.toml:1: interval \"soon\" is not a length of time"
                                + " (seconds, or a number with a unit: 500ms, 10s, 2m, 1h)"),
                Arguments.of("\nwatch = \"yes\"", "segue.toml:2: watch must be true or false, not a string (\"yes\")"),
                Arguments.of("nodse = []", "segue.toml:1: unknown key \"nodse\" (did you mean \"nodes\"?)"),
                Arguments.of(
                        "nodes = [\"htp://x\"]",
                        "segue.toml:1: nodes \"htp://x\" starts with htp:// (right is http:// or https://)"),
                Arguments.of("nodes = [", "segue.toml:1:10: unexpected end of input, expected ] or a value"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void badConfigurationFile_isRefusedWithItsLine(String text, String message) throws IOException {
        Path confDir = confDir(text);

        try (SegueProcess segue = SegueProcess.start(folder, "--confdir=" + confDir)) {
            assertThat(segue.exitCode()).isEqualTo(3);
            assertThat(segue.log().lines()).containsExactly("segue: " + confDir + "/" + message);
        }
    }

    private static Path confDir(String configurationFile) throws IOException {
        Path confDir = Files.createTempDirectory(folder, "confdir");
        Files.writeString(confDir.resolve("segue.toml"), configurationFile);
        return confDir;
    }
}
