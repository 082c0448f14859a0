package dev.segue.resource;

import dev.segue.keys.KeyPath;
import dev.segue.settings.DurationText;
import dev.segue.settings.NearestWord;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import dev.segue.settings.ValueParser;
import dev.segue.toml.TomlDocument;
import dev.segue.toml.TomlTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of one resource file; used once, by one thread. */
public final class ResourceFile {
    /** Lower case alone: {@code docker inspect -f '{{.State.Pid}}'} is somebody else's template and stays as it is. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*\\.([a-z_]+)\\s*}}");

    private static final List<String> PLACES = List.of("src", "dest", "dst");
    private static final long LAST_ID = 0xFFFF_FFFEL;

    private final String name;
    private final ResourceDefaults defaults;
    private final TomlTable template;
    private final KeySources sources;
    private final List<Problem> notes;

    private ResourceFile(
            String name, ResourceDefaults defaults, TomlTable template, KeySources sources, List<Problem> notes) {
        this.name = name;
        this.defaults = defaults;
        this.template = template;
        this.sources = sources;
        this.notes = notes;
    }

    /**
     * The resource that {@code text} describes. Pure, but for the files that {@code [backend]} names.
     *
     * @param name the file as people see it from the confdir: {@code conf.d/nginx.toml}
     * @throws ProblemsException with everything that is wrong with the file, in the order of its lines
     */
    public static Parsed parse(String name, String text, ResourceDefaults defaults) throws ProblemsException {
        TomlDocument document = TomlDocument.parse(name, text);
        TomlTable root = document.root();
        Optional<TomlTable> template = root.table("template");
        if (!root.has("template")) {
            root.problem("template", "the table [template] is missing");
        }
        List<Problem> notes = new ArrayList<>();
        KeySources sources = new KeySources(root, defaults.stores(), notes::add);
        root.refuseOthers();
        return new ResourceFile(name, defaults, template.orElseThrow(document::failure), sources, notes).read(document);
    }

    /**
     * A resource, and what is worth telling its author though nothing is wrong.
     *
     * @param destPlace where its target is named: {@code conf.d/nginx.toml:3}
     * @param notes each with the line that it is about
     */
    public record Parsed(Resource resource, String destPlace, List<Problem> notes) {
        public Parsed {
            notes = List.copyOf(notes);
        }
    }

    private Parsed read(TomlDocument document) throws ProblemsException {
        template.require("src", "dest", "keys");
        Optional<String> src = parsed("src", FileName::template);
        Optional<Path> dest = parsed("dest", FileName::target);
        Optional<KeyPath> ownPrefix = set("prefix").map(KeyPath::of);
        KeyPath prefix = defaults.prefix().or(() -> ownPrefix).orElse(KeyPath.ROOT);
        Optional<KeySources.Reads> reads = reads(prefix);
        FileAttributes attributes = new FileAttributes(mode(), account("owner", "uid"), account("group", "gid"));
        Optional<OutputFormat> outputFormat =
                set("output_format").flatMap(text -> template.parsed("output_format", text, OutputFormat::parse));
        Optional<ShellCommand> check = command("check_cmd", time("check_timeout", defaults.checkTimeout()));
        Optional<ShellCommand> reload = command("reload_cmd", time("reload_timeout", defaults.reloadTimeout()));
        Verification verification = verification();
        Optional<String> transaction = set("transaction");
        Duration minReloadInterval = time("min_reload_interval", Duration.ZERO);
        ReadingProgram program = program();
        int minKeys = count("min_keys");
        template.refuseOthers();
        document.throwIfAny();
        return new Parsed(
                new Resource(
                        name,
                        src.orElseThrow(),
                        dest.orElseThrow(),
                        prefix,
                        reads.orElseThrow().own(),
                        reads.orElseThrow().elsewhere(),
                        attributes,
                        outputFormat,
                        check,
                        reload,
                        verification,
                        transaction,
                        minReloadInterval,
                        program,
                        minKeys),
                template.where("dest"),
                notes);
    }

