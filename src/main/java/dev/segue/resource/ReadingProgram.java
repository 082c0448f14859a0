package dev.segue.resource;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to find the program that reads a target, and how to ask it whether a reload has settled.
 *
 * @param pidFile where it writes the pid of its first process
 * @param maxGenerations a reload waits while this many older generations of its workers still serve requests; 0 for no
 *     such limit; never set without {@code pidFile}
 * @param settle succeeds once nothing of before the reload accepts new connections
 */
public record ReadingProgram(Optional<Path> pidFile, int maxGenerations, Optional<ShellCommand> settle) {
    /** Not known. */
    public static final ReadingProgram UNKNOWN = new ReadingProgram(Optional.empty(), 0, Optional.empty());
}
