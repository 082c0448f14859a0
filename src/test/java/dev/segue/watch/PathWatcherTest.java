package dev.segue.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PathWatcherTest {
    private static final int PATIENCE_SECONDS = 20;

    @TempDir
    Path folder;

    private final List<PathWatcher> watchers = new ArrayList<>();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Semaphore calls = new Semaphore(0);
    private Path confDir = Path.of("");

    @BeforeEach
    void makeConfDir() throws IOException {
        confDir = make(folder.resolve("site/confdir"));
    }

    @AfterEach
    void close() {
        enough.set(true);
        watchers.forEach(PathWatcher::close);
    }

    @Test
    void edit_isNoticed() throws Exception {
        watch(confDir);
        assertEditIsNoticed();
    }

    @Test
    void confDirDeletedAndMadeAgain_isWatchedAgain() throws Exception {
        watch(confDir);
        Files.delete(confDir.resolve("conf.d"));
        Files.delete(confDir);
        awaitQuiet();
        make(confDir);
        awaitQuiet();

        assertEditIsNoticed();
    }

    @Test
    void folderAboveDeletedAndMadeAgain_isWatchedAgain() throws Exception {
        watch(confDir);
        Files.delete(confDir.resolve("conf.d"));
        Files.delete(confDir);
        Files.delete(confDir.getParent());
        awaitQuiet();
        make(confDir);
        awaitQuiet();

        assertEditIsNoticed();
    }

    @Test
    void confDirSwappedForAnother_isNoticedAndWatched() throws Exception {
        Path other = make(folder.resolve("site/other"));
        watch(confDir);
        Files.move(confDir, folder.resolve("site/old"));
        Files.move(other, confDir);
        awaitQuiet();

        assertEditIsNoticed();
    }

    @Test
    void confDirIsALinkThatIsSwapped_isNoticedAndWatched() throws Exception {
        Path other = make(folder.resolve("site/other"));
        Path link = Files.createSymbolicLink(folder.resolve("site/link"), confDir);
        watch(link);
        Path fresh = Files.createSymbolicLink(folder.resolve("site/fresh"), other);
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
        awaitQuiet();

        Files.writeString(other.resolve("conf.d/a.toml"), "x");
        awaitCall();
    }

    @Test
    void neighbourOfTheConfDir_isNoMatter() throws Exception {
        watch(confDir);
        for (int i = 0; i < 20; i++) {
            Files.createDirectory(folder.resolve("site/neighbour" + i));
        }
        assertThat(calls.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
        assertEditIsNoticed();
    }

    @Test
    void editsThatNeverPause_areToldOf() throws Exception {
        watch(confDir);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                write(confDir.resolve("conf.d/a.toml"));
            }
        });
        awaitCall();
        awaitCall();
        enough.set(true);
        writer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void fileWrittenInPlace_isNoticed() throws Exception {
        Path file = Files.writeString(folder.resolve("site/keys.yaml"), "a: 1");
        watch(file);

        write(file);
        awaitCall();
    }

    @Test
    void fileReplacedByARename_isNoticedEachTime() throws Exception {
        Path file = folder.resolve("site/keys.yaml");
        watch(file);
        for (int i = 0; i < 3; i++) {
            Path fresh = Files.writeString(folder.resolve("site/fresh"), "a: " + i);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            awaitQuiet();
        }

        write(file);
        awaitCall();
    }

    @Test
    void configMapSwapped_isNoticedAlsoForOneFileOfIt() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        version(mount, "..1");
        Files.createSymbolicLink(mount.resolve("keys.yaml"), Path.of("..data/keys.yaml"));
        watch(mount.resolve("keys.yaml"));
        for (String next : List.of("..2", "..3")) {
            version(mount, next);
            awaitQuiet();
        }
    }

    @Test
    void linkedFileBelowAFolder_isNoticedWhereItLies() throws Exception {
        Path file = Files.writeString(folder.resolve("elsewhere.toml"), "");
        Files.createSymbolicLink(confDir.resolve("conf.d/a.toml"), file);
        watch(confDir);

        write(file);
        awaitCall();
    }

    /** As Kubernetes does it: a new folder, and a link of a fixed name that is swapped. */
    private static void version(Path mount, String name) throws IOException {
        Path version = Files.createDirectory(mount.resolve(name));
        Files.writeString(version.resolve("keys.yaml"), "a: " + name);
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(name));
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void watch(Path watched) throws IOException {
        watchers.add(PathWatcher.start(List.of(watched), calls::release));
    }

    /** What was done is told of, all of it. */
    private void awaitQuiet() throws InterruptedException {
        awaitCall();
        while (calls.tryAcquire(300, TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }

    private void assertEditIsNoticed() throws InterruptedException {
        write(confDir.resolve("conf.d/a.toml"));
        awaitCall();
    }

    private void awaitCall() throws InterruptedException {
        assertThat(calls.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "x");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path make(Path path) throws IOException {
        Files.createDirectories(path.resolve("conf.d"));
        return path;
    }
}