    private Verification verification() {
        Duration timeout = positive("verify_timeout", defaults.verifyTimeout());
        return new Verification(
                command("verify_cmd", timeout),
                set("verify_url")
                        .flatMap(text -> template.parsed(
                                "verify_url", text, url -> VerifyUrl.parse(url, defaults.environment()))),
                timeout);
    }

    private ReadingProgram program() {
        Optional<String> pidFile = set("pid_file");
        int maxGenerations = count("max_generations");
        if (maxGenerations > 0 && pidFile.isEmpty()) {
            template.problem("max_generations", "max_generations needs a pid_file, to find the program by");
        }
        return new ReadingProgram(
                pidFile.flatMap(text -> template.parsed("pid_file", text, FileName::absolute)),
                maxGenerations,
                command("settle_cmd", positive("settle_timeout", defaults.settleTimeout())));
    }

    private <T> Optional<T> parsed(String key, ValueParser<T> parser) {
        return template.text(key).flatMap(text -> template.parsed(key, text, parser));
    }

    private int count(String key) {
        return template.integer(key, 0, Integer.MAX_VALUE).orElse(0L).intValue();
    }

    private Duration time(String key, Duration otherwise) {
        return template.parsed(key, DurationText::parse).orElse(otherwise);
    }

    private Duration positive(String key, Duration otherwise) {
        return template.parsed(key, DurationText::parsePositive).orElse(otherwise);
    }

    /** The text of a key for which an empty text means that it is not set. */
    private Optional<String> set(String key) {
        return template.text(key).filter(text -> !text.isEmpty());
    }

    private Optional<KeySources.Reads> reads(KeyPath prefix) {
        Optional<List<String>> keys = template.texts("keys");
        if (keys.isPresent() && keys.get().isEmpty()) {
            template.problem("keys", "keys is empty (name at least one key; \"/\" is the whole store)");
        }
        Optional<KeySources.Reads> reads = keys.map(texts -> sources.sort(texts, prefix, template));
        sources.unused().forEach(store -> note("keys", "no key is of [backend." + store + "]"));
        return reads;
    }

    private Optional<Integer> mode() {
        return template.text("mode", "; put it in quotes, like \"0644\"")
                .filter(text -> !text.isEmpty())
                .flatMap(text -> {
                    Optional<Integer> mode = template.parsed("mode", text, FileMode::parse);
                    mode.flatMap(bits -> FileMode.note(text)).ifPresent(note -> note("mode", note));
                    return mode;
                });
    }

    /** A user or group: by number, where -1 is confd's "not set", else by name. */
    private Optional<String> account(String nameKey, String idKey) {
        Optional<String> byName = template.text(nameKey, " (a number goes with the key " + idKey + ")")
                .filter(text -> !text.isEmpty());
        Optional<String> byNumber =
                template.integer(idKey, -1, LAST_ID).filter(id -> id >= 0).map(String::valueOf);
        if (byName.isPresent() && byNumber.isPresent()) {
            note(nameKey, nameKey + " \"" + byName.get() + "\" is not used, because " + idKey + " is set");
        }
        return byNumber.or(() -> byName);
    }

    private Optional<ShellCommand> command(String key, Duration timeout) {
        Optional<String> text = set(key);
        text.ifPresent(line -> refuseUnknownPlaceholders(key, line));
        return text.map(line -> new ShellCommand(line, timeout));
    }

    private void refuseUnknownPlaceholders(String key, String line) {
        Matcher place = PLACEHOLDER.matcher(line);
        while (place.find()) {
            if (!PLACES.contains(place.group(1))) {
                String hint = NearestWord.to(place.group(1), PLACES)
                        .map(word -> "did you mean {{." + word + "}}?")
                        .orElse("{{.src}} is the staged file, {{.dest}} the target");
                template.problem(key, key + " has " + place.group() + ", which stands for nothing (" + hint + ")");
            }
        }
    }

    private void note(String key, String what) {
        notes.add(new Problem(template.where(key), what));
    }
}
