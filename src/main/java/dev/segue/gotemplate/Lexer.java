package dev.segue.gotemplate;

import dev.segue.gotemplate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into words. Used once, by one thread. */
final class Lexer {
    private static final String LEFT = "{{";
    private static final String RIGHT = "}}";
    private static final String SPACES = " \t\r\n";
    private static final Set<String> KEYWORDS =
            Set.of("if", "else", "end", "range", "with", "template", "define", "block", "break", "continue");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:0[xX][0-9a-fA-F_]*(?:\\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?"
                    + "|0[bBoO][0-9_]*"
                    + "|[0-9_]*(?:\\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)(?:[+-][0-9_.]+)?i?");
    /** What may follow a name, besides the end of the action. */
    private static final String TERMINATORS = SPACES + ".,|:()";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int column = 1;
    private int counted;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws SyntaxException {
        Lexer lexer = new Lexer(text);
        lexer.template();
        return lexer.tokens;
    }

    private void template() throws SyntaxException {
        boolean trims = false;
        while (true) {
            int left = text.indexOf(LEFT, at);
            int end = left < 0 ? text.length() : left;
            text(trims ? skip(at, end) : at, end);
            at = end;
            if (left < 0) {
                add(Kind.END, "", end, end, false);
                return;
            }
            trims = action();
        }
    }

    /** The text up to {@code end}, less the white space that the action behind it takes. */
    private void text(int start, int end) {
        int last = end;
        if (text.startsWith(LEFT, end) && hasLeftTrim(end + LEFT.length())) {
            while (last > start && isSpace(last - 1)) {
                last--;
            }
        }
        if (start < last) {
            add(Kind.TEXT, text.substring(start, last), start, last, false);
        }
    }

    private boolean hasLeftTrim(int behindDelimiter) {
        return text.startsWith("-", behindDelimiter) && isSpace(behindDelimiter + 1);
    }

    /** Reads one action; true if it takes the white space behind it. */
    private boolean action() throws SyntaxException {
        int start = at;
        at += LEFT.length();
        if (hasLeftTrim(at)) {
            at += 2;
        }
        if (text.startsWith("/*", at)) {
            return comment(start);
        }
        add(Kind.LEFT, LEFT, start, at, false);
        int depth = 0;
        while (true) {
            int word = skip(at, text.length());
            boolean spaced = word > at;
            boolean trims = spaced && text.startsWith("-" + RIGHT, word);
            at = word;
            if (trims || text.startsWith(RIGHT, at)) {
                if (depth > 0) {
                    throw failure(at, "a ( is not closed");
                }
                int end = at + (trims ? 1 : 0) + RIGHT.length();
                add(Kind.RIGHT, RIGHT, at, end, spaced);
                at = end;
                return trims;
            }
            if (at >= text.length()) {
                throw failure(start, "this action is not closed with }}");
            }
            word(spaced);
            depth += depthOf(tokens.get(tokens.size() - 1));
            if (depth < 0) {
                throw failure(at - 1, "a ) too many");
            }
        }
    }

    private static int depthOf(Token token) {
        return switch (token.kind()) {
            case LEFT_PARENTHESIS -> 1;
            case RIGHT_PARENTHESIS -> -1;
            default -> 0;
        };
    }

