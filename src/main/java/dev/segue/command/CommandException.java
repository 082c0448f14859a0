package dev.segue.command;

import java.io.IOException;

/** The supervised program could not be started; the message says which and why. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandException(String message, IOException cause) {
        super(message, cause);
    }
}
