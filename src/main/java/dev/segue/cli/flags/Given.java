package dev.segue.cli.flags;

/**
 * One value as a person gave it; prints without the value, which may be a password.
 *
 * @param source where it comes from
 * @param where the exact place: {@code --interval}, {@code SEGUE_INTERVAL}, {@code /etc/segue/segue.toml:3}
 * @param label what names the value if {@code where} does not: {@code "interval "} in a file, else empty
 */
public record Given(Source source, String where, String label, String text) {
    /** Where values come from; the earlier wins. */
    public enum Source {
        COMMAND_LINE,
        ENVIRONMENT,
        FILE
    }

    public static Given onCommandLine(String where, String text) {
        return new Given(Source.COMMAND_LINE, where, "", text);
    }

    /** The same place with another text. */
    Given with(String other) {
        return new Given(source, where, label, other);
    }

    @Override
    public String toString() {
        return where;
    }
}
