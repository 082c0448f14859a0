/**
 * The command line: how it is written, what its help says, and how a run starts and ends.
 *
 * <p>Imports {@code settings}, its own sub-rooms {@code cli.flags} and {@code cli.cutover}, and picocli, which nobody else
 * knows. The only room that reads the environment (from a map that {@code Main} hands in) and prints to standard output.
 * Runs on the main thread; sets up the log before any other room is entered.
 *
 * <p><b>Why does a line pass through {@link dev.segue.cli.Arguments} first?</b> confd's dialect (one dash, {@code
 * -watch=false}, anything in any order) must work, and a parser set up to guess at it would guess. One small pure class
 * makes one form of all dialects, {@code --name=value} and words, which takes a dozen lines to read.
 *
 * <p><b>Why does picocli lay out the help, but not read the line?</b> Its classes are in a format that no archive of the JVM
 * takes, so that each start loaded and verified 180 of them: a fifth of the time to the first file. The table of flags is
 * {@link dev.segue.cli.flags.Flag}, for the environment and the file too.
 */
@NullMarked
package dev.segue.cli;

import org.jspecify.annotations.NullMarked;
