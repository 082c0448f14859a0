package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code bin/segue} and its archive, installed in a folder of its own; whatever becomes of the archive, Segue starts. */
@Tag("server")
@Timeout(300)
class LauncherTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What the JVM says of a class that it takes out of an archive. */
    private static final String FROM_THE_ARCHIVE = "dev.segue.cli.SegueCommandLine source: shared objects file";

    @TempDir
    Path folder;

    private final Shell shell = new Shell();
    private Path home;
    private Path jar;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectory(folder.resolve("a home"));
        Path root = Files.createDirectory(folder.resolve("installation"));
        Files.createDirectory(root.resolve("bin"));
        Files.createDirectory(root.resolve("lib"));
        Files.copy(Path.of("bin/segue"), root.resolve("bin/segue"), StandardCopyOption.COPY_ATTRIBUTES);
        jar = root.resolve("lib/segue.jar");
        Files.copy(Path.of(System.getProperty("segue.jar", "target/segue.jar")), jar);
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        shell.unmount();
    }

    @Test
    void firstStart_doesNotWaitForTheArchiveThatLaterOnesUse() throws Exception {
        assertThat(start()).isEqualTo(start(Map.of("SEGUE_ARCHIVE", "off")));
        assertThat(archives()).isEmpty();

        Path archive = awaitArchive();

        assertThat(loadedClasses()).contains(FROM_THE_ARCHIVE);
        assertThat(start()).startsWith("segue ");
        assertThat(archive.getParent()).isDirectoryNotContaining("glob:**.making");
    }

    @Test
    void jarThatIsBuiltAnew_getsANewArchive() throws Exception {
        start();
        Path archive = awaitArchive();
        FileTime earlier = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));
        Files.setLastModifiedTime(jar, earlier);

        assertThat(start()).startsWith("segue ");

        await().atMost(PATIENCE).until(() -> Files.getLastModifiedTime(archive).equals(earlier));
        assertThat(loadedClasses()).contains(FROM_THE_ARCHIVE);
    }

    @Test
    void twoStartsAtOnce_makeOneArchive() throws Exception {
        Process one = process(Map.of()).start();
        Process two = process(Map.of()).start();

        assertThat(output(one)).startsWith("segue ").isEqualTo(output(two));
        awaitArchive();
        assertThat(loadedClasses()).contains(FROM_THE_ARCHIVE);
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void damagedArchive_isPassedOver(Damage damage) throws Exception {
        Path archive = jar.resolveSibling("segue.archive");
        damage.afflict(archive);
        Files.setLastModifiedTime(archive, Files.getLastModifiedTime(jar));

        assertThat(start()).startsWith("segue ").hasLineCount(1);
    }

    @Test
    void archiveThatWasCutShort_isPassedOverAndMadeAnew() throws Exception {
        start();
        Path archive = awaitArchive();
        long whole = Files.size(archive);
        Shell.run("truncate -s 10M \"$1\" && touch -r \"$2\" \"$1\"", archive, jar);

        assertThat(start()).startsWith("segue ").hasLineCount(1);

        await().atMost(PATIENCE).until(() -> Files.size(archive) > whole - whole / 10);
    }

    @Test
    void readOnlyHome_startsWithout() throws Exception {
        shell.mountSmallDisk(home, ",ro");

        assertThat(start()).startsWith("segue ").hasLineCount(1);
    }

    @Test
    void noHome_startsWithout() throws Exception {
        ProcessBuilder builder = process(Map.of());
        builder.environment().remove("HOME");

        assertThat(output(builder.start())).startsWith("segue ").hasLineCount(1);
    }

    @Test
    void noLocale_namesOfFilesAreUtf8() throws Exception {
        Path templates = Files.createDirectories(folder.resolve("templates"));
        Shell.run(
                "cd \"$1\" && printf 'a: 1' > \"$(printf '\\303\\251.yaml')\" && printf '${getv(\"/a\")}' > \"$(printf '\\303\\251.ftl')\"",
                templates);
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$1\" render \"$(printf '\\303\\251.ftl')\" --confdir \"$2\" --data \"$2/templates/$(printf '\\303\\251.yaml')\"",
                "sh",
                jar.getParent().resolveSibling("bin/segue").toString(),
                folder.toString());
        builder.redirectErrorStream(true)
                .environment()
                .putAll(process(Map.of("LANG", "C")).environment());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));

        assertThat(output(builder.start())).isEqualTo("1");
    }

    @Test
    void archiveThatCannotBeMade_isNotTriedAgain() throws Exception {
        shell.mountSmallDisk(home, "");
        assertThat(makeArchive(home.resolve("segue.archive")).waitFor()).isEqualTo(3);

        assertThat(home.resolve("segue.archive")).isEmptyFile();
        assertThat(Files.getLastModifiedTime(home.resolve("segue.archive"))).isEqualTo(Files.getLastModifiedTime(jar));
        assertThat(home).isDirectoryNotContaining("glob:**.making");
    }

    enum Damage {
        EMPTY {
            @Override
            void afflict(Path archive) throws IOException {
                Files.createFile(archive);
            }
        },
        OTHER_BYTES {
            @Override
            void afflict(Path archive) throws IOException {
                Files.writeString(archive, "no archive at all\n".repeat(10_000));
                Files.writeString(Path.of(archive + ".size"), Files.size(archive) + "\n");
            }
        };

        abstract void afflict(Path archive) throws IOException;
    }

    private Process makeArchive(Path archive) throws IOException {
        return process(Map.of(), "--make-archive", archive.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private String start() throws IOException, InterruptedException {
        return start(Map.of());
    }

    private String start(Map<String, String> environment) throws IOException, InterruptedException {
        return output(process(environment).start());
    }

    private String loadedClasses() throws IOException, InterruptedException {
        return start(Map.of("SEGUE_JAVA_OPTS", "-Xlog:class+load"));
    }

    private ProcessBuilder process(Map<String, String> environment, String... arguments) {
        List<String> line = Stream.concat(
                        Stream.of(jar.getParent().resolveSibling("bin/segue").toString()),
                        arguments.length == 0 ? Stream.of("--version") : Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().put("HOME", home.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** All that it prints, up to the end of the last process that holds the stream. */
    private static String output(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private Path awaitArchive() {
        await().atMost(PATIENCE).until(() -> !archives().isEmpty());
        return archives().get(0);
    }

    private List<Path> archives() {
        try {
            return Stream.of(Shell.run("find \"$1\" -name '*.archive' -type f 2> /dev/null || :", home)
                            .split("\n", -1))
                    .filter(line -> !line.isEmpty())
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
