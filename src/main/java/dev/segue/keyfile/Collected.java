package dev.segue.keyfile;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeyPath;
import dev.segue.keys.PrintableText;
import dev.segue.settings.Problem;
import dev.segue.settings.ProblemsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys of one file that were found so far, and what is wrong with them. */
final class Collected {
    /** Nested maps make long keys of a short text: so that no file fills the memory. */
    private static final int MOST_CHARACTERS = 32 << 20;

    private static final int MOST_PROBLEMS = 100;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, KeyEntry> entries = new TreeMap<>();
    private int charactersLeft = MOST_CHARACTERS;

    Collected(String file) {
        this.file = file;
    }

    /** @throws ProblemsException if there are more keys than any file may have; then there is no use in going on */
    void put(int line, KeyPath path, String value) throws ProblemsException {
        charactersLeft -= path.value().length();
        if (entries.size() == KeyFile.MOST_KEYS) {
            throw end(line, "more than " + KeyFile.MOST_KEYS + " keys");
        }
        if (charactersLeft < 0) {
            throw end(line, "the keys up to here have more than " + (MOST_CHARACTERS >> 20) + " Mi characters");
        }
        if (entries.put(path.value(), new KeyEntry(path.value(), value)) != null) {
            problem(line, "key " + shown(path) + " is given twice");
        }
    }

    /** @throws ProblemsException if enough is wrong */
    void problem(int line, String what) throws ProblemsException {
        if (problems.size() == MOST_PROBLEMS) {
            throw end(line, what);
        }
        problems.add(new Problem(file + ":" + line, what));
    }

    /** All that is wrong, {@code what} last: for what is not read any further. */
    ProblemsException end(int line, String what) {
        problems.add(new Problem(file + ":" + line, what));
        return new ProblemsException(problems);
    }

    /** Sorted by key. */
    List<KeyEntry> entries() throws ProblemsException {
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return List.copyOf(entries.values());
    }

    static String shown(KeyPath path) {
        return PrintableText.escape(path.value());
    }
}
