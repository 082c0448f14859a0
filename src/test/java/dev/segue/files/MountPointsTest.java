package dev.segue.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MountPointsTest {
    @Test
    void parse_takesTheFifthField() {
        String mountinfo = """
                22 27 0:21 / /proc rw,nosuid shared:12 - proc proc rw
                512 490 254:1 /conf/app.conf /etc/nginx/conf.d/my\\040app\\134.conf rw,relatime - ext4 /dev/vda1 rw
                broken line
                """;

        assertThat(MountPoints.parse(mountinfo)).containsExactly("/proc", "/etc/nginx/conf.d/my app\\.conf");
    }

    @Test
    void includes_whatThisMachineHas() {
        assertThat(MountPoints.includes(Path.of("/proc"))).isTrue();
        assertThat(MountPoints.includes(Path.of("/proc/self/mountinfo"))).isFalse();
        assertThat(MountPoints.includes(Path.of("/no/such/folder/file"))).isFalse();
    }
}
