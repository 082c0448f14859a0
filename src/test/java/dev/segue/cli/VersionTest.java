package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class VersionTest {
    @Test
    void line_ofThisBuild_namesVersionCommitAndJava() {
        assertThat(Version.line())
                .matches("segue \\d+\\.\\d+\\.\\d+\\S* \\(commit ([0-9a-f]{7,}|unknown), Java "
                        + java.util.regex.Pattern.quote(System.getProperty("java.version")) + "\\)");
    }
}
