package dev.segue.convert.layout;

import dev.segue.convert.layout.Piece.Arm;
import dev.segue.convert.layout.Piece.Block;
import java.util.ArrayList;
import java.util.List;

/** Writes pieces down, line by line, and knows of each line what FreeMarker would make of its white space. */
public final class TemplateWriter {
    private final StringBuilder out = new StringBuilder();
    private boolean lineHasTag;
    private boolean lineHasCall;
    private boolean lineHasSpace;
    private boolean lineHasInk;

    private TemplateWriter() {}

    /**
     * A whole template.
     *
     * @param macros its definitions, which come first
     */
    public static String write(List<Block> macros, List<Piece> body) {
        TemplateWriter writer = new TemplateWriter();
        boolean inline = false;
        for (Block macro : macros) {
            Arm arm = macro.arms().get(0);
            Block rotated = new Block(List.of(new Arm(arm.tag(), Rotation.of(arm.body(), false))), macro.close());
            writer.block(rotated);
            // FreeMarker leaves out white space between definitions.
            inline = writer.lineHasInk || writer.lineHasSpace;
            if (!writer.isAtLineStart()) {
                writer.startLine();
            }
            if (!macro.equals(macros.get(macros.size() - 1))) {
                writer.startLine();
            }
        }
        if (inline) {
            // Behind the definition the line's end would count.
            writer.tag("<#-- The template itself: -->");
            writer.freeLineEnd();
        }
        writer.pieces(printing(Rotation.of(body, true)));
        if (writer.lineHasSpace && !writer.lineHasInk) {
            // FreeMarker drops white space at the end of a file's last line, too.
            writer.out.append("<#nt>");
        }
        return writer.out.toString();
    }

    /** FreeMarker prints nothing of a file of white space alone. */
    private static List<Piece> printing(List<Piece> body) {
        boolean isSpace = body.stream()
                .allMatch(piece -> piece instanceof Piece.Quiet
                        || (piece instanceof Piece.Text text && TextEscapes.isBlank(text.text())));
        List<Piece> all = new ArrayList<>();
        for (Piece piece : body) {
            all.add(piece);
            if (isSpace && piece instanceof Piece.Text) {
                all.add(new Piece.Print("\"\""));
            }
        }
        return all;
    }

    private void pieces(List<Piece> pieces) {
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Text text) {
                text(text.text());
            } else if (piece instanceof Piece.Print print) {
                ink("${" + print.code() + "}");
            } else if (piece instanceof Piece.Call call) {
                tag(call.tag());
                lineHasCall = true;
            } else if (piece instanceof Block block) {
                block(block);
            } else if (piece instanceof Piece.Quiet quiet) {
                ownLineOrNot(quiet.tag());
            } else if (piece instanceof Piece.Jump jump) {
                ownLineOrNot(jump.tag());
            }
        }
    }

    private void ownLineOrNot(String tag) {
        boolean own = isAtLineStart();
        tag(tag);
        if (own) {
            freeLineEnd();
        }
    }

    private void block(Block block) {
        boolean own = isAtLineStart() && block.arms().stream().allMatch(arm -> Rotation.endsLine(arm.body()));
        for (Arm arm : block.arms()) {
            edge(arm.tag(), own);
            pieces(arm.body());
            if (arm.body().isEmpty() && !own) {
                // FreeMarker would lose track of what else is on this line.
                ink("${\"\"}");
            }
        }
        if (block.close().equals("</#macro>") && lineHasSpace && !lineHasInk) {
            // What follows the definition does not count.
            out.append("<#nt>");
        }
        edge(block.close(), own);
    }

    private void edge(String tag, boolean own) {
        boolean atStart = isAtLineStart();
        tag(tag);
        if (own && atStart) {
            freeLineEnd();
        }
    }

    private void tag(String tag) {
        if (tag.indexOf('\n') >= 0 && lineHasSpace) {
            lineHasTag = true;
            keepSpaceOfThisLine();
        }
        out.append(tag);
        lineHasTag = true;
        if (tag.indexOf('\n') >= 0) {
            startedLine();
            lineHasTag = true;
        }
    }

    private void ink(String code) {
        out.append(code);
        lineHasInk = true;
    }

    private void text(String text) {
        int end = text.indexOf('\n');
        boolean tagsAlone = lineHasTag && !lineHasSpace && !lineHasInk && !lineHasCall;
        if (tagsAlone && end >= 0 && TextEscapes.isBlank(text.substring(0, end))) {
            freeLineEnd();
        }
        int start = 0;
        for (; end >= 0; end = text.indexOf('\n', start)) {
            boolean carriageReturn = end > start && text.charAt(end - 1) == '\r';
            partOfLine(text.substring(start, carriageReturn ? end - 1 : end));
            keepSpaceOfThisLine();
            out.append(carriageReturn ? "\r" : "");
            startLine();
            start = end + 1;
        }
        partOfLine(text.substring(start));
    }

    private void partOfLine(String text) {
        if (text.isEmpty()) {
            return;
        }
        out.append(TextEscapes.escaped(text));
        lineHasSpace = true;
        lineHasInk |= !TextEscapes.isBlank(text) || text.indexOf('\r') >= 0;
    }

    /** Has FreeMarker print the white space of this line, which it would take for one of tags alone. */
    private void keepSpaceOfThisLine() {
        if (lineHasTag && !lineHasInk) {
            out.append("<#nt>");
        }
    }

    /** Ends a line of tags alone, which prints nothing. */
    private void freeLineEnd() {
        startLine();
    }

    private void startLine() {
        out.append('\n');
        startedLine();
    }

    private void startedLine() {
        lineHasTag = false;
        lineHasCall = false;
        lineHasSpace = false;
        lineHasInk = false;
    }

    private boolean isAtLineStart() {
        return !lineHasTag && !lineHasSpace && !lineHasInk;
    }
}
