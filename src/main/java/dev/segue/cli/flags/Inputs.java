package dev.segue.cli.flags;

import dev.segue.settings.InvalidValueException;
import dev.segue.settings.ValueParser;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values that a run was given, from all sources: for each flag the first source that names it counts, and of a flag
 * that takes one value the last in that source. An empty text is as good as none, so that scripts and compose files can
 * pass on variables that may be unset.
 */
public final class Inputs {
    private static final Map<String, Boolean> SWITCH_WORDS = Map.ofEntries(
            Map.entry("true", true),
            Map.entry("True", true),
            Map.entry("TRUE", true),
            Map.entry("t", true),
            Map.entry("T", true),
            Map.entry("1", true),
            Map.entry("false", false),
            Map.entry("False", false),
            Map.entry("FALSE", false),
            Map.entry("f", false),
            Map.entry("F", false),
            Map.entry("0", false));

    private final List<Map<Flag, List<Given>>> sources;
    private final Findings findings;

    /**
     * Of these sources.
     *
     * @param sources the stronger first
     * @param findings gets what cannot be parsed
     */
    public Inputs(List<Map<Flag, List<Given>>> sources, Findings findings) {
        this.sources = List.copyOf(sources);
        this.findings = findings;
    }

    /** These, and behind them a weaker source. */
    public Inputs before(Map<Flag, List<Given>> weaker) {
        List<Map<Flag, List<Given>>> all = new ArrayList<>(sources);
        all.add(weaker);
        return new Inputs(all, findings);
    }

    /** What the strongest source that names {@code flag} says, as it stands there. */
    public Optional<Given> one(Flag flag) {
        List<Given> all = all(flag);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** All that the strongest source that names {@code flag} says, each as it stands there. */
    public List<Given> all(Flag flag) {
        return sources.stream()
                .map(source -> source.getOrDefault(flag, List.of()).stream()
                        .filter(given -> !given.text().isEmpty())
                        .toList())
                .filter(all -> !all.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** What the strongest source that names {@code flag} says, taken apart at commas. */
    public List<Given> list(Flag flag) {
        List<Given> parts = new ArrayList<>();
        for (Given given : all(flag)) {
            for (String part : given.text().split(",", -1)) {
                if (!part.isBlank()) {
                    parts.add(given.with(part.strip()));
                }
            }
        }
        return parts;
    }

    /** The value of {@code flag}, or nothing if it was not given or is a problem now. */
    public <T> Optional<T> parsed(Flag flag, ValueParser<T> parser) {
        return one(flag).flatMap(given -> parsed(given, parser));
    }

    /** The value of {@code given}, or nothing and a problem. */
    public <T> Optional<T> parsed(Given given, ValueParser<T> parser) {
        try {
            return Optional.of(parser.parse(given.text()));
        } catch (InvalidValueException e) {
            findings.problem(given, e.what());
            return Optional.empty();
        }
    }

    public Optional<String> text(Flag flag) {
        return one(flag).map(Given::text);
    }

    /** True if the switch was given and not as {@code false}. */
    public boolean isOn(Flag flag) {
        return parsed(flag, Inputs::switchWord).orElse(false);
    }

    /** The path that a value means, which need not exist. */
    static Path path(String text) throws InvalidValueException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidValueException("\"" + text + "\" is not a file name: " + e.getReason());
        }
    }

    private static Boolean switchWord(String text) throws InvalidValueException {
        Boolean on = SWITCH_WORDS.get(text);
        if (on == null) {
            throw new InvalidValueException("\"" + text + "\" is not true or false");
        }
        return on;
    }
}
