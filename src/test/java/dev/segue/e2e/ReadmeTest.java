package dev.segue.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's tour, run as it stands: every {@code sh} block in one shell, one after another, and the block behind it
 * compared with what was printed. A network of its own keeps etcd's well-known port free.
 */
@Tag("server")
@Timeout(180)
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    /** What the commands above print; other blocks show files. */
    private static final Set<String> OUTPUTS = Set.of("diff", "log", "output");

    private static final String END_OF_BLOCK = "--- end of block ---";

    @TempDir
    Path folder;

    @Test
    void tour_runAsItStands_printsWhatItSays() throws IOException, InterruptedException {
        List<String> commands = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
        while (block.find()) {
            if (block.group(1).equals("sh")) {
                commands.add(block.group(2));
                expected.add(List.of());
            } else if (OUTPUTS.contains(block.group(1))) {
                expected.set(expected.size() - 1, block.group(2).lines().toList());
            }
        }
        assertThat(commands).isNotEmpty();

        List<String> printed = run(commands);

        assertThat(printed).hasSameSizeAs(commands);
        for (int i = 0; i < commands.size(); i++) {
            String output = printed.get(i).replace(folder.toRealPath() + "/tour", "TOUR");
            List<String> lines = output.lines().map(ReadmeTest::withoutTime).toList();
            if (!expected.get(i).isEmpty()) {
                assertThat(lines).as("printed by%n%s", commands.get(i)).containsSubsequence(expected.get(i));
            }
        }
    }

    private List<String> run(List<String> commands) throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("segue"), Path.of("bin/segue").toAbsolutePath());
        Path script = folder.resolve("tour.sh");
        Files.writeString(
                script,
                "set -euo pipefail\nip link set lo up\ntrap 'kill $(jobs -p) 2> /dev/null' EXIT\n"
                        + String.join("\necho '" + END_OF_BLOCK + "'\n", commands));
        Path output = folder.resolve("tour.out");
        ProcessBuilder builder = new ProcessBuilder("unshare", "--net", "bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("TMPDIR", folder.toString());
        // It would go on in the background when the test is over.
        builder.environment().put("SEGUE_ARCHIVE", "off");
        Process shell = builder.start();
        assertThat(shell.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String all = Files.readString(output);
        assumeTrue(!all.startsWith("unshare:"), "a network of its own is not permitted here: " + all);
        assertThat(shell.exitValue()).as(all).isZero();
        return List.of(all.split(END_OF_BLOCK + "\\n", -1));
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("^\\d{4}-\\S+ ", "");
    }
}
