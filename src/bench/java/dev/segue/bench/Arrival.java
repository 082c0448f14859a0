package dev.segue.bench;

import java.io.IOException;
import java.util.OptionalLong;

/** What a put must bring about. */
interface Arrival {
    /** Takes the present state for the old one. */
    void arm() throws IOException;

    /** Looks once, cheaply: when it was seen to have happened with this value ({@link System#nanoTime}), if it has. */
    OptionalLong look(String value) throws IOException;
}
