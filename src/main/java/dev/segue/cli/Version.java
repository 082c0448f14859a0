package dev.segue.cli;

import dev.segue.settings.Build;

/** The line that {@code --version} prints. */
final class Version {
    private Version() {}

    /** {@code segue 0.1.0 (commit abc1234, Java 17.0.15)}. */
    static String line() {
        Build build = Build.current();
        return "segue " + build.version() + " (commit " + build.commit() + ", Java "
                + System.getProperty("java.version") + ")";
    }
}
