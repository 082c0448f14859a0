package dev.segue.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The places where something is mounted, as {@code /proc/self/mountinfo} lists them.
 *
 * <p>A rename onto one fails with EBUSY, of which Java passes on the text alone, in the system's language.
 */
final class MountPoints {
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private MountPoints() {}

    /** True if something is mounted on {@code file} itself; false if that cannot be known. */
    static boolean includes(Path file) {
        try {
            Path real = Folders.of(file).toRealPath().resolve(file.getFileName());
            return parse(new String(Files.readAllBytes(MOUNTINFO), StandardCharsets.UTF_8))
                    .anyMatch(real.toString()::equals);
        } catch (IOException e) {
            return false;
        }
    }

    /** The fifth field of each line; blanks and backslashes in it are written as octal numbers. */
    static Stream<String> parse(String mountinfo) {
        return mountinfo
                .lines()
                .map(line -> line.split(" ", 6))
                .filter(fields -> fields.length == 6)
                .map(fields -> OCTAL.matcher(fields[4])
                        .replaceAll(octal ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(octal.group(1), 8)))));
    }
}
