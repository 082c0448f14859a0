package dev.segue.settings;

/**
 * How a run ended, for whoever started it.
 *
 * @param code 0 to 255
 */
public record ExitCode(int code) {
    /** Done as asked; nothing failed, and in {@code plan} nothing would change. */
    public static final ExitCode OK = new ExitCode(0);
    /** At least one resource failed ({@code --onetime} and {@code plan}). */
    public static final ExitCode RESOURCE_FAILED = new ExitCode(1);
    /** Something could not be carried over ({@code convert}). */
    public static final ExitCode NOT_CARRIED_OVER = new ExitCode(1);
    /** Not all members have applied it ({@code wait}); it failed and was undone, or the old server may be in use ({@code switch}). */
    public static final ExitCode NOT_APPLIED = new ExitCode(1);
    /** {@code plan} found something that would change. */
    public static final ExitCode CHANGES = new ExitCode(2);
    /** The command line makes no sense. */
    public static final ExitCode USAGE = new ExitCode(2);
    /** Environment, configuration file or confdir cannot be used. */
    public static final ExitCode CONFIGURATION = new ExitCode(3);
    /** The store could not be read ({@code --onetime}, {@code plan}, and the commands of the cutover). */
    public static final ExitCode STORE_UNREACHABLE = new ExitCode(4);
    /** Segue itself is wrong; the log has the trace. */
    public static final ExitCode BUG = new ExitCode(70);

    /** {@code --onetime}, {@code plan}, {@code wait} or {@code switch} was ended by INT: 128 and the signal's number. */
    public static final ExitCode INTERRUPTED = new ExitCode(130);
    /** The same by TERM. */
    public static final ExitCode TERMINATED = new ExitCode(143);

    /** The exit code of a supervised program is ours too. */
    public static ExitCode ofChild(int code) {
        return new ExitCode(code);
    }
}
