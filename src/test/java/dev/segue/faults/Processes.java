package dev.segue.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What runs on this machine, read from /proc. */
final class Processes {
    private static final int STATE = 0;
    private static final int GROUP = 2;

    private Processes() {}

    /** The members of the process group {@code group} that still run; one that has only its exit code left does not. */
    static List<ProcessHandle> inGroup(long group) {
        return ProcessHandle.allProcesses()
                .filter(process -> isInGroup(process.pid(), group))
                .toList();
    }

    private static boolean isInGroup(long pid, long group) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // After the name, which may hold anything: state, parent, group.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", GROUP + 2);
            return Long.parseLong(fields[GROUP]) == group && !fields[STATE].equals("Z");
        } catch (IOException e) {
            return false;
        }
    }
}
