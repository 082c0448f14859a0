package dev.segue.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code segue switch} shall do; prints without values.
 *
 * @param puts keys and values to put first, in order
 * @param deletes keys to delete once all members have applied the puts, in order
 * @param probes what must answer before anything is put: each {@code http://} or {@code https://} URL or
 *     {@code tcp://HOST:PORT}
 * @param members so many members must be there before anything is changed; empty for at least one
 * @param soak how long the puts must hold before the deletes
 * @param timeout how long the members may take for each of the two steps; positive
 * @param drainTimeout how long older workers may go on serving in the end; empty for not waiting for that
 */
public record SwitchRequest(
        StoreSettings store,
        String group,
        Map<String, String> puts,
        List<String> deletes,
        List<String> probes,
        OptionalInt members,
        Duration soak,
        Duration timeout,
        Optional<Duration> drainTimeout,
        Effect effect) {

    /** Whether anything is done. */
    public enum Effect {
        DONE,
        /** {@code --dry-run}. */
        TOLD_ONLY
    }

    @Override
    public String toString() {
        return "switch of " + group + ": put " + puts.keySet() + ", delete " + deletes;
    }
}
