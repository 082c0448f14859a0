package dev.segue.resource;

import dev.segue.keys.KeyPath;
import dev.segue.keys.KeyRanges;
import dev.segue.settings.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One target file, the template and keys that make it, and the commands that go with it: one file of {@code conf.d}.
 *
 * @param name the file that defines it, as people see it from the confdir: {@code conf.d/nginx.toml}
 * @param template its template's name in {@code templates/}
 * @param dest the target, absolute
 * @param prefix what the template does not see of its keys' names
 * @param ranges the keys it reads of the run's own store, prefix included
 * @param elsewhere the keys it reads of other stores, by where these are; no key is in two, and {@code ranges} and these
 *     together are not empty
 * @param attributes what the target's mode and owner must be
 * @param outputFormat what the rendered text has to be; checked before {@code check} is run
 * @param check run on the staged file before it is installed
 * @param reload run after the target changed
 * @param verification asks after a reload whether the program serves what was installed
 * @param transaction resources with the same name are installed all or none
 * @param minReloadInterval between two reloads; zero for none
 * @param program how to find the program that reads the target
 * @param minKeys with fewer keys than this the target is left as it is; 0 for no such limit
 */
public record Resource(
        String name,
        String template,
        Path dest,
        KeyPath prefix,
        KeyRanges ranges,
        Map<StoreSettings, KeyRanges> elsewhere,
        FileAttributes attributes,
        Optional<OutputFormat> outputFormat,
        Optional<ShellCommand> check,
        Optional<ShellCommand> reload,
        Verification verification,
        Optional<String> transaction,
        Duration minReloadInterval,
        ReadingProgram program,
        int minKeys) {
    public Resource {
        elsewhere = Collections.unmodifiableMap(new LinkedHashMap<>(elsewhere));
    }

    /** All keys it reads, whatever the store. */
    public KeyRanges allRanges() {
        return KeyRanges.covering(Stream.concat(Stream.of(ranges), elsewhere.values().stream())
                .flatMap(each -> each.paths().stream())
                .toList());
    }
}
