package dev.segue.cutover;

/**
 * How far one member has come.
 *
 * @param words for people: {@code applied}, or why not yet
 */
record Verdict(Kind kind, String words) {
    /** What is to be expected of it. */
    enum Kind {
        THERE,
        LAGGING,
        /** It has seen what is meant, and does not take it. */
        FAILED
    }

    static Verdict lagging(String words) {
        return new Verdict(Kind.LAGGING, words);
    }

    boolean isThere() {
        return kind == Kind.THERE;
    }
}
