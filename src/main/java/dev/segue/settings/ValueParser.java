package dev.segue.settings;

/** Makes a value of the text that a person wrote, wherever it stood. */
@FunctionalInterface
public interface ValueParser<T> {
    /** Pure; throws for whatever it cannot read. */
    T parse(String text) throws InvalidValueException;
}
