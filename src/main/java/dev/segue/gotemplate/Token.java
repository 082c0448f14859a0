package dev.segue.gotemplate;

/**
 * One word of a template.
 *
 * @param text what it means: of a string its value, of a field its name without the dot, else as written
 * @param spaced true if white space stands before it, within its action
 */
record Token(Kind kind, String text, Span span, boolean spaced) {
    enum Kind {
        TEXT("text"),
        COMMENT("a comment"),
        LEFT("{{"),
        RIGHT("}}"),
        DOT("."),
        FIELD("a field"),
        VARIABLE("a variable"),
        IDENTIFIER("a name"),
        KEYWORD("a keyword"),
        NUMBER("a number"),
        STRING("a string"),
        BOOL("true or false"),
        NIL("nil"),
        PIPE("|"),
        LEFT_PARENTHESIS("("),
        RIGHT_PARENTHESIS(")"),
        COMMA(","),
        DECLARE(":="),
        ASSIGN("="),
        END("the end of the file");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }
    }

    Place place() {
        return span.place();
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean isKeyword(String word) {
        return kind == Kind.KEYWORD && text.equals(word);
    }

    /** For messages: the word itself if it is short and plain, else its kind. */
    String shown() {
        return switch (kind) {
            case FIELD -> "." + text;
            case VARIABLE, IDENTIFIER, KEYWORD, NUMBER, BOOL -> text;
            default -> kind.shown;
        };
    }
}
