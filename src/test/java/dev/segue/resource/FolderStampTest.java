package dev.segue.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class FolderStampTest {
    @TempDir
    Path folder;

    private Path file;
    private FolderStamp before;

    @BeforeEach
    void makeFile() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        file = Files.writeString(folder.resolve("sub/a.toml"), "one");
        before = FolderStamp.of(folder);
    }

    @Test
    void of_untouched_isEqual() {
        assertThat(FolderStamp.of(folder)).isEqualTo(before).isNotEqualTo(FolderStamp.NONE);
    }

    @Test
    void of_rewrittenWithSameSizeAndTime_differs() throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        Path other = Files.writeString(folder.resolve("sub/b"), "two");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
        assertThat(FolderStamp.of(folder)).isNotEqualTo(before);
    }

    @Test
    void of_addedRemovedOrRenamed_differs() throws Exception {
        Files.writeString(folder.resolve("b.toml"), "");
        FolderStamp added = FolderStamp.of(folder);
        Files.move(file, folder.resolve("sub/c.toml"));
        FolderStamp renamed = FolderStamp.of(folder);
        Files.delete(folder.resolve("b.toml"));

        assertThat(added).isNotEqualTo(before);
        assertThat(renamed).isNotEqualTo(added);
        assertThat(FolderStamp.of(folder)).isNotEqualTo(renamed);
    }

    @Test
    void of_permissionsChanged_differs() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(FolderStamp.of(folder)).isNotEqualTo(before);
    }

    @Test
    void of_linkTurnedToAnotherFolder_differs() throws Exception {
        Path conf = Files.createDirectory(folder.resolve("conf"));
        for (String version : new String[] {"..v1", "..v2"}) {
            Files.writeString(Files.createDirectory(conf.resolve(version)).resolve("x.toml"), version);
        }
        Path data = Files.createSymbolicLink(conf.resolve("..data"), Path.of("..v1"));
        Files.createSymbolicLink(conf.resolve("x.toml"), Path.of("..data/x.toml"));
        FolderStamp first = FolderStamp.of(conf);
        Files.delete(data);
        Files.createSymbolicLink(data, Path.of("..v2"));

        assertThat(FolderStamp.of(conf)).isNotEqualTo(first);
    }

    @Test
    void of_missingOrLoopingFolder_isAStampToo() throws Exception {
        FolderStamp missing = FolderStamp.of(folder.resolve("gone"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));

        assertThat(FolderStamp.of(folder.resolve("gone"))).isEqualTo(missing);
        assertThat(FolderStamp.of(folder)).isEqualTo(FolderStamp.of(folder)).isNotEqualTo(before);
    }
}
