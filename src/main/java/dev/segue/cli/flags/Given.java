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
        FILE,
        /** A resource file's {@code [backend]}, which is alone in what it tells of its store. */
        STORE_TABLE
    }

    public static Given onCommandLine(String where, String text) {
        return new Given(Source.COMMAND_LINE, where, "", text);
    }

    /** The same place with another text. */
    Given with(String other) {
        return new Given(source, where, label, other);
    }

    /** What people call {@code flag} where this value comes from. */
    String word(Flag flag) {
        return source == Source.STORE_TABLE ? flag.key() : flag.option();
    }

    @Override
    public String toString() {
        return where;
    }
}
