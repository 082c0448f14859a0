package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.e2e.SampleConfDir;
import dev.segue.e2e.Site;
import dev.segue.testing.AppServer;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.NginxServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Segue killed at moments that nobody chose, again and again, while keys change; with the sample resource, before an nginx
 * that lives through all of it. {@code -Dsegue.kills=N} says how often, {@code -Dsegue.seed=N} repeats a run.
 */
@Tag("server")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RandomKillTest {
    @RegisterExtension
    static final EtcdServer ETCD = EtcdServer.plain();

    private static final int KILLS = Integer.getInteger("segue.kills", 10);
    private static final long SEED = Long.getLong("segue.seed", 20_261_124);
    private static final int APPS = 6;
    private static final int LONGEST_DELAY_MILLIS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SERVER = Pattern.compile("^ *server (127\\.0\\.0\\.1:\\d+) ", Pattern.MULTILINE);
    private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{32}\\b");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final List<AppServer> apps = new ArrayList<>();
    private final Set<Integer> registered = new TreeSet<>();

    @Test
    void killedAtRandomUnderChangingKeys_endsConvergedEachTime() throws IOException {
        System.out.printf("%d kills, seed %d (-Dsegue.kills, -Dsegue.seed)%n", KILLS, SEED);
        try (NginxServer nginx = NginxServer.start(folder)) {
            for (int i = 0; i < APPS; i++) {
                apps.add(AppServer.start("app" + i));
            }
            Path confDir = SampleConfDir.in(folder, nginx);
            changeKeys();
            SegueProcess segue = start(nginx, confDir);
            try {
                for (int kill = 1; kill <= KILLS; kill++) {
                    // Most often in the middle of a change, at times in the middle of a start.
                    if (random.nextInt(3) == 0) {
                        segue.close();
                        changeKeys();
                        segue = start(nginx, confDir);
                        segue.awaitLog("as backend");
                    } else {
                        changeKeys();
                    }
                    await().pollDelay(Duration.ofMillis(random.nextInt(LONGEST_DELAY_MILLIS + 1)))
                            .until(() -> true);
                    segue.close();

                    segue = start(nginx, confDir);
                    awaitConverged(nginx, kill);
                }
                changeKeys();
                segue.awaitLog("as backend");
                awaitConverged(nginx, KILLS + 1);
                assertThat(segue.terminate()).isZero();
            } finally {
                segue.close();
            }
        } finally {
            apps.forEach(AppServer::close);
        }
    }

    private SegueProcess start(NginxServer nginx, Path confDir) {
        return SegueProcess.start(
                folder,
                SampleConfDir.environment(nginx),
                "--watch",
                "--interval=1h",
                "--state-dir",
                folder.resolve("state").toString(),
                "--confdir",
                confDir.toString(),
                ETCD.url().toString());
    }

    /** One to four servers come or go; one at least stays. */
    private void changeKeys() {
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int app = random.nextInt(APPS);
            if (registered.add(app)) {
                ETCD.put("/app/upstream/app" + app, apps.get(app).endpoint());
            } else if (registered.size() > 1) {
                registered.remove(app);
                ETCD.delete("/app/upstream/app" + app);
            }
        }
    }

    private void awaitConverged(NginxServer nginx, int kill) {
        Path target = nginx.confD().resolve("app.conf");
        StateDir stateDir = new StateDir(folder.resolve("state"));
        Set<String> names = registered.stream().map(app -> "app" + app).collect(Collectors.toSet());
        Set<String> endpoints =
                registered.stream().map(app -> apps.get(app).endpoint()).collect(Collectors.toSet());
        await("kill " + kill)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    String file = Site.text(target);
                    assertThat(all(SERVER, file)).containsExactlyInAnyOrderElementsOf(endpoints);
                    assertThat(nginx.fetchSecond("/").strip())
                            .isEqualTo(all(DIGEST, file).get(0));
                    assertThat(stateDir.owed(target)).isEqualTo("nothing");
                    assertThat(nginx.fetch("/", APPS)).isSubsetOf(names);
                    assertThat(stateDir.leftovers()).isEmpty();
                    try (Stream<Path> files = Files.list(nginx.confD())) {
                        assertThat(files).containsExactly(target);
                    }
                });
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.groupCount() == 0 ? match.group() : match.group(1))
                .toList();
    }
}
