package dev.segue.cutover;

import dev.segue.command.CommandResult;
import dev.segue.command.CommandRunner;
import dev.segue.command.OlderWorkers;
import dev.segue.cutover.Acknowledgement.Settlement;
import dev.segue.resource.Resource;
import dev.segue.resource.ShellCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is left, of each program, of the time before its last reload. Thread-safe. */
public final class Settling {
    private static final String WORKERS_ACCEPT = "older workers still take connections";

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
     * True if the program's workers of before its last reload were seen, and none of them takes connections any more. Blocks
     * for milliseconds.
     */
    public boolean isReplaced(Resource resource) {
        return older(resource).filter(OlderWorkers::areReplaced).isPresent();
    }

    /**
     * What is left of one program.
     *
     * @param why it has not settled, in words; empty once it has
     * @param output what the {@code settle_cmd} wrote that says so, safe and short enough for a log
     */
    record Look(Settlement settlement, Optional<String> why, List<String> output) {
        Look {
            output = List.copyOf(output);
        }

        private static Look settled(Settlement settlement) {
            return new Look(settlement, Optional.empty(), List.of());
        }

        private static Look unsettled(String why, List<String> output) {
            return new Look(Settlement.OLD_ACCEPT, Optional.of(why), output);
        }
    }

    /**
     * Without a {@code pid_file} nobody knows who still serves: then what has settled counts as drained. Blocks for
     * milliseconds, and for the time limit of the resource's {@code settle_cmd}, if it has one, until that succeeds.
     *
     * @param reloads how often the program was told so far
     */
    Look of(Resource resource, long reloads) {
        Optional<OlderWorkers.State> state = older(resource).map(OlderWorkers::state);
        if (resource.program().settle().isPresent()) {
            Optional<CommandResult> refusal =
                    refusal(resource, resource.program().settle().get(), reloads);
            if (refusal.isPresent()) {
                return Look.unsettled(
                        "settle command " + refusal.get().description(),
                        refusal.get().output().forLog());
            }
        } else if (state.isPresent() && state.get().accepting() > 0) {
            return Look.unsettled(WORKERS_ACCEPT, List.of());
        }
        return Look.settled(state.isPresent() && state.get().serving() > 0 ? Settlement.SETTLED : Settlement.DRAINED);
    }

    /** How the {@code settle_cmd} failed; empty once it succeeded since the last reload. */
    private Optional<CommandResult> refusal(Resource resource, ShellCommand settle, long reloads) {
        Long known = settledByCommand.get(resource.name());
        if (reloads == 0 || (known != null && known == reloads)) {
            return Optional.empty();
        }
        CommandResult result = commands.run(settle.line(resource.dest(), resource.dest()), settle.timeout());
        if (result.succeeded()) {
            settledByCommand.put(resource.name(), reloads);
            return Optional.empty();
        }
        return Optional.of(result);
    }

    private Optional<OlderWorkers> older(Resource resource) {
        return resource.program().pidFile().map(file -> programs.computeIfAbsent(file, OlderWorkers::new));
    }
}
