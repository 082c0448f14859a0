package dev.segue.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class NginxRoleTest {
    @ParameterizedTest
    @CsvSource({
        "nginx: master process nginx -g daemon off;, MASTER",
        "nginx: worker process, WORKER",
        "nginx: worker process is shutting down, DRAINING_WORKER",
        "nginx: cache manager process, HELPER",
        "nginx: cache manager process is shutting down, HELPER",
        "nginx: cache loader process, HELPER",
        "nginx: privileged agent process, HELPER",
        "haproxy -sf 4711 -x sockpair@3 -W -f /etc/haproxy/haproxy.cfg, NONE",
        "/usr/sbin/apache2 -k start, NONE",
        "/usr/bin/rotatelogs /var/log/nginx: worker 86400, NONE",
        "'', NONE"
    })
    void of_title_isTheRole(String title, NginxRole role) {
        assertThat(NginxRole.of(title + "\0")).isEqualTo(role);
    }
}
