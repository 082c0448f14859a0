package dev.segue.keyfile;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyPath;
import dev.segue.keys.PrintableText;
import dev.segue.settings.Problems;
import dev.segue.settings.ProblemsException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys of one file that were found so far, and what is wrong with them. */
final class Collected {
    private final String file;
    private final Problems problems = new Problems();
    private final Map<String, KeyEntry> entries = new TreeMap<>();

    Collected(String file) {
        this.file = file;
    }

    void put(int line, KeyPath path, String value) {
        if (entries.put(path.value(), new KeyEntry(path.value(), value)) != null) {
            problem(line, "key " + shown(path) + " is given twice");
        }
    }

    void problem(int line, String what) {
        problems.add(file + ":" + line, what);
    }

    /** Sorted by key. */
    List<KeyEntry> entries() throws ProblemsException {
        problems.throwIfAny();
        return List.copyOf(entries.values());
    }

    static String shown(KeyPath path) {
        return PrintableText.escape(path.value());
    }
}
