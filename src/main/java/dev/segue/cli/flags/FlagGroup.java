package dev.segue.cli.flags;

/** Flags that belong together, in the order of the help. */
public enum FlagGroup {
    RENDERED("What to render"),
    CONVERTED("Output"),
    CUTOVER("Cutover"),
    CONFIGURATION("Configuration"),
    WATCHED("What to keep in step"),
    STORE("Store"),
    OTHER_STORES("Stores other than etcd"),
    SECURITY("Security"),
    MODES("Modes"),
    STATE("State and monitoring"),
    LOGGING("Logging and help");

    private final String heading;

    FlagGroup(String heading) {
        this.heading = heading;
    }

    /** True if its flags stand on the command line of one command, and nowhere else. */
    public boolean isOfOneCommand() {
        return this == RENDERED || this == CONVERTED || this == CUTOVER;
    }

    public String heading() {
        return heading;
    }
}
