package dev.segue.gotemplate;

/**
 * A place in a template's text.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
public record Place(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
