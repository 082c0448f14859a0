package dev.segue.convert.expression;

import dev.segue.gotemplate.Place;

/** There is no FreeMarker for it; the message says what and why, in one line. */
public final class NotCarriedOverException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    public NotCarriedOverException(Place place, String reason) {
        super(reason);
        this.place = place;
    }

    public Place place() {
        return place;
    }
}
