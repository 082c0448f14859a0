package dev.segue.testing;

/** A server of any kind as a test may treat it; each method returns when the deed is done. */
public interface RealServer {
    /** Starts it again, with the data that it had, and waits until it answers. */
    void start();

    /** Ends it as a crash would. */
    void kill();

    /** Holds it still: connections stay open, nothing answers. */
    void pause();

    /** Lets it go on. */
    void resume();

    /** Starts it again with no data at all; it was killed. */
    void wipe();
}
