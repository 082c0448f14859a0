package dev.segue.render.functions;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import dev.segue.render.go.GoText;
import dev.segue.render.text.SlashPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The keys as confd's {@code ls} and {@code lsdir} see them: by the steps of their cleaned paths, whatever strange keys ({@code
 * /a//b}, {@code /a/../b}) there are. Used by one thread.
 */
final class KeyTree {
    private final KeySnapshot keys;
    private Optional<List<String>> strange = Optional.empty();

    KeyTree(KeySnapshot keys) {
        this.keys = keys;
    }

    /** The names directly below a path, sorted; its own last step is among them if the path is a key itself. */
    SortedSet<String> names(String path) {
        String folder = SlashPath.clean(path);
        SortedSet<String> names = new TreeSet<>(GoText.ORDER);
        if (keys.value(path).isPresent()) {
            names.add(SlashPath.base(path));
        }
        for (String key : near(folder)) {
            if (!key.equals(path) && isWithin(SlashPath.dir(key), folder)) {
                names.add(firstStep(without("/", without(path, key))));
            }
        }
        return names;
    }

    /** The names directly below a path that have something below them, sorted. */
    SortedSet<String> folders(String path) {
        String folder = SlashPath.clean(path);
        SortedSet<String> names = new TreeSet<>(GoText.ORDER);
        for (String key : near(folder)) {
            String parent = SlashPath.dir(key);
            if (key.startsWith(path) && isWithin(parent, folder) && !parent.equals(folder)) {
                names.add(firstStep(parent.substring(folder.length() + 1)));
            }
        }
        return names;
    }

    SortedSet<String> namesInRoot() {
        SortedSet<String> names = new TreeSet<>(GoText.ORDER);
        keys.startingWith("/").stream()
                .map(entry -> entry.key().substring(1))
                .filter(rest -> !rest.isEmpty())
                .forEach(rest -> names.add(firstStep(rest)));
        if (keys.value("/").isPresent()) {
            names.add("/");
        }
        return names;
    }

    SortedSet<String> foldersInRoot() {
        SortedSet<String> names = new TreeSet<>(GoText.ORDER);
        keys.startingWith("/").stream()
                .map(entry -> entry.key().substring(1))
                .filter(rest -> rest.indexOf('/') >= 0)
                .forEach(rest -> names.add(firstStep(rest)));
        return names;
    }

    /** All keys that may be within a folder. */
    private List<String> near(String folder) {
        List<String> near = new ArrayList<>(strange());
        for (KeyEntry entry : keys.startingWith(folder.endsWith("/") ? folder : folder + "/")) {
            near.add(entry.key());
        }
        return near;
    }

    /** The keys that are not where they seem to be. */
    private List<String> strange() {
        List<String> found = strange.orElseGet(() -> keys.entries().stream()
                .map(KeyEntry::key)
                .filter(key -> !SlashPath.clean(key).equals(key))
                .toList());
        strange = Optional.of(found);
        return found;
    }

    /** As confd compares step by step, nothing but the root's own keys is within the root. */
    private static boolean isWithin(String path, String folder) {
        return path.equals(folder) || (path.startsWith(folder + "/") && !folder.equals("/"));
    }

    private static String without(String start, String text) {
        return text.startsWith(start) ? text.substring(start.length()) : text;
    }

    private static String firstStep(String rest) {
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }
}
