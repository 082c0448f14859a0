package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.settings.StoreSettings.Login;
import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.EtcdUsers;
import dev.segue.testing.SegueProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The rights that README says are enough, for a member and for who asks it. */
@Tag("server")
@Timeout(120)
class MemberRightsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.withLogin(new Login("admin", "open sesame"), 300);

    @TempDir
    Path folder;

    @Test
    void memberWhoMayWriteBelowSegueAndReadItsKeys_acknowledges() throws Exception {
        EtcdUsers users = new EtcdUsers(ETCD);
        Login member = users.add("member");
        users.grant("member", "READ", "/app");
        users.grantBelow("member", "READ", "/app/");
        users.grantBelow("member", "WRITE", "/segue/web/");
        Login asker = users.add("asker");
        users.grant("asker", "READ", "/app/v");
        users.grant("asker", "READ", "/segue/web");
        users.grantBelow("asker", "READ", "/segue/web/");
        ETCD.put("/app/v", "1");
        ConfDirFolder confDir = ConfDirFolder.in(folder);
        confDir.template("x.ftl", "${getv(\"/app/v\")}");
        confDir.resource("x.toml", "x.ftl", folder.resolve("x.txt"), "/app");
        try (SegueProcess segue = as(
                member,
                "--watch",
                "--acknowledge",
                "web",
                "--confdir",
                confDir.path().toString())) {
            await().atMost(PATIENCE).until(() -> !ETCD.entries("/segue/web/").isEmpty());
            try (SegueProcess wait = as(asker, "wait", "--group", "web", "--key", "/app/v")) {
                assertThat(wait.exitCode()).as(wait.out() + wait.log()).isZero();
            }
            ETCD.put("/app/v", "2");
            try (SegueProcess wait = as(asker, "wait", "--group", "web", "--key", "/app/v")) {
                assertThat(wait.exitCode()).as(wait.out() + wait.log()).isZero();
            }
            assertThat(segue.log()).doesNotContain("WARN").doesNotContain("ERROR");
            assertThat(segue.terminate()).isZero();
            assertThat(ETCD.entries("/segue/web/")).isEmpty();
        }
    }

    private SegueProcess as(Login login, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--username", login.user(), ETCD.url().toString()));
        return SegueProcess.start(folder, Map.of("SEGUE_PASSWORD", login.password()), all.toArray(String[]::new));
    }
}
