package dev.segue.gotemplate;

import dev.segue.gotemplate.GoTemplate.Definition;
import dev.segue.gotemplate.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes nodes of words. Used once, by one thread. */
final class Parser {
    private final String source;
    private final Words words;
    private final PipelineParser pipelines;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private int loops;

    Parser(String source) throws SyntaxException {
        this.source = source;
        this.words = new Words(Lexer.tokens(source));
        this.pipelines = new PipelineParser(words);
    }

    GoTemplate template() throws SyntaxException {
        List<Node> body = new ArrayList<>();
        while (!words.next().is(Kind.END)) {
            if (words.isAction("define")) {
                define();
            } else {
                body.add(node());
            }
        }
        return new GoTemplate(source, body, definitions);
    }

    private void define() throws SyntaxException {
        Span left = words.take(Kind.LEFT).span();
        words.take(Kind.KEYWORD);
        String name = words.take(Kind.STRING).text();
        words.take(Kind.RIGHT);
        add(name, left, body(left));
    }

    /** The body of a definition, in which no variable and no loop of its surroundings counts. */
    private Block body(Span left) throws SyntaxException {
        Deque<String> outer = pipelines.startScope();
        int outerLoops = loops;
        loops = 0;
        Block block = block(left);
        if (block.stop().isKeyword("else")) {
            throw new SyntaxException(block.stop().place(), "an {{else}} without its {{if}}");
        }
        loops = outerLoops;
        pipelines.endScope(outer);
        return block;
    }

    private void add(String name, Span left, Block block) throws SyntaxException {
        Definition definition = new Definition(name, left.to(block.end()), block.nodes());
        Definition first = definitions.get(name);
        boolean again = first != null && !isEmpty(first) && !isEmpty(definition);
        if (again) {
            throw new SyntaxException(left.place(), "\"" + name + "\" was defined before");
        }
        if (first == null || isEmpty(first)) {
            definitions.put(name, definition);
        }
    }

    private static boolean isEmpty(Definition definition) {
        return definition.body().stream()
                .allMatch(node -> node instanceof Node.Comment
                        || (node instanceof Node.Text text && text.text().isBlank()));
    }

    private Node node() throws SyntaxException {
        Token token = words.next();
        if (token.is(Kind.TEXT)) {
            words.take(Kind.TEXT);
            return new Node.Text(token.span(), token.text());
        }
        if (token.is(Kind.COMMENT)) {
            words.take(Kind.COMMENT);
            return new Node.Comment(token.span(), token.text());
        }
        Span left = words.take(Kind.LEFT).span();
        if (!words.next().is(Kind.KEYWORD)) {
            Pipeline pipeline = pipelines.pipeline(Kind.RIGHT, 1);
            return new Node.Action(left.to(words.take(Kind.RIGHT).span()), pipeline);
        }
        return statement(left, words.take(Kind.KEYWORD));
    }

    private Node statement(Span left, Token keyword) throws SyntaxException {
        return switch (keyword.text()) {
            case "if" -> branch(left, Node.Kind.IF, false);
            case "with" -> branch(left, Node.Kind.WITH, false);
            case "range" -> branch(left, Node.Kind.RANGE, false);
            case "template" -> invocation(left);
            case "block" -> inlineDefinition(left);
            case "break" -> jump(left, keyword, Node.Target.BREAK);
            case "continue" -> jump(left, keyword, Node.Target.CONTINUE);
            case "define" -> throw new SyntaxException(keyword.place(), "{{define}} within something else");
            default ->
                throw new SyntaxException(
                        keyword.place(), "an {{" + keyword.text() + "}} without anything that it belongs to");
        };
    }

    private Node jump(Span left, Token keyword, Node.Target target) throws SyntaxException {
        if (loops == 0) {
            throw new SyntaxException(keyword.place(), "a {{" + keyword.text() + "}} outside {{range}}");
        }
        return new Node.Jump(left.to(words.take(Kind.RIGHT).span()), target);
    }

    private Node invocation(Span left) throws SyntaxException {
        String name = words.take(Kind.STRING).text();
        Optional<Pipeline> argument =
                words.next().is(Kind.RIGHT) ? Optional.empty() : Optional.of(pipelines.pipeline(Kind.RIGHT, 0));
        return new Node.Invocation(left.to(words.take(Kind.RIGHT).span()), name, argument);
    }

    private Node inlineDefinition(Span left) throws SyntaxException {
        String name = words.take(Kind.STRING).text();
        Pipeline argument = pipelines.pipeline(Kind.RIGHT, 0);
        words.take(Kind.RIGHT);
        words.enter(Words.BLOCK, left.place());
        Block block = body(left);
        words.leave(Words.BLOCK);
        add(name, left, block);
        return new Node.Invocation(left.to(block.end()), name, Optional.of(argument));
    }

