package dev.segue;

import dev.segue.cli.SegueCommandLine;
import dev.segue.daemon.Daemon;

/** Runs the command line and exits with its code. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new SegueCommandLine(Daemon::new, System.getenv(), System.out, System.err).run(args));
    }
}
