package dev.segue.resource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of a resource file, run by {@code /bin/sh -c}.
 *
 * @param text as written, with {@code {{.src}}} for the staged file and {@code {{.dest}}} for the target;
 *     once the staged file is installed both mean the target
 * @param timeout how long it may run; zero for as long as it wants
 */
public record ShellCommand(String text, Duration timeout) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*\\.(src|dest|dst)\\s*}}");

    /** The text with the two files' paths in their places, as they are (confd quotes nothing either). */
    public String line(Path src, Path dest) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement((place.group(1).equals("src") ? src : dest).toString()));
    }
}
