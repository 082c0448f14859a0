/**
 * The command line: how it is written, what its help says, and how a run starts and ends.
 *
 * <p>Imports {@code settings}, its own sub-room {@code cli.flags}, and picocli, which nobody else knows. The only room
 * that reads the environment (from a map that {@code Main} hands in) and prints to standard output. Runs on the main
 * thread; sets up the log before any other room is entered.
 *
 * <p><b>Why does a line pass through {@link dev.segue.cli.Arguments} first?</b> confd's dialect (one dash, {@code
 * -watch=false}, anything in any order) must work, and a parser set up to guess at it would guess. One small pure class
 * makes one form of all dialects; picocli then sees only {@code --name=value} and words.
 *
 * <p><b>Why no annotations?</b> {@link dev.segue.cli.flags.Flag} already is the table of flags, for the environment and the
 * file too; and picocli spends most of its start on reflection over annotated classes.
 */
@NullMarked
package dev.segue.cli;

import org.jspecify.annotations.NullMarked;
