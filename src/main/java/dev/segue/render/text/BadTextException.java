package dev.segue.render.text;

/** A text is not what a function needs; the message says why and what is right, and never shows the text itself. */
public final class BadTextException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadTextException(String message) {
        super(message);
    }
}
