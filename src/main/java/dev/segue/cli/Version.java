package dev.segue.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Segue this is, as the build wrote it down. */
final class Version {
    private static final String UNKNOWN = "unknown";

    private Version() {}

    /** {@code segue 0.1.0 (commit abc1234, Java 17.0.15)}. */
    static String line() {
        Properties build = build();
        return "segue " + known(build.getProperty("version", UNKNOWN)) + " (commit "
                + known(build.getProperty("commit", UNKNOWN)) + ", Java " + System.getProperty("java.version") + ")";
    }

    /** A build outside a git checkout leaves the placeholder as it was. */
    static String known(String value) {
        return value.isBlank() || value.startsWith("$") ? UNKNOWN : value;
    }

    private static Properties build() {
        Properties build = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("build.properties")) {
            if (file != null) {
                build.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build;
    }
}
