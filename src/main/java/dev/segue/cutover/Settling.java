package dev.segue.cutover;

import dev.segue.command.CommandRunner;
import dev.segue.command.OlderWorkers;
import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.resource.Resource;
import dev.segue.resource.ShellCommand;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is left, of each program, of the time before its last reload. Thread-safe. */
public final class Settling {
    private final CommandRunner commands;
    private final Map<Path, OlderWorkers> programs = new ConcurrentHashMap<>();
    private final Map<String, Long> settledByCommand = new ConcurrentHashMap<>();

    /** @param commands runs each {@code settle_cmd} */
    public Settling(CommandRunner commands) {
        this.commands = commands;
    }

    /** The program of {@code resource} is about to be told to reload. Blocks for milliseconds. */
    public void reloadComes(Resource resource) {
        older(resource).ifPresent(OlderWorkers::reloadComes);
    }

    /**
     * Without a {@code pid_file} nobody knows who still serves: then what has settled counts as drained. Blocks for
     * milliseconds, and for the time limit of the resource's {@code settle_cmd}, if it has one, until that succeeds.
     *
     * @param reloads how often the program was told so far
     */
    Settlement of(Resource resource, long reloads) {
        Optional<OlderWorkers.State> state = older(resource).map(OlderWorkers::state);
        boolean oldAccept = resource.program().settle().isPresent()
                ? !hasSettled(resource, resource.program().settle().get(), reloads)
                : state.isPresent() && state.get().accepting() > 0;
        if (oldAccept) {
            return Settlement.OLD_ACCEPT;
        }
        return state.isPresent() && state.get().serving() > 0 ? Settlement.SETTLED : Settlement.DRAINED;
    }

    private boolean hasSettled(Resource resource, ShellCommand settle, long reloads) {
        Long known = settledByCommand.get(resource.name());
        if (reloads == 0 || (known != null && known == reloads)) {
            return true;
        }
        boolean settled = commands.run(settle.line(resource.dest(), resource.dest()), settle.timeout())
                .succeeded();
        if (settled) {
            settledByCommand.put(resource.name(), reloads);
        }
        return settled;
    }

    private Optional<OlderWorkers> older(Resource resource) {
        return resource.program().pidFile().map(file -> programs.computeIfAbsent(file, OlderWorkers::new));
    }
}
