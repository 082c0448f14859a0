package dev.segue.render.functions;

import static dev.segue.render.functions.TemplateFunction.function;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.render.go.GoText;
import dev.segue.render.text.BadTextException;
import dev.segue.render.text.KeyPattern;
import dev.segue.render.text.Shown;
import dev.segue.render.text.SlashPath;
import dev.segue.settings.NearestWord;
import freemarker.template.TemplateModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
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
                    call -> gets(call).stream()
                            .map(KeyEntry::value)
                            .sorted(GoText.ORDER)
                            .toList()),
            function("ls(path)", KeyFunctions::ls),
            function("lsdir(path)", KeyFunctions::lsdir),
            function("digest()", call -> call.scope().digest()),
            function("revision()", call -> call.scope().revision()));

    private static final Comparator<KeyEntry> BY_KEY = Comparator.comparing(KeyEntry::key, GoText.ORDER);
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
        List<KeyEntry> found = KeyPattern.of(call.text(0)).matches(keys(call));
        found.sort(BY_KEY);
        return found;
    }

    /** As in confd; but of the root all names, where confd leaves out those that have something below them. */
    private static SortedSet<String> ls(Call call) throws TemplateModelException {
        KeyTree tree = call.scope().tree();
        String path = call.text(0);
        return SlashPath.clean(path).equals("/") ? tree.namesInRoot() : tree.names(path);
    }

    private static SortedSet<String> lsdir(Call call) throws TemplateModelException {
        KeyTree tree = call.scope().tree();
        String path = call.text(0);
        return SlashPath.clean(path).equals("/") ? tree.foldersInRoot() : tree.folders(path);
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
