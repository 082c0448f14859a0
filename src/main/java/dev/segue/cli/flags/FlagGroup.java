package dev.segue.cli.flags;

/** Flags that belong together, in the order of the help. */
public enum FlagGroup {
    RENDERED("What to render"),
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

    public String heading() {
        return heading;
    }
}
