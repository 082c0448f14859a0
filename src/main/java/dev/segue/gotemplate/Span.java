package dev.segue.gotemplate;

/**
 * A part of a template's text.
 *
 * @param place where it begins
 * @param start the index of its first character
 * @param end the index behind its last
 */
public record Span(Place place, int start, int end) {
    Span to(Span last) {
        return new Span(place, start, last.end);
    }
}
