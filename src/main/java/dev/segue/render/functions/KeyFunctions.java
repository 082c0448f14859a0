package dev.segue.render.functions;

import static dev.segue.render.functions.TemplateFunction.function;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.render.text.BadTextException;
import dev.segue.render.text.KeyPattern;
import dev.segue.render.text.Shown;
import dev.segue.render.text.SlashPath;
import dev.segue.settings.NearestWord;
import freemarker.template.TemplateModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The functions that read keys and values. */
final class KeyFunctions {
    static final List<TemplateFunction> ALL = List.of(
            function("exists(key)", call -> keys(call).value(call.text(0)).isPresent()),
            function("get(key)", call -> new KeyEntry(call.text(0), existing(call))),
            function("getv(key[, default])", KeyFunctions::getv),
            function("gets(pattern)", KeyFunctions::gets),
            function(
                    "getvs(pattern)",
                    call -> gets(call).stream().map(KeyEntry::value).sorted().toList()),
            function("ls(path)", KeyFunctions::ls),
            function("lsdir(path)", KeyFunctions::lsdir),
            function("digest()", call -> call.scope().digest()),
            function("revision()", call -> call.scope().revision()));

    private static final int NEAREST_SHOWN = 3;
    private static final int NEAREST_LOOKED_AT = 1000;
    private static final int LONGEST_COMPARED = 200;

    private KeyFunctions() {}

    private static KeySnapshot keys(Call call) {
        return call.scope().keys();
    }

    private static String getv(Call call) throws TemplateModelException {
        Optional<String> value = keys(call).value(call.text(0));
        if (value.isPresent() || !call.has(1)) {
            return existing(call);
        }
        return call.text(1);
    }

    private static String existing(Call call) throws TemplateModelException {
        String key = call.text(0);
        return keys(call).value(key).orElseThrow(() -> missing(key, keys(call)));
    }

    static List<KeyEntry> gets(Call call) throws TemplateModelException, BadTextException {
        return KeyPattern.of(call.text(0)).matches(keys(call));
    }

    /** The names directly below a path; if the path is a key itself, its own last step is among them, as in confd. */
    private static SortedSet<String> ls(Call call) throws TemplateModelException {
        SortedSet<String> names = new TreeSet<>();
        below(call).forEach(rest -> names.add(firstStep(rest)));
        if (keys(call).value(call.text(0)).isPresent()) {
            names.add(SlashPath.base(call.text(0)));
        }
        return names;
    }

    /** The names directly below a path that have something below them. */
    private static SortedSet<String> lsdir(Call call) throws TemplateModelException {
        SortedSet<String> names = new TreeSet<>();
        below(call).stream().filter(rest -> rest.indexOf('/') >= 0).forEach(rest -> names.add(firstStep(rest)));
        return names;
    }

    /** What follows the path and its slash in every key below it. */
    private static List<String> below(Call call) throws TemplateModelException {
        String path = SlashPath.clean(call.text(0));
        String start = path.endsWith("/") ? path : path + "/";
        return keys(call).startingWith(start).stream()
                .map(entry -> entry.key().substring(start.length()))
                .filter(rest -> !rest.isEmpty())
                .toList();
    }

    private static String firstStep(String rest) {
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    private static FunctionFailure missing(String key, KeySnapshot keys) {
        List<String> near = nearest(key, keys);
        String hint = near.isEmpty()
                ? "there are no keys"
                : "nearest: " + near.stream().map(Shown::key).collect(Collectors.joining(", "));
        return new FunctionFailure("key " + Shown.key(key) + " does not exist (" + hint + ")");
    }

    /** Of the keys below the deepest existing folder on the key's way, the most similar ones, sorted. */
    private static List<String> nearest(String key, KeySnapshot keys) {
        String folder = SlashPath.dir(key.startsWith("/") ? key : "/" + key);
        while (folder.length() > 1 && keys.startingWith(folder + "/").isEmpty()) {
            folder = SlashPath.dir(folder);
        }
        List<String> candidates = new ArrayList<>();
        for (KeyEntry entry : keys.startingWith(folder.length() > 1 ? folder + "/" : "/")) {
            if (entry.key().length() <= LONGEST_COMPARED && candidates.size() < NEAREST_LOOKED_AT) {
                candidates.add(entry.key());
            }
        }
        String compared = key.length() <= LONGEST_COMPARED ? key : key.substring(0, LONGEST_COMPARED);
        return NearestWord.ranked(compared, candidates, NEAREST_SHOWN).stream()
                .sorted()
                .toList();
    }
}
