package dev.segue.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.diff.UnifiedDiff.Colour;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UnifiedDiffTest {
    private static final Pattern RANGES = Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@");

    @Test
    void text_sameBytes_isEmpty() {
        assertThat(diff("a\n", "a\n")).isEmpty();
        assertThat(UnifiedDiff.between("old", Optional.of(bytes("a")), "new", bytes("a"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void text_oneLineChanged_hasThreeLinesAround() {
        assertThat(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))
                .isEqualTo("""
                        --- old
                        +++ new
                        @@ -2,7 +2,7 @@
                         2
                         3
                         4
                        -5
                        +five
                         6
                         7
                         8
                        """);
    }

    @Test
    void text_changesSixLinesApart_shareAHunk() {
        assertThat(diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n")).containsOnlyOnce("@@ -1,8 +1,8 @@\n");
    }

    @Test
    void text_changesSevenLinesApart_haveAHunkEach() {
        assertThat(diff("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n"))
                .contains("@@ -1,4 +1,4 @@\n", "@@ -6,4 +6,4 @@\n");
    }

    @Test
    void text_newFile_comesFromDevNull() {
        assertThat(UnifiedDiff.between("old", Optional.empty(), "new", bytes("a\nb\n"))
                        .text(Colour.PLAIN))
                .isEqualTo("--- /dev/null\n+++ new\n@@ -0,0 +1,2 @@\n+a\n+b\n");
    }

    @Test
    void text_newEmptyFile_isShownByItsNames() {
        UnifiedDiff diff = UnifiedDiff.between("old", Optional.empty(), "new", bytes(""));

        assertThat(diff.isEmpty()).isFalse();
        assertThat(diff.text(Colour.PLAIN)).isEqualTo("--- /dev/null\n+++ new\n");
    }

    @Test
    void text_allGone_removesEachLine() {
        assertThat(diff("a\n", "")).isEqualTo("--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n");
    }

    @Test
    void text_lastNewlineGone_saysSo() {
        assertThat(diff("a\nb\n", "a\nb"))
                .isEqualTo("--- old\n+++ new\n@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n");
    }

    @Test
    void text_lastLineWithoutNewlineOnBothSides_saysSoOnce() {
        assertThat(diff("a\nb", "A\nb"))
                .isEqualTo("--- old\n+++ new\n@@ -1,2 +1,2 @@\n-a\n+A\n b\n\\ No newline at end of file\n");
    }

    @Test
    void text_binary_isNotShown() {
        assertThat(diff("a\n", "a\0b")).isEqualTo("Binary files old and new differ\n");
        assertThat(UnifiedDiff.between("old", Optional.empty(), "new", new byte[1])
                        .text(Colour.PLAIN))
                .isEqualTo("Binary files /dev/null and new differ\n");
    }

    @Test
    void text_whatSteersATerminal_isEscaped() {
        byte[] latin1 = "gr\u00fcn\u001b[31m\r\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(UnifiedDiff.between("old", Optional.empty(), "a\nb", latin1).text(Colour.PLAIN))
                .isEqualTo("--- /dev/null\n+++ a\\nb\n@@ -0,0 +1 @@\n+gr\\xfcn\\x1b[31m\\r\n");
    }

    @Test
    void text_inColour_marksPlacesAndChanges() {
        assertThat(UnifiedDiff.between("old", Optional.of(bytes("a\nb\n")), "new", bytes("a\nc\n"))
                        .text(Colour.ANSI))
                .isEqualTo("""
                        --- old
                        +++ new
                        \u001b[36m@@ -1,2 +1,2 @@\u001b[0m
                         a
                        \u001b[31m-b\u001b[0m
                        \u001b[32m+c\u001b[0m
                        """);
    }

    @Test
    void masking_whatIsRemoved_isNotShown() {
        assertThat(masked("user app\npassword before\n", "user app\npassword hunter2\n", "hunter2"))
                .isEqualTo("--- old\n+++ new\n@@ -1,2 +1,2 @@\n user app\n-****\n+password ****\n");
    }

    @Test
    void masking_noSecretsNow_stillHidesWhatIsRemoved() {
        assertThat(masked("password before\n", "none\n")).isEqualTo("--- old\n+++ new\n@@ -1 +1 @@\n-****\n+none\n");
    }

    @Test
    void masking_secretOverTwoLines_keepsTheLines() {
        assertThat(masked("", "key --x\ny-- end\n", "--x\ny--")).endsWith("+key ****\n+**** end\n");
    }

    @Test
    void toString_holdsNoContent() {
        assertThat(UnifiedDiff.between("old", Optional.empty(), "new", bytes("hunter2")))
                .hasToString("old -> new");
    }

    @Test
    void text_twentyThousandLinesAllChanged_isQuick() {
        String before = IntStream.range(0, 20_000)
                .mapToObj(i -> "server 10.0.0." + i + ";\n")
                .collect(Collectors.joining());
        String after = before.replace(";", " weight=1;");

        assertThat(diff(before, after)).contains("@@ -1,20000 +1,20000 @@\n");
    }

    @RepeatedTest(200)
    void text_anyTwoFiles_leadsFromOneToTheOther(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String before = randomText(random);
        String after = randomText(random);

        assertThat(patched(before, diff(before, after))).isEqualTo(after);
    }

    private static String randomText(Random random) {
        int lines = random.nextInt(40);
        String text = random.ints(lines, 0, 6).mapToObj(n -> "line " + n + "\n").collect(Collectors.joining());
        return random.nextBoolean() || text.isEmpty() ? text : text.substring(0, text.length() - 1);
    }

    /** What {@code patch} would make of {@code before}, with every number and context line checked. */
    private static String patched(String before, String diff) {
        List<String> old = linesOf(before);
        List<String> made = new ArrayList<>();
        int at = 0;
        int oldEnd = 0;
        int newEnd = 0;
        char last = ' ';
        for (String line : diff.lines().skip(2).toList()) {
            Matcher ranges = RANGES.matcher(line);
            if (ranges.matches()) {
                assertThat(at).isEqualTo(oldEnd);
                int oldSize = size(ranges.group(2));
                int newSize = size(ranges.group(4));
                int start = Integer.parseInt(ranges.group(1)) - (oldSize == 0 ? 0 : 1);
                made.addAll(old.subList(at, start));
                at = start;
                assertThat(Integer.parseInt(ranges.group(3)) - (newSize == 0 ? 0 : 1))
                        .isEqualTo(made.size());
                oldEnd = at + oldSize;
                newEnd = made.size() + newSize;
            } else if (line.equals("\\ No newline at end of file")) {
                if (last != '-') {
                    made.add(made.remove(made.size() - 1).replace("\n", ""));
                }
            } else {
                String text = line.substring(1) + "\n";
                last = line.charAt(0);
                if (line.charAt(0) != '+') {
                    assertThat(old.get(at++).strip()).isEqualTo(text.strip());
                }
                if (line.charAt(0) != '-') {
                    made.add(text);
                }
                assertThat(made.size()).isLessThanOrEqualTo(newEnd);
            }
        }
        made.addAll(old.subList(at, old.size()));
        return String.join("", made);
    }

    private static int size(@Nullable String group) {
        return group == null ? 1 : Integer.parseInt(group);
    }

    private static List<String> linesOf(String text) {
        return text.isEmpty()
                ? List.of()
                : Pattern.compile("(?<=\n)").splitAsStream(text).toList();
    }

    private static String diff(String before, String after) {
        return UnifiedDiff.between("old", Optional.of(bytes(before)), "new", bytes(after))
                .text(Colour.PLAIN);
    }

    private static String masked(String before, String after, String... secrets) {
        return UnifiedDiff.between("old", Optional.of(bytes(before)), "new", bytes(after))
                .masking(List.of(secrets))
                .text(Colour.PLAIN);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
