package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.cli.flags.LogLevel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each case in a JVM of its own, because a log can be set up once. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LoggingTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d) ";

    @ParameterizedTest
    @CsvSource({
        "ERROR,ERROR",
        "WARN,ERROR WARN",
        "INFO,ERROR WARN INFO",
        "DEBUG,ERROR WARN INFO DEBUG",
        "TRACE,ERROR WARN INFO DEBUG TRACE"
    })
    void start_aLevel_logsThatAndWorseAndNothingOfTheLibraries(LogLevel level, String logged) throws Exception {
        List<String> lines = log("UTC", level);

        assertThat(lines).hasSameSizeAs(logged.split(" ", -1));
        assertThat(lines).allMatch(line -> line.matches(TIME + "[A-Z]+ said [a-z]+"));
        assertThat(lines.stream().map(line -> line.split(" ", 3)[1])).containsExactly(logged.split(" ", -1));
    }

    @Test
    void start_elsewhere_logsLocalTimeWithItsOffset() throws Exception {
        assertThat(log("Asia/Kolkata", LogLevel.ERROR)).first().asString().contains("+05:30 ERROR said error");
        assertThat(log("UTC", LogLevel.ERROR)).first().asString().contains("Z ERROR said error");
    }

    private static List<String> log(String zone, LogLevel level) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.timezone=" + zone,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Speaker.class.getName(),
                        level.name())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.lines().toList();
    }

    /** Sets up the log and says something at each level, in its own name and in those of libraries. */
    static final class Speaker {
        private Speaker() {}

        public static void main(String[] args) {
            Logging.start(LogLevel.valueOf(args[0]));
            Logger log = LoggerFactory.getLogger("dev.segue.Speaker");
            log.error("said error");
            log.warn("said warn");
            log.info("said info");
            log.debug("said debug");
            log.trace("said trace");
            LoggerFactory.getLogger("io.etcd.jetcd.KVImpl").error("a library");
            LoggerFactory.getLogger("io.netty.channel").error("a library");
            java.util.logging.Logger.getLogger("io.grpc.netty.TcpMetrics").severe("a library");
        }
    }
}
