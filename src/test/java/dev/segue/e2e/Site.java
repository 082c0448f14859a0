package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.ConfDirFolder;
import dev.segue.testing.EtcdServer;
import dev.segue.testing.SegueProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A confdir with its targets and the etcd that feeds it.
 *
 * <p>One of its resources, {@code good}, is always right: whatever is wrong with the others, it has to be kept in step.
 */
public final class Site {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final EtcdServer etcd;
    private final ConfDirFolder confDir;
    private final AtomicInteger round = new AtomicInteger();

    private Site(Path folder, EtcdServer etcd, ConfDirFolder confDir) {
        this.folder = folder;
        this.etcd = etcd;
        this.confDir = confDir;
    }

    /** A site below {@code parent} with the good resource alone; puts its key. */
    public static Site in(Path parent, EtcdServer etcd) throws IOException {
        Path folder = Files.createTempDirectory(parent, "site");
        Files.createDirectory(folder.resolve("targets"));
        Site site = new Site(folder, etcd, ConfDirFolder.in(folder));
        site.template("good.ftl", "good ${getv(\"/good\")}");
        site.confDir.resource("good.toml", "good.ftl", site.target("good"), "/good");
        etcd.put("/good", "0");
        return site;
    }

    public Path confDir() {
        return confDir.path();
    }

    public Path target(String name) {
        return folder.resolve("targets").resolve(name);
    }

    /** A file for what a command or a child tells. */
    public Path note(String name) {
        return folder.resolve(name);
    }

    public Site template(String name, String text) throws IOException {
        confDir.template(name, text);
        return this;
    }

    /** The resource {@code conf.d/NAME.toml}, from the keys below {@code /app} to {@link #target}, with further lines. */
    public Site resource(String name, String template, String... further) throws IOException {
        confDir.resource(name + ".toml", template, target(name), "/app", further);
        return this;
    }

    /** The file {@code conf.d/NAME.toml}, whatever is in it. */
    public Site resourceText(String name, String text) throws IOException {
        confDir.resource(name + ".toml", text);
        return this;
    }

    public Site removeResource(String name) throws IOException {
        Files.delete(confDir().resolve("conf.d/" + name + ".toml"));
        return this;
    }

    /** The target {@code name} as an earlier run left it. */
    public Site oldTarget(String name) throws IOException {
        Files.writeString(target(name), "old " + name);
        return this;
    }

    public String text(String name) {
        return text(target(name));
    }

    public static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "(no file)";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts {@code segue FLAGS --confdir ... URL}. */
    public SegueProcess start(String... flags) {
        List<String> arguments = new ArrayList<>(Arrays.asList(flags));
        arguments.addAll(List.of("--confdir", confDir().toString(), etcd.url().toString()));
        return startBare(arguments.toArray(String[]::new));
    }

    /** Starts {@code segue ARGUMENTS}. */
    public SegueProcess startBare(String... arguments) {
        return SegueProcess.start(folder, arguments);
    }

    public void awaitText(String name, String text) {
        awaitText(target(name), text);
    }

    public static void awaitText(Path file, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(text(file)).isEqualTo(text));
    }

    /** Changes the good resource's key and waits until its target follows: everything was looked at once more. */
    public void awaitGoodFollows() {
        String value = "round " + round.incrementAndGet();
        etcd.put("/good", value);
        awaitText("good", "good " + value);
    }

    /** Waits for messages and then for two more looks at everything, in which none of them may come again. */
    public void awaitToldOnce(SegueProcess segue, String... messages) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(segue.messages()).contains(messages));
        awaitGoodFollows();
        awaitGoodFollows();
        assertThat(segue.messages()).containsOnlyOnce(messages);
        assertThat(segue.isAlive()).isTrue();
    }

    /** Waits until {@code conf.d/NAME.toml} is said to have recovered, which must be said once. */
    public void awaitRecovered(SegueProcess segue, String name) {
        String start = "INFO conf.d/" + name + ".toml: recovered after ";
        segue.awaitLog(start);
        awaitGoodFollows();
        assertThat(segue.linesWith(start)).isEqualTo(1);
    }

    /** Staged files that were left beside the targets. */
    public List<String> leftovers() throws IOException {
        try (var files = Files.list(folder.resolve("targets"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }
}
