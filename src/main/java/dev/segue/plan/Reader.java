package dev.segue.plan;

/** Whether the program that reads the targets runs. */
public enum Reader {
    /** A change is served only once it was told to reload. */
    RUNNING,
    /** It will read the targets when it is started: nothing to reload, nothing owed. */
    NOT_STARTED
}
