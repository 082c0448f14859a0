package dev.segue.journal;

/** An entry's file cannot be believed; the message says why, in a few words. */
final class DamagedEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedEntryException(String why) {
        super(why);
    }
}
