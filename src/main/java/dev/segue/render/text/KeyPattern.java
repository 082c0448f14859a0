package dev.segue.render.text;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of keys as Go's {@code path.Match} reads it: {@code *} any run without a slash, {@code ?} one character but a
 * slash, {@code [a-z]} and {@code [^a-z]} one of a class, {@code \} takes the next character as it is.
 *
 * <p>A class may hold a slash, and {@code [^a]} matches one, as in Go.
 */
public final class KeyPattern {
    private final String literalStart;
    private final int literalPieces;
    private final boolean onlyStarFollows;
    private final List<Piece> pieces;

    private KeyPattern(String literalStart, List<Piece> pieces) {
        this.literalStart = literalStart;
        this.literalPieces = literalStart.codePointCount(0, literalStart.length());
        this.onlyStarFollows = literalPieces == pieces.size() - 1 && pieces.get(literalPieces) instanceof Piece.Star;
        this.pieces = pieces;
    }

    /**
     * The pattern that {@code text} writes.
     *
     * @throws BadTextException if a class is not closed or empty, a range lacks an end, or the last character is {@code \}
     */
    public static KeyPattern of(String text) throws BadTextException {
        List<Piece> pieces = new PatternReader(text).pieces();
        StringBuilder literal = new StringBuilder();
        for (Piece piece : pieces) {
            if (!(piece instanceof Piece.Exactly exactly)) {
                break;
            }
            literal.appendCodePoint(exactly.character());
        }
        return new KeyPattern(literal.toString(), pieces);
    }

    /** The entries whose keys match, sorted by key; looks only at keys with the pattern's literal beginning. */
    public List<KeyEntry> matches(KeySnapshot keys) {
        List<KeyEntry> found = new ArrayList<>();
        for (KeyEntry entry : keys.startingWith(literalStart)) {
            if (restMatches(entry.key())) {
                found.add(entry);
            }
        }
        return found;
    }

    /** True if the whole of {@code key} matches. */
    public boolean matches(String key) {
        return key.startsWith(literalStart) && restMatches(key);
    }

    private boolean restMatches(String key) {
        if (onlyStarFollows) {
            return key.indexOf('/', literalStart.length()) < 0;
        }
        int at = literalStart.length();
        int piece = literalPieces;
        int star = -1;
        int starEnd = 0;
        while (at < key.length() || piece < pieces.size()) {
            if (piece < pieces.size() && pieces.get(piece) instanceof Piece.Star) {
                star = piece++;
                starEnd = at;
            } else if (piece < pieces.size()
                    && at < key.length()
                    && pieces.get(piece).takes(key.codePointAt(at))) {
                piece++;
                at = key.offsetByCodePoints(at, 1);
            } else if (star >= 0 && starEnd < key.length() && key.charAt(starEnd) != '/') {
                // Only the last star needs a second try: an earlier one that took more would leave this one less.
                starEnd = key.offsetByCodePoints(starEnd, 1);
                at = starEnd;
                piece = star + 1;
            } else {
                return false;
            }
        }
        return true;
    }

    /** What one place of a pattern takes. */
    sealed interface Piece {
        boolean takes(int character);

        /** Any run of characters without a slash; tried by {@link KeyPattern#matches(String)} itself. */
        record Star() implements Piece {
            @Override
            public boolean takes(int character) {
                return false;
            }
        }

        /** {@code ?}. */
        record AnyButSlash() implements Piece {
            @Override
            public boolean takes(int character) {
                return character != '/';
            }
        }

        /** The character itself. */
        record Exactly(int character) implements Piece {
            @Override
            public boolean takes(int other) {
                return character == other;
            }
        }

        /** {@code [a-z_]} or, negated, {@code [^a-z_]}. */
        record OneOf(List<Range> ranges, boolean negated) implements Piece {
            @Override
            public boolean takes(int character) {
                return negated
                        != ranges.stream().anyMatch(range -> range.low() <= character && character <= range.high());
            }
        }
    }

    /** From one character to another, both included. */
    record Range(int low, int high) {}
}
