package dev.segue.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each row of the README's table of faults names tests that are there. */
@Timeout(20)
class ReliabilityTableTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z]+Test)(?:\\.([A-Za-z0-9_]+))?`");

    @Test
    void rows_all_nameTestsThatExist() throws IOException {
        Map<String, Path> classes;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            classes = files.filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), Function.identity()));
        }
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(40);
        for (String row : rows) {
            List<MatchResult> names = NAMED.matcher(row).results().toList();
            assertThat(names).as(row).isNotEmpty();
            for (MatchResult name : names) {
                assertThat(classes).as(row).containsKey(name.group(1));
                if (name.group(2) != null) {
                    assertThat(Files.readString(classes.get(name.group(1))))
                            .as(row)
                            .contains("void " + name.group(2) + "(");
                }
            }
        }
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream()
                .dropWhile(line -> !line.equals("## Reliability"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList();
    }
}
