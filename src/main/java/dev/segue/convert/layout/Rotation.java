package dev.segue.convert.layout;

import dev.segue.convert.layout.Piece.Arm;
import dev.segue.convert.layout.Piece.Block;
import dev.segue.convert.layout.Piece.Jump;
import dev.segue.convert.layout.Piece.Quiet;
import dev.segue.convert.layout.Piece.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Shifts white space across the edges of blocks, so that their tags come to stand at line starts. */
final class Rotation {
    private final List<Piece> pieces;
    private final boolean startsFile;

    private Rotation(List<Piece> pieces, boolean startsFile) {
        this.pieces = pieces;
        this.startsFile = startsFile;
    }

    /**
     * The same output from other pieces.
     *
     * @param startsFile true if nothing stands before {@code pieces}
     */
    static List<Piece> of(List<Piece> pieces, boolean startsFile) {
        Rotation rotation = new Rotation(merged(pieces), startsFile);
        rotation.rotate();
        rotation.liftQuietOnes();
        return merged(rotation.pieces);
    }

    /** From the end: what a block gives away at its start may be what the one before it needs. */
    private void rotate() {
        for (int i = pieces.size() - 1; i >= 0; i--) {
            if (pieces.get(i) instanceof Block block) {
                Block inner = mapped(block, body -> Rotation.of(body, false));
                pieces.set(i, inner);
                rotate(i, inner);
            }
        }
    }

    private void rotate(int i, Block block) {
        int before = beforeQuietOnes(i);
        String ahead = text(before);
        boolean startsLine = ahead.endsWith("\n") || (before < 0 && startsFile);
        boolean endsLines = block.arms().stream().allMatch(arm -> endsLine(arm.body()));
        if ((startsLine && endsLines) || (block.repeats() && hasJump(block))) {
            return;
        }
        Optional<String> lineEnd = commonStart(block, text(i + 1));
        if (lineEnd.isPresent()) {
            forward(i, before, block, lineEnd.get());
            return;
        }
        String indent = ahead.substring(ahead.lastIndexOf('\n') + 1);
        boolean indents = !indent.isEmpty()
                && TextEscapes.isBlank(indent)
                && (ahead.contains("\n") || (before == 0 && startsFile))
                && block.arms().stream().allMatch(arm -> arm.body().isEmpty() || endsWith(arm.body(), "\n" + indent));
        if (indents) {
            backward(i, before, block, indent);
        }
    }

    /** The line end that every part of the block and what follows it begin with. */
    private static Optional<String> commonStart(Block block, String behind) {
        for (String lineEnd : List.of("\n", "\r\n")) {
            boolean common = behind.startsWith(lineEnd)
                    && block.arms().stream()
                            .allMatch(arm -> arm.body().isEmpty()
                                    || (arm.body().get(0) instanceof Text text
                                            && text.text().startsWith(lineEnd)));
            if (common) {
                return Optional.of(lineEnd);
            }
        }
        return Optional.empty();
    }

    private void forward(int i, int before, Block block, String lineEnd) {
        pieces.set(i, mapped(block, body -> body.isEmpty() ? body : shifted(body, lineEnd, "", "", lineEnd)));
        pieces.set(i + 1, new Text(text(i + 1).substring(lineEnd.length())));
        if (before >= 0 && pieces.get(before) instanceof Text text) {
            pieces.set(before, new Text(text.text() + lineEnd));
        } else {
            pieces.add(before + 1, new Text(lineEnd));
        }
    }

    private void backward(int i, int before, Block block, String indent) {
        pieces.set(i, mapped(block, body -> body.isEmpty() ? body : shifted(body, "", indent, indent, "")));
        String ahead = text(before);
        pieces.set(before, new Text(ahead.substring(0, ahead.length() - indent.length())));
        addAhead(i + 1, indent);
    }

    /** Puts text ahead of what stands at {@code i}. */
    private void addAhead(int i, String more) {
        if (i < pieces.size() && pieces.get(i) instanceof Text text) {
            pieces.set(i, new Text(more + text.text()));
        } else {
            pieces.add(i, new Text(more));
        }
    }

