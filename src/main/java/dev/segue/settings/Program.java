package dev.segue.settings;

import java.io.PrintStream;

/** What a command line can ask for; each blocks until it is done and returns how it went. */
public interface Program {
    /** Keeps the targets in step with the store: until it is told to stop, or once. Diffs go to {@code out}. */
    ExitCode run(Settings settings, PrintStream out);

    /** Prints to {@code out} what {@link #run} would change now, and changes nothing. */
    ExitCode plan(Settings settings, PrintStream out);

    /** Prints the rendered template to {@code out}. */
    ExitCode render(RenderRequest request, PrintStream out);
}
