package dev.segue.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class TemplateFileTest {
    @TempDir
    Path temp;

    @Test
    void equals_unchangedFile_isTheSameState() throws Exception {
        Path file = Files.writeString(temp.resolve("t.ftl"), "one");
        Instant later = changed(file).plusSeconds(1);

        assertThat(TemplateFile.at(file, later)).isEqualTo(TemplateFile.at(file, later.plusSeconds(60)));
    }

    @Test
    void equals_fileChangedAnInstantAgo_isNoStateToRelyOn() throws Exception {
        Path file = Files.writeString(temp.resolve("t.ftl"), "one");
        Instant later = changed(file).plusSeconds(1);
        TemplateFile young = TemplateFile.at(file, changed(file).plusMillis(50));

        assertThat(young).isNotEqualTo(TemplateFile.at(file, later)).isEqualTo(young);
        assertThat(TemplateFile.at(file, later)).isNotEqualTo(young);
    }

    @Test
    void equals_changedOrOtherFile_isAnotherState() throws Exception {
        Path file = Files.writeString(temp.resolve("t.ftl"), "one");
        Instant later = changed(file).plusSeconds(600);
        TemplateFile before = TemplateFile.at(file, later);

        Files.writeString(file, "three");

        assertThat(TemplateFile.at(file, later)).isNotEqualTo(before);
        Path other = Files.writeString(temp.resolve("u.ftl"), "three");
        assertThat(TemplateFile.at(other, later)).isNotEqualTo(TemplateFile.at(file, later));
    }

    private static Instant changed(Path file) throws Exception {
        return ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
    }
}
