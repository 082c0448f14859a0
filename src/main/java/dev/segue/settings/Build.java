package dev.segue.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Segue this is, as the build wrote it down; {@code unknown} where it did not. */
public record Build(String version, String commit) {
    private static final String UNKNOWN = "unknown";

    /** Reads what lies beside the classes. */
    public static Build current() {
        Properties build = new Properties();
        try (InputStream file = Build.class.getResourceAsStream("build.properties")) {
            if (file != null) {
                build.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Build(known(build.getProperty("version", "")), known(build.getProperty("commit", "")));
    }

    /** A build outside a git checkout leaves the placeholder as it was. */
    static String known(String value) {
        return value.isBlank() || value.startsWith("$") ? UNKNOWN : value;
    }
}
