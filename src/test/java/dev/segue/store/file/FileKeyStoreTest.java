package dev.segue.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.Backend;
import dev.segue.store.StoreException;
import dev.segue.store.StoreException.Kind;
import dev.segue.testing.Follower;
import dev.segue.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files count, what is said of those that are wrong, and what is read while they change. */
@Timeout(60)
class FileKeyStoreTest {
    private static final KeyRanges ALL = new KeyRanges(List.of(KeyPath.ROOT));
    private static final int SWAPS = 300;

    @TempDir
    Path folder;

    @Test
    void read_severalFiles_lastCounts() throws Exception {
        Path base = write("base.yaml", "app: {a: base, b: base}");
        Path own = write("own.json", "{\"/app/b\": \"own\", \"app\": {\"c\": \"own\"}}");

        assertThat(read(base, own)).containsExactly("/app/a=base", "/app/b=own", "/app/c=own");
        assertThat(read(own, base)).containsExactly("/app/a=base", "/app/b=base", "/app/c=own");
    }

    @Test
    void read_folder_takesFilesOfKeysAndFilesThatAreKeys() throws Exception {
        write("tree/b.yml", "from: yaml");
        write("tree/deep/c.json", "{\"deep\": \"json\"}");
        write("tree/d.TOML", "toml = 1");
        write("tree/app/db/host", "10.0.0.1\n");
        write("tree/.hidden", "x");
        write("tree/..data/app/other", "x");
        Files.createSymbolicLink(folder.resolve("tree/nowhere"), folder.resolve("gone"));
        Files.createSymbolicLink(folder.resolve("tree/linked"), write("elsewhere", "link"));

        assertThat(read(folder.resolve("tree")))
                .containsExactly("/app/db/host=10.0.0.1\n", "/deep=json", "/from=yaml", "/linked=link", "/toml=1");
    }

    @Test
    void read_nameThatIsNoText_isTheKeyByteForByte() throws Exception {
        write("tree/app/a", "1");
        Shell.run("cd \"$1\" && printf 2 > \"$(printf 'caf\\351 %%\\303\\251')\"", folder.resolve("tree/app"));

        assertThat(read(folder.resolve("tree"))).containsExactly("/app/a=1", "/app/caf\uDCE9 %\u00E9=2");
    }

    @Test
    void read_filter_choosesInFoldersAlone() throws Exception {
        write("tree/a.yaml", "a: 1");
        write("tree/b.json", "{\"b\": 1}");
        write("tree/deep/c.yaml", "c: 1");
        write("tree/d", "1");
        Path named = write("named", "e: 1");

        try (FileKeyStore store =
                new FileKeyStore(new Backend.KeyFiles(List.of(folder.resolve("tree"), named), "*.yaml"))) {
            assertThat(entries(store.read(ALL))).containsExactly("/a=1", "/c=1", "/e=1");
        }
    }

    @Test
    void read_linkToItself_isNamedOnce() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link"));

