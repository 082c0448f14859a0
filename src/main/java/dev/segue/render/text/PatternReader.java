package dev.segue.render.text;

import dev.segue.render.text.KeyPattern.Piece;
import dev.segue.render.text.KeyPattern.Range;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link KeyPattern} from left to right; used once. */
final class PatternReader {
    private final int[] text;
    private int at;

    PatternReader(String text) {
        this.text = text.codePoints().toArray();
    }

    List<Piece> pieces() throws BadTextException {
        List<Piece> pieces = new ArrayList<>();
        while (at < text.length) {
            pieces.add(piece());
        }
        return pieces;
    }

    private Piece piece() throws BadTextException {
        int c = text[at++];
        return switch (c) {
            case '*' -> new Piece.Star();
            case '?' -> new Piece.AnyButSlash();
            case '[' -> oneOf();
            case '\\' -> new Piece.Exactly(next("ends in a lone \\"));
            default -> new Piece.Exactly(c);
        };
    }

    private Piece oneOf() throws BadTextException {
        boolean negated = peek('^');
        if (negated) {
            at++;
        }
        List<Range> ranges = new ArrayList<>();
        while (ranges.isEmpty() || !peek(']')) {
            int low = classCharacter();
            int high = low;
            if (peek('-')) {
                at++;
                high = classCharacter();
            }
            ranges.add(new Range(low, high));
        }
        at++;
        return new Piece.OneOf(ranges, negated);
    }

    private int classCharacter() throws BadTextException {
        int c = next("lacks the ] of its last [");
        if (c == '-' || c == ']') {
            throw bad("has a " + Character.toString(c) + " that needs a \\ before it within [ ]");
        }
        return c == '\\' ? next("ends in a lone \\") : c;
    }

    private boolean peek(int wanted) {
        return at < text.length && text[at] == wanted;
    }

    private int next(String otherwise) throws BadTextException {
        if (at == text.length) {
            throw bad(otherwise);
        }
        return text[at++];
    }

    private static BadTextException bad(String why) {
        return new BadTextException("the pattern " + why + " (known are * ? [a-z] [^a-z] and \\)");
    }
}
