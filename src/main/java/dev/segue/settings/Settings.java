package dev.segue.settings;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one run was told, from flags, environment and configuration file together.
 *
 * @param confDir holds {@code conf.d} and {@code templates}
 * @param prefix put before the keys of every resource, instead of the resource's own prefix (as in confd)
 * @param interval between two looks at everything; positive
 * @param secretKeys patterns of keys whose values a diff must not show ({@code *} within a step, {@code **} across steps)
 * @param pace how changes that come close together are taken
 * @param stateDir holds what must survive a restart
 * @param http where to serve state to monitoring; empty for nowhere
 * @param readyLimit how long something may be owed, or the store be lost, before readiness is denied
 * @param membership under which name to tell others what is applied here; empty for not telling
 * @param child the program to start and supervise, with its arguments; empty for none
 */
public record Settings(
        StoreSettings store,
        Path confDir,
        Optional<String> prefix,
        Follow follow,
        Duration interval,
        Repeat repeat,
        Writes writes,
        Commands commands,
        StagedFiles stagedFiles,
        List<String> secretKeys,
        Pace pace,
        Path stateDir,
        Optional<InetSocketAddress> http,
        Duration readyLimit,
        Optional<Membership> membership,
        List<String> child) {

    public Settings {
        secretKeys = List.copyOf(secretKeys);
        child = List.copyOf(child);
    }

    /** The same, once and with nothing written: what {@code segue plan} does with the settings of a run. */
    public Settings asPlan() {
        return new Settings(
                store,
                confDir,
                prefix,
                Follow.POLL,
                interval,
                Repeat.ONCE,
                Writes.SHOWN_ONLY,
                commands,
                StagedFiles.REMOVED,
                secretKeys,
                pace,
                stateDir,
                Optional.empty(),
                readyLimit,
                Optional.empty(),
                List.of());
    }

    /** How a change in the store is noticed. */
    public enum Follow {
        /** At the next look, each {@code interval}. */
        POLL,
        /** At once; and still a look at everything each {@code interval}. */
        WATCH
    }

    /** How often everything is brought into step. */
    public enum Repeat {
        /** Until told to stop. */
        FOREVER,
        /** Once, then the run ends with an exit code that says how it went. */
        ONCE
    }

    /** Whether targets are touched. */
    public enum Writes {
        ALLOWED,
        /** confd's {@code -noop}: say what would change, as a diff. */
        SHOWN_ONLY
    }

    /** Whether check and reload commands run. */
    public enum Commands {
        RUN,
        /** confd's {@code -sync-only}. */
        SKIPPED
    }

    /** What becomes of a staged file. */
    public enum StagedFiles {
        REMOVED,
        /** confd's {@code -keep-stage-file}: a copy stays beside the target. */
        KEPT
    }
}
