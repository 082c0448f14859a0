package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code --onetime} on a real etcd. */
@Tag("server")
@Timeout(60)
class OnceTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    @TempDir
    Path folder;

    @Test
    void refusedFile_isHeldBackAlone() throws Exception {
        ETCD.put("/once/v", "1");
        Path target = folder.resolve("good.conf");
        ConfDirFolder confDir = ConfDirFolder.in(folder)
                .template("good.ftl", "${getv(\"/once/v\")}")
                .resource("bad.toml", "[template")
                .resource("good.toml", "good.ftl", target, "/once");

        try (SegueProcess segue = SegueProcess.start(
                folder,
                "--onetime",
                "--confdir",
                confDir.path().toString(),
                ETCD.url().toString())) {
            assertThat(segue.exitCode()).isEqualTo(1);
        }

        assertThat(target).hasContent("1");
    }
}
