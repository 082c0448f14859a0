package dev.segue.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong until all input was looked at. Used by one thread. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(String where, String what) {
        found.add(new Problem(where, what));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns if nothing was found wrong. */
    public void throwIfAny() throws ProblemsException {
        if (!found.isEmpty()) {
            throw new ProblemsException(found);
        }
    }
}
