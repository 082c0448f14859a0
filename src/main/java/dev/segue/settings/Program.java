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

    /** Makes a confdir for Segue of one for confd; says to {@code out} which template became which. */
    ExitCode convert(ConvertRequest request, PrintStream out);

    /** Prints to {@code out} what the members of a group have applied: once, or until it is told to stop. */
    ExitCode status(StatusRequest request, PrintStream out);

    /** Blocks until the members of a group have applied what is waited for, or the time is over. */
    ExitCode await(WaitRequest request, PrintStream out);

    /** Changes keys and waits until the members have applied that; says to {@code out} how far it is. */
    ExitCode switchOver(SwitchRequest request, PrintStream out);

    /** Keeps a server's key in the store while the server is well, until it is told to stop or the server ends. */
    ExitCode register(RegisterRequest request);
}