        assertUnreachable(
                link,
                "file " + link + ": Too many levels of symbolic links or unable to access attributes of symbolic link");
    }

    @Test
    void read_pipeInAFolder_isLeftOut() throws Exception {
        write("tree/a", "1");
        Path pipe = folder.resolve("tree/pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

        assertThat(read(folder.resolve("tree"))).containsExactly("/a=1");
        assertUnreachable(pipe, "file " + pipe + ": is neither a file nor a folder");
    }

    @Test
    void read_brokenFile_isRefusedWithItsLinesUntilItIsMended() throws Exception {
        Path file = write("keys.yaml", "a: 1\nb: 1\n");
        try (FileKeyStore store = open(file)) {
            KeySnapshot good = store.read(ALL);

            write("keys.yaml", "a: secret\nb: [hidden\nc: {}\n");
            assertThatThrownBy(() -> store.read(ALL))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessageStartingWith("file " + file + ":3: not YAML or JSON: ")
                    .hasMessageNotContaining("secret")
                    .hasMessageNotContaining("hidden");

            write("keys.yaml", "a: 1\n/a: 2\nb: 1\n/b: 2\n");
            assertThatThrownBy(() -> store.read(ALL))
                    .hasMessage("file " + file + ":2: key /a is given twice; " + file + ":4: key /b is given twice");

            write("keys.yaml", "{b: 1, a: 1}");
            assertThat(store.read(ALL)).isSameAs(good);
        }
    }

    @Test
    void read_brokenToml_showsNoValue() throws Exception {
        Path file = write("keys.toml", "a = 1\nb = secret\n");
        try (FileKeyStore store = open(file)) {
            assertThatThrownBy(() -> store.read(ALL))
                    .hasMessageStartingWith("file " + file + ":2:5: not TOML")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void read_missingOrLoopedFile_isUnreachableAndNamed() throws Exception {
        Path gone = folder.resolve("gone.yaml");
        assertUnreachable(gone, "file " + gone + ": no such file or folder");

        Path tree = Files.createDirectory(folder.resolve("tree"));
        Path loop = Files.createSymbolicLink(tree.resolve("loop"), tree);
        assertUnreachable(tree, "file " + loop + ": is linked into itself");
    }

    @Test
    void read_moreThanFitsIntoMemory_isRefused() throws Exception {
        Path large = write("large", "x".repeat((2 << 20) + 1));

        assertThatThrownBy(() -> new KeyFiles(2 << 20).read(FoundFile.at(large, "*")))
                .hasMessage("all files together are larger than 2 MiB");
    }

    /** As Kubernetes swaps a ConfigMap: each file is a link through {@code ..data}, which is renamed over. */
    @Test
    void read_whileAConfigMapIsSwapped_neverSeesHalfOfEach() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        swapTo(mount, 0);
        for (String name : List.of("first", "second")) {
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
        // One or two swaps a read, at any moment of it.
        Semaphore turns = new Semaphore(0);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= SWAPS; i++) {
                turns.acquireUninterruptibly();
                swapTo(mount, i);
            }
        });
        try (FileKeyStore store = open(mount)) {
            String seen = "0";
            while (!seen.equals("" + SWAPS)) {
                if (turns.availablePermits() == 0) {
                    turns.release();
                }
                KeySnapshot snapshot = store.read(ALL);
                assertThat(snapshot.value("/first")).isPresent().isEqualTo(snapshot.value("/second"));
                seen = snapshot.value("/first").orElseThrow();
            }
        }
        writer.get();
    }

    @Test
    void follow_fileThatIsMissing_tellsWhenItComes() throws Exception {
        Path file = folder.resolve("later/keys.yaml");
        Follower follower = new Follower();
        try (FileKeyStore store = open(file)) {
            store.follow(follower);

            write("later/keys.yaml", "a: 1");

            follower.awaitCall();
            assertThat(entries(store.read(ALL))).containsExactly("/a=1");
        }
    }

    private void swapTo(Path mount, int version) {
        try {
            Path fresh = Files.createDirectory(mount.resolve("..version" + version));
            Files.writeString(fresh.resolve("first"), "" + version);
            Files.writeString(fresh.resolve("second"), "" + version);
            Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), fresh.getFileName());
            Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertUnreachable(Path path, String message) {
        try (FileKeyStore store = open(path)) {
            assertThatThrownBy(() -> store.read(ALL))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                    .hasMessage(message);
        }
    }

    private static FileKeyStore open(Path... paths) {
        return new FileKeyStore(new Backend.KeyFiles(List.of(paths), "*"));
    }

    private static List<String> read(Path... paths) throws StoreException {
        try (FileKeyStore store = open(paths)) {
            return entries(store.read(ALL));
        }
    }

    private static List<String> entries(KeySnapshot snapshot) {
        return snapshot.entries().stream()
                .map(entry -> entry.key() + "=" + entry.value())
                .toList();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
