package dev.segue.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
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
        before = stamp(folder);
    }

    @Test
    void of_untouched_isEqual() {
        assertThat(stamp(folder)).isEqualTo(before).isNotEqualTo(FolderStamp.NONE);
    }

    @Test
    void of_rightAfterAChange_equalsNoOther() throws Exception {
        Instant changed = ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();

        assertThat(FolderStamp.of(folder, changed)).isNotEqualTo(before).isNotEqualTo(FolderStamp.of(folder, changed));
    }

    @Test
    void of_rewrittenWithSameSizeAndTime_differs() throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        Path other = Files.writeString(folder.resolve("sub/b"), "two");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
        assertThat(stamp(folder)).isNotEqualTo(before);
    }

    @Test
    void of_addedRemovedOrRenamed_differs() throws Exception {
        Files.writeString(folder.resolve("b.toml"), "");
        FolderStamp added = stamp(folder);
        Files.move(file, folder.resolve("sub/c.toml"));
        FolderStamp renamed = stamp(folder);
        Files.delete(folder.resolve("b.toml"));

        assertThat(added).isNotEqualTo(before);
        assertThat(renamed).isNotEqualTo(added);
        assertThat(stamp(folder)).isNotEqualTo(renamed);
    }

    @Test
    void of_permissionsChanged_differs() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(stamp(folder)).isNotEqualTo(before);
    }

    @Test
    void of_linkTurnedToAnotherFolder_differs() throws Exception {
        Path conf = Files.createDirectory(folder.resolve("conf"));
        for (String version : new String[] {"..v1", "..v2"}) {
            Files.writeString(Files.createDirectory(conf.resolve(version)).resolve("x.toml"), version);
        }
        Path data = Files.createSymbolicLink(conf.resolve("..data"), Path.of("..v1"));
        Files.createSymbolicLink(conf.resolve("x.toml"), Path.of("..data/x.toml"));
        FolderStamp first = stamp(conf);
        Files.delete(data);
        Files.createSymbolicLink(data, Path.of("..v2"));

        assertThat(stamp(conf)).isNotEqualTo(first);
    }

    @Test
    void of_missingOrLoopingFolder_isAStampToo() throws Exception {
        FolderStamp missing = stamp(folder.resolve("gone"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));

        assertThat(stamp(folder.resolve("gone"))).isEqualTo(missing);
        assertThat(stamp(folder)).isEqualTo(stamp(folder)).isNotEqualTo(before);
    }

    /** As it is seen a minute after the last change. */
    private static FolderStamp stamp(Path folder) {
        return FolderStamp.of(folder, Instant.now().plusSeconds(60));
    }
}
