package dev.segue.settings;

/** A value that cannot be what it is meant to be; the message goes on behind the value's name: {@code "5x" is not ...}. */
public final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }

    /** The message, never null. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
