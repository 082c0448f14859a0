package dev.segue.resource;

import dev.segue.keys.KeyPath;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a resource file does not say itself.
 *
 * @param prefix put before the keys of every resource instead of the file's own prefix (as confd's {@code -prefix} does)
 * @param checkTimeout zero for none
 * @param reloadTimeout zero for none
 * @param verifyTimeout positive
 * @param settleTimeout positive
 * @param environment the variables that a {@code verify_url} may name
 * @param stores reads the tables {@code [backend]}
 */
public record ResourceDefaults(
        Optional<KeyPath> prefix,
        Duration checkTimeout,
        Duration reloadTimeout,
        Duration verifyTimeout,
        Duration settleTimeout,
        Function<String, Optional<String>> environment,
        StoreTable stores) {
    /**
     * Each file's own prefix; 30 s for a check, 60 s for a reload, 10 s until it is verified, 10 s for a look whether it settled;
     * no variables, and no stores but the run's own.
     */
    public static final ResourceDefaults STANDARD = new ResourceDefaults(
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Verification.NONE.timeout(),
            Duration.ofSeconds(10),
            name -> Optional.empty(),
            (table, notes) -> Optional.empty());

    /** The same with this prefix for all; an empty text is none, as in confd. */
    public ResourceDefaults withPrefix(Optional<String> text) {
        return new ResourceDefaults(
                text.filter(prefix -> !prefix.isEmpty()).map(KeyPath::of),
                checkTimeout,
                reloadTimeout,
                verifyTimeout,
                settleTimeout,
                environment,
                stores);
    }

    /** The same with these variables. */
    public ResourceDefaults withEnvironment(Function<String, Optional<String>> variables) {
        return new ResourceDefaults(
                prefix, checkTimeout, reloadTimeout, verifyTimeout, settleTimeout, variables, stores);
    }

    /** The same with these stores. */
    public ResourceDefaults withStores(StoreTable reader) {
        return new ResourceDefaults(
                prefix, checkTimeout, reloadTimeout, verifyTimeout, settleTimeout, environment, reader);
    }
}
