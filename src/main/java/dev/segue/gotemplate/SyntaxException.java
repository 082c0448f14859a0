package dev.segue.gotemplate;

/** A text is no Go template; the message says why, in one line. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    public SyntaxException(Place place, String reason) {
        super(reason);
        this.place = place;
    }

    public Place place() {
        return place;
    }
}
