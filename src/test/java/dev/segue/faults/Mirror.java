package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A confdir whose one resource copies all keys directly below {@code /app} into a file, and counts its reloads. */
final class Mirror {
    /** Said when the store is lost; the words before it depend on what Segue was doing then. */
    static final String LOST = "; files stay as they are, trying again until it answers";

    static final String BACK = ": back after ";

    /** A put is seen within this time, also after an outage. */
    private static final Duration PROMISE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final ConfDirFolder confDir;

    private Mirror(Path folder, ConfDirFolder confDir) {
        this.folder = folder;
        this.confDir = confDir;
    }

    /** One below {@code parent}. */
    static Mirror in(Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, "mirror");
        Mirror mirror = new Mirror(folder, ConfDirFolder.in(folder));
        mirror.confDir.template("mirror.ftl", """
                <#list gets("/app/*") as each>
                ${each.key}=${each.value}
                </#list>
                """);
        mirror.confDir.resource(
                "mirror.toml",
                "mirror.ftl",
                mirror.target(),
                "/app",
                "reload_cmd = \"echo reloaded >> " + mirror.reloadLog() + "\"");
        return mirror;
    }

    /** Starts {@code segue MODE --confdir ... STORES}, with further flags in {@code mode} separated by spaces. */
    SegueProcess start(String mode, URI... stores) {
        return start(mode, Map.of(), stores);
    }

    /** As {@link #start(String, URI...)}, with {@code environment} added to the test's own. */
    SegueProcess start(String mode, Map<String, String> environment, URI... stores) {
        List<String> arguments = new ArrayList<>(List.of(mode.split(" ", -1)));
        arguments.addAll(List.of("--confdir", confDir.path().toString()));
        List.of(stores).forEach(store -> arguments.add(store.toString()));
        return SegueProcess.start(folder, environment, arguments.toArray(String[]::new));
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    Path target() {
        return folder.resolve("target");
    }

    private Path reloadLog() {
        return folder.resolve("reloads");
    }

    /** The target as it is now. */
    String text() {
        return read(target());
    }

    /** How often the reading program was reloaded. */
    int reloads() {
        return Math.toIntExact(read(reloadLog()).lines().count());
    }

    /** Waits until the target is what the store holds. */
    void awaitInStep(EtcdServer store) {
        awaitInStep(store, PATIENCE);
    }

    /** Puts {@code value}, which must be a new one, and waits until it is in the target and told of: 2 s at most. */
    void assertFollows(EtcdServer store, String value) {
        int before = reloads();
        store.put("/app/followed", value);
        awaitInStep(store, PROMISE);
        await().atMost(PATIENCE).until(() -> reloads() > before);
    }

    private void awaitInStep(EtcdServer store, Duration limit) {
        String wanted = store.entries("/app/").entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        await().atMost(limit)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(text()).isEqualTo(wanted));
    }

    /** Nothing that a person has to act upon was logged, each of {@code said} once, and it ends as it should. */
    static void assertWell(SegueProcess segue, Map<String, Integer> said) {
        assertThat(segue.isAlive()).isTrue();
        said.forEach((words, times) ->
                assertThat(segue.linesWith(words)).as(segue.log()).isEqualTo(times.longValue()));
        assertThat(segue.messages()).noneMatch(line -> line.startsWith("ERROR "));
        assertThat(segue.terminate()).isZero();
    }

    /** What is logged when the store was lost once, and came back. */
    static Map<String, Integer> lostOnce() {
        return Map.of(LOST, 1, BACK, 1);
    }

    /** A store that is away for less than a request's time need not be missed; nor is it missed twice. */
    static void assertWellAndLostAtMostOnce(SegueProcess segue) {
        assertThat(segue.linesWith(LOST)).as(segue.log()).isLessThanOrEqualTo(1);
        assertWell(segue, Map.of());
    }

    static Map<String, Integer> neverLost() {
        return Map.of(LOST, 0, BACK, 0);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
