/**
 * What Segue can be told, where each value comes from, and what the values mean together: flags, environment and
 * configuration file become one {@link dev.segue.settings.Settings}.
 *
 * <p>Imports {@code settings} and {@code toml}, and of {@code resource} what reads {@code [backend]}; knows nothing of how a command line is written, which is {@code cli}'s.
 * Used by one thread, before any other starts.
 *
 * <p><b>Why one table for all sources?</b> {@link dev.segue.cli.flags.Flag} names each thing once; its environment
 * variable and its key in the file follow from the name. So nothing can be set in one place and be forgotten in another.
 *
 * <p><b>Which source wins?</b> For each flag on its own: command line, then {@code SEGUE_} variables, then {@code CONFD_}
 * variables, then the file. confd documents the same order but lets its file win; that is not repeated.
 *
 * <p><b>Why does reading go on after a mistake?</b> Whoever mends a configuration wants to see all that is wrong with it
 * at once. A wrong value is noted and its default takes its place until the run is called off.
 */
@NullMarked
package dev.segue.cli.flags;

import org.jspecify.annotations.NullMarked;
