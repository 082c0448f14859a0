package dev.segue.command;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/** A signal that Segue sends; Java itself knows only TERM and KILL, so they go through the shell's {@code kill}. */
public enum Signal {
    HUP,
    INT,
    QUIT,
    KILL,
    USR1,
    USR2,
    TERM,
    WINCH;

    /** Sends it to one process; one that is gone is no error. Blocks for as long as a shell takes to start and end. */
    void send(long pid) {
        kill(Long.toString(pid));
    }

    /** Sends it to every process of a group; a group that is gone is no error. Blocks as {@link #send} does. */
    void sendToGroup(long group) {
        kill("-" + group);
    }

    private void kill(String target) {
        ProcessBuilder builder = Launch.prepare(List.of("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", name(), target))
                .redirectInput(Launch.FROM_NOTHING)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        try {
            // Unlike waitFor, join is not cut short by an interruption: the signal is on its way when it returns.
            builder.start().onExit().join();
        } catch (IOException e) {
            // Nothing can be started now, so this signal is lost; who must be sure follows up with destroyForcibly.
            return;
        }
    }
}
