package dev.segue.settings;

import java.nio.file.Path;

/**
 * A confdir of confd to make one for Segue of.
 *
 * @param from the folder with {@code conf.d} and {@code templates}
 * @param to where the new one goes
 */
public record ConvertRequest(Path from, Path to, Existing existing) {
    /** What becomes of a file that is there already, and different. */
    public enum Existing {
        KEPT,
        REPLACED
    }
}
