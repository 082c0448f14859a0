package dev.segue.cli.flags;

import dev.segue.settings.Backend;
import dev.segue.settings.InvalidValueException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Makes a {@link Backend} of what was given; used once, by one thread. */
final class BackendReader {
    private static final String ALL_FILES = "*";

    private final Inputs inputs;
    private final Findings findings;

    BackendReader(Inputs inputs, Findings findings) {
        this.inputs = inputs;
        this.findings = findings;
    }

    /** The backend; meaningless if {@code findings} hold a problem afterwards. */
    Backend read() {
        StoreKind kind = inputs.parsed(Flag.BACKEND, StoreKind::parse).orElse(StoreKind.ETCD);
        kind.foreignFlags().forEach(flag -> refuseForeign(kind, flag));
        return switch (kind) {
            case ETCD -> new Backend.Etcd();
            case REDIS -> new Backend.Redis(inputs.text(Flag.SEPARATOR).orElse("/"));
            case ZOOKEEPER -> new Backend.ZooKeeper();
            case FILE -> keyFiles();
            case ENV -> environment();
        };
    }

    /**
     * What an environment says may be meant for others too; but who shall acknowledge and can't would be waited for in vain.
     */
    private void refuseForeign(StoreKind kind, Flag flag) {
        inputs.one(flag)
                .filter(given -> given.source() == Given.Source.COMMAND_LINE
                        || given.source() == Given.Source.STORE_TABLE
                        || flag == Flag.ACKNOWLEDGE)
                .ifPresent(given -> findings.problem(
                        given,
                        "is not for " + given.word(Flag.BACKEND) + " " + kind.word() + " (it is for "
                                + StoreKind.of(flag) + ")"));
    }

    private Backend keyFiles() {
        List<Path> paths = inputs.all(Flag.FILE).stream()
                .flatMap(given -> inputs.parsed(given, Inputs::path).stream())
                .toList();
        if (paths.isEmpty()) {
            inputs.one(Flag.BACKEND)
                    .ifPresent(given -> findings.problem(given, "needs " + given.word(Flag.FILE) + " beside it"));
        }
        return new Backend.KeyFiles(
                paths, inputs.parsed(Flag.FILTER, BackendReader::glob).orElse(ALL_FILES));
    }

    private Backend environment() {
        if (inputs.isOn(Flag.WATCH)) {
            inputs.one(Flag.WATCH)
                    .ifPresent(given -> findings.warning(
                            given.where(),
                            given.label() + "does nothing with " + Flag.BACKEND.option()
                                    + " env: the environment of a process never changes"));
        }
        return new Backend.Environment();
    }

    private static String glob(String text) throws InvalidValueException {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + text);
            return text;
        } catch (PatternSyntaxException e) {
            throw new InvalidValueException("\"" + text + "\" is not a glob for file names (such as *.yaml)");
        }
    }
}