    private boolean comment(int start) throws SyntaxException {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw failure(start, "this comment is not closed");
        }
        String inside = text.substring(at + 2, end);
        int close = end + 2;
        boolean trims = isSpace(close) && text.startsWith("-" + RIGHT, close + 1);
        if (!trims && !text.startsWith(RIGHT, close)) {
            throw failure(close, "a comment ends right before }}");
        }
        at = close + (trims ? 2 : 0) + RIGHT.length();
        add(Kind.COMMENT, inside, start, at, false);
        return trims;
    }

    private void word(boolean spaced) throws SyntaxException {
        char c = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        boolean digit = c >= '0' && c <= '9';
        if (digit || c == '+' || c == '-' || (c == '.' && next >= '0' && next <= '9')) {
            number(spaced);
        } else if (c == '.' || c == '$') {
            name(spaced, c == '.' ? Kind.FIELD : Kind.VARIABLE);
        } else if (c == '"' || c == '\'') {
            quoted(c, spaced);
        } else if (c == '`') {
            raw(spaced);
        } else if (isNamePart(at)) {
            identifier(spaced);
        } else {
            sign(spaced);
        }
    }

    private void sign(boolean spaced) throws SyntaxException {
        for (Kind kind : List.of(
                Kind.PIPE, Kind.LEFT_PARENTHESIS, Kind.RIGHT_PARENTHESIS, Kind.COMMA, Kind.DECLARE, Kind.ASSIGN)) {
            String sign = signOf(kind);
            if (text.startsWith(sign, at)) {
                take(kind, sign, at + sign.length(), spaced);
                return;
            }
        }
        throw failure(at, "a character that means nothing here");
    }

    private static String signOf(Kind kind) {
        return switch (kind) {
            case PIPE -> "|";
            case LEFT_PARENTHESIS -> "(";
            case RIGHT_PARENTHESIS -> ")";
            case COMMA -> ",";
            case DECLARE -> ":=";
            default -> "=";
        };
    }

    private void number(boolean spaced) throws SyntaxException {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        int end = number.lookingAt() ? number.end() : at;
        if (end == at || isNamePart(end)) {
            throw failure(at, "not a number");
        }
        take(Kind.NUMBER, text.substring(at, end), end, spaced);
    }

    private void name(boolean spaced, Kind kind) throws SyntaxException {
        int end = endOfName(at + 1);
        requireTerminator(end);
        if (kind == Kind.FIELD && end == at + 1) {
            take(Kind.DOT, ".", end, spaced);
        } else {
            take(kind, text.substring(kind == Kind.FIELD ? at + 1 : at, end), end, spaced);
        }
    }

    private void identifier(boolean spaced) throws SyntaxException {
        int end = endOfName(at);
        requireTerminator(end);
        String word = text.substring(at, end);
        Kind kind = switch (word) {
            case "true", "false" -> Kind.BOOL;
            case "nil" -> Kind.NIL;
            default -> KEYWORDS.contains(word) ? Kind.KEYWORD : Kind.IDENTIFIER;
        };
        take(kind, word, end, spaced);
    }

    private void requireTerminator(int end) throws SyntaxException {
        boolean ends =
                end >= text.length() || TERMINATORS.indexOf(text.charAt(end)) >= 0 || text.startsWith(RIGHT, end);
        if (!ends) {
            throw failure(end, "a character that no name may have");
        }
    }

    private void quoted(char quote, boolean spaced) throws SyntaxException {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length() || text.charAt(end) == '\n') {
            throw failure(at, "this " + (quote == '"' ? "string" : "character") + " is not closed on its line");
        }
        String inside = text.substring(at + 1, end);
        if (quote == '"') {
            String value = Literals.string(inside).orElseThrow(() -> failure(at, "a \\ in this string means nothing"));
            take(Kind.STRING, value, end + 1, spaced);
        } else {
            int value = Literals.character(inside).orElseThrow(() -> failure(at, "not one character"));
            take(Kind.NUMBER, String.valueOf(value), end + 1, spaced);
        }
    }

    private void raw(boolean spaced) throws SyntaxException {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw failure(at, "this raw string is not closed");
        }
        // As in Go's own source, a carriage return does not count.
        take(Kind.STRING, text.substring(at + 1, end).replace("\r", ""), end + 1, spaced);
    }

    private void take(Kind kind, String value, int end, boolean spaced) {
        add(kind, value, at, end, spaced);
        at = end;
    }

    private int endOfName(int start) {
        int end = start;
        while (isNamePart(end)) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private boolean isNamePart(int index) {
        if (index >= text.length()) {
            return false;
        }
        int point = text.codePointAt(index);
        return point == '_' || Character.isLetterOrDigit(point);
    }

    private int skip(int start, int end) {
        int behind = start;
        while (behind < end && isSpace(behind)) {
            behind++;
        }
        return behind;
    }

    private boolean isSpace(int index) {
        return index < text.length() && SPACES.indexOf(text.charAt(index)) >= 0;
    }

    private void add(Kind kind, String value, int start, int end, boolean spaced) {
        tokens.add(new Token(kind, value, new Span(place(start), start, end), spaced));
    }

    private SyntaxException failure(int index, String reason) {
        return new SyntaxException(place(index), reason);
    }

    /** Counts on from the last place asked for; a place before it is counted from the start. */
    private Place place(int index) {
        if (index < counted) {
            line = 1;
            column = 1;
            counted = 0;
        }
        while (counted < index) {
            int point = text.codePointAt(counted);
            column = point == '\n' ? 1 : column + 1;
            line += point == '\n' ? 1 : 0;
            counted += Character.charCount(point);
        }
        return new Place(line, column);
    }
}