    private Node branch(Span left, Node.Kind kind, boolean isChained) throws SyntaxException {
        int depth = pipelines.depth();
        int room = isChained ? Words.ARM : Words.BLOCK;
        words.enter(room, left.place());
        Pipeline pipeline = pipelines.pipeline(Kind.RIGHT, kind == Node.Kind.RANGE ? 2 : 1);
        Span header = left.to(words.take(Kind.RIGHT).span());
        loops += kind == Node.Kind.RANGE ? 1 : 0;
        Block body = block(left);
        loops -= kind == Node.Kind.RANGE ? 1 : 0;
        List<Node> otherwise = List.of();
        Span end = body.end();
        if (body.stop().isKeyword("else")) {
            Optional<Node> chained = chained(body.stop(), kind);
            if (chained.isPresent()) {
                otherwise = List.of(chained.get());
                end = chained.get().span();
            } else {
                words.take(Kind.RIGHT);
                Block rest = block(left);
                if (rest.stop().isKeyword("else")) {
                    throw new SyntaxException(rest.stop().place(), "a second {{else}}");
                }
                otherwise = rest.nodes();
                end = rest.end();
            }
        }
        pipelines.cutBack(depth);
        words.leave(room);
        return new Node.Branch(left.to(end), header, kind, pipeline, body.nodes(), otherwise, isChained);
    }

    /** What follows {@code else} in one action with it: {@code if} in an if, {@code with} in a with. */
    private Optional<Node> chained(Token elseWord, Node.Kind kind) throws SyntaxException {
        if (kind == Node.Kind.IF && words.next().isKeyword("if")) {
            words.take(Kind.KEYWORD);
            return Optional.of(branch(elseWord.span(), kind, true));
        }
        if (kind == Node.Kind.WITH && words.next().isKeyword("with")) {
            words.take(Kind.KEYWORD);
            return Optional.of(branch(elseWord.span(), kind, true));
        }
        return Optional.empty();
    }

    /** Everything up to {@code end}, which is read to its }}, or {@code else}, whose action may go on. */
    private Block block(Span left) throws SyntaxException {
        List<Node> nodes = new ArrayList<>();
        int depth = pipelines.depth();
        while (true) {
            if (words.next().is(Kind.END)) {
                throw new SyntaxException(left.place(), "this has no {{end}}");
            }
            if (words.isAction("end") || words.isAction("else")) {
                Span open = words.take(Kind.LEFT).span();
                Token stop = words.take(Kind.KEYWORD);
                Span end = stop.isKeyword("end") ? words.take(Kind.RIGHT).span() : stop.span();
                pipelines.cutBack(depth);
                return new Block(nodes, new Token(stop.kind(), stop.text(), open.to(stop.span()), false), end);
            }
            nodes.add(node());
        }
    }

    /**
     * Nodes and what ends them.
     *
     * @param stop {@code end} or {@code else}, from the braces before it
     */
    private record Block(List<Node> nodes, Token stop, Span end) {}

    /** The words, one after another. */
    static final class Words {
        /** What reads, translates and runs a template calls itself for what lies within something; a small stack has this room. */
        private static final int ROOM = 700;

        static final int BLOCK = 5;

        /** Also a |, which makes what stands before it an argument of what stands behind. */
        static final int PARENTHESIS = 2;

        /** An {@code else if}: it lies within the {@code if} before it. */
        static final int ARM = 1;

        private final Deque<Token> rest;
        private int room = ROOM;

        Words(List<Token> tokens) {
            this.rest = new ArrayDeque<>(tokens);
        }

        Token next() {
            return rest.element();
        }

        /** Before what lies within something and takes {@code amount} of the room, until {@link #leave}. */
        void enter(int amount, Place place) throws SyntaxException {
            room -= amount;
            if (room < 0) {
                throw new SyntaxException(place, "nested too deeply (" + ROOM / BLOCK + " blocks are the most)");
            }
        }

        void leave(int amount) {
            room += amount;
        }

        /** True if an action comes next that begins with {@code keyword}. */
        boolean isAction(String keyword) {
            if (!next().is(Kind.LEFT)) {
                return false;
            }
            Token left = rest.pop();
            boolean is = next().isKeyword(keyword);
            rest.push(left);
            return is;
        }

        Token take(Kind kind) throws SyntaxException {
            Token token = rest.element();
            if (!token.is(kind)) {
                throw unexpected(token);
            }
            return rest.pop();
        }

        Token take() {
            return rest.pop();
        }

        void putBack(Token token) {
            rest.push(token);
        }

        static SyntaxException unexpected(Token token) {
            return new SyntaxException(token.place(), "unexpected " + token.shown());
        }
    }
}