    /** {@code body} with text taken away and added at its start and end. */
    private static List<Piece> shifted(List<Piece> body, String less, String lessAtEnd, String more, String moreAtEnd) {
        List<Piece> shifted = new ArrayList<>(body);
        if (!less.isEmpty() && shifted.get(0) instanceof Text first) {
            shifted.set(0, new Text(first.text().substring(less.length())));
        }
        int last = shifted.size() - 1;
        if (!lessAtEnd.isEmpty() && shifted.get(last) instanceof Text text) {
            shifted.set(last, new Text(text.text().substring(0, text.text().length() - lessAtEnd.length())));
        }
        shifted.add(0, new Text(more));
        shifted.add(new Text(moreAtEnd));
        return merged(shifted);
    }

    /**
     * Puts each quiet tag where it can have a line of its own: ahead of the white space that begins its line. White space
     * that stands between two quiet tags, where FreeMarker would drop it, goes behind them or, at the file's end, ahead.
     */
    private void liftQuietOnes() {
        for (int i = 1; i < pieces.size(); i++) {
            if (!(pieces.get(i) instanceof Quiet) || !(pieces.get(i - 1) instanceof Text text)) {
                continue;
            }
            boolean startsHere = i == 1 && startsFile;
            boolean afterQuiet = startsHere || (i > 1 && pieces.get(i - 2) instanceof Quiet);
            int line = text.text().lastIndexOf('\n') + 1;
            String indent = text.text().substring(line);
            if (TextEscapes.isBlank(text.text()) && afterQuiet) {
                swap(i);
            } else if (!indent.isEmpty() && TextEscapes.isBlank(indent) && line > 0) {
                pieces.set(i - 1, new Text(text.text().substring(0, line)));
                addAhead(i + 1, indent);
            }
        }
        joinTexts();
        int last = pieces.size() - 1;
        if (startsFile && last > 0 && pieces.get(last) instanceof Text text && TextEscapes.isBlank(text.text())) {
            int to = beforeQuietOnes(last);
            if (to < last - 1) {
                pieces.remove(last);
                pieces.add(to + 1, text);
                joinTexts();
            }
        }
    }

    private void joinTexts() {
        List<Piece> joined = merged(pieces);
        pieces.clear();
        pieces.addAll(joined);
    }

    private void swap(int i) {
        Text space = (Text) pieces.remove(i - 1);
        addAhead(i, space.text());
    }

    /** The index of the last piece before {@code i} that is not quiet; -1 if there is none. */
    private int beforeQuietOnes(int i) {
        int before = i - 1;
        while (before >= 0 && pieces.get(before) instanceof Quiet) {
            before--;
        }
        return before;
    }

    private String text(int i) {
        return i >= 0 && i < pieces.size() && pieces.get(i) instanceof Text text ? text.text() : "";
    }

    /** True if what is printed last ends a line; so it is if nothing is printed. */
    static boolean endsLine(List<Piece> body) {
        for (int i = body.size() - 1; i >= 0; i--) {
            Piece piece = body.get(i);
            if (piece instanceof Text text) {
                return text.text().endsWith("\n");
            }
            if (piece instanceof Block block) {
                return block.arms().stream().allMatch(arm -> endsLine(arm.body()));
            }
            if (!(piece instanceof Quiet) && !(piece instanceof Jump)) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsWith(List<Piece> body, String end) {
        return body.get(body.size() - 1) instanceof Text text && text.text().endsWith(end);
    }

    private static boolean hasJump(Block block) {
        return block.arms().stream()
                .flatMap(arm -> arm.body().stream())
                .anyMatch(piece -> piece instanceof Jump || (piece instanceof Block inner && hasJump(inner)));
    }

    private static Block mapped(Block block, UnaryOperator<List<Piece>> change) {
        return new Block(
                block.arms().stream()
                        .map(arm -> new Arm(arm.tag(), change.apply(arm.body())))
                        .toList(),
                block.close());
    }

    private static List<Piece> merged(List<Piece> pieces) {
        List<Piece> merged = new ArrayList<>();
        for (Piece piece : pieces) {
            int last = merged.size() - 1;
            if (!(piece instanceof Text text)) {
                merged.add(piece);
            } else if (last >= 0 && merged.get(last) instanceof Text before) {
                merged.set(last, new Text(before.text() + text.text()));
            } else if (!text.text().isEmpty()) {
                merged.add(text);
            }
        }
        return merged;
    }
}
