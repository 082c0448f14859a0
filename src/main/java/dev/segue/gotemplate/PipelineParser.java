package dev.segue.gotemplate;

import dev.segue.gotemplate.Parser.Words;
import dev.segue.gotemplate.Pipeline.Binding;
import dev.segue.gotemplate.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes pipelines of words, and knows which variables there are. Used by one thread. */
final class PipelineParser {
    private static final String ROOT = "$";

    private final Words words;
    private Deque<String> variables = new ArrayDeque<>(List.of(ROOT));

    PipelineParser(Words words) {
        this.words = words;
    }

    /** From now on only {@code $} is known; gives what was known before. */
    Deque<String> startScope() {
        Deque<String> outer = variables;
        variables = new ArrayDeque<>(List.of(ROOT));
        return outer;
    }

    void endScope(Deque<String> outer) {
        variables = outer;
    }

    int depth() {
        return variables.size();
    }

    /** Forgets the variables that were declared since there were {@code depth}. */
    void cutBack(int depth) {
        while (variables.size() > depth) {
            variables.pop();
        }
    }

    /**
     * The pipeline up to {@code end}, which stays.
     *
     * @param mostVariables how many it may set
     */
    Pipeline pipeline(Kind end, int mostVariables) throws SyntaxException {
        Place place = words.next().place();
        List<String> bound = new ArrayList<>();
        Binding binding = binding(bound, mostVariables);
        List<List<Operand>> commands = new ArrayList<>();
        if (words.next().is(end)) {
            throw new SyntaxException(place, "a value is missing");
        }
        commands.add(command(end));
        while (words.next().is(Kind.PIPE)) {
            words.enter(Words.PARENTHESIS, words.take().place());
            List<Operand> command = command(end);
            if (!isExecutable(command.get(0))) {
                throw new SyntaxException(command.get(0).place(), "behind a | stands a function");
            }
            commands.add(command);
        }
        words.leave(Words.PARENTHESIS * (commands.size() - 1));
        if (!words.next().is(end)) {
            throw Words.unexpected(words.next());
        }
        if (binding == Binding.DECLARES) {
            bound.forEach(variables::push);
        }
        return new Pipeline(place, bound, binding, commands);
    }

    private Binding binding(List<String> bound, int most) throws SyntaxException {
        if (!words.next().is(Kind.VARIABLE)) {
            return Binding.DECLARES;
        }
        Token first = words.take();
        Token sign = words.next();
        if (sign.is(Kind.COMMA)) {
            words.take();
            if (most < 2) {
                throw new SyntaxException(sign.place(), "too many variables");
            }
            Token second = words.take(Kind.VARIABLE);
            sign = words.next();
            if (!sign.is(Kind.DECLARE) && !sign.is(Kind.ASSIGN)) {
                throw Words.unexpected(sign);
            }
            bound.add(first.text());
            bound.add(second.text());
        } else if (sign.is(Kind.DECLARE) || sign.is(Kind.ASSIGN)) {
            if (most < 1) {
                throw new SyntaxException(first.place(), "a variable can't be set here");
            }
            bound.add(first.text());
        } else {
            words.putBack(first);
            return Binding.DECLARES;
        }
        words.take();
        if (sign.is(Kind.ASSIGN)) {
            for (String name : bound) {
                requireKnown(name, first.place());
            }
        }
        return sign.is(Kind.ASSIGN) ? Binding.ASSIGNS : Binding.DECLARES;
    }

    private static boolean isExecutable(Operand operand) {
        return !(operand instanceof Operand.Truth
                || operand instanceof Operand.Dot
                || operand instanceof Operand.Nil
                || operand instanceof Operand.Numeral
                || operand instanceof Operand.Text);
    }

    private List<Operand> command(Kind end) throws SyntaxException {
        List<Operand> operands = new ArrayList<>();
        while (true) {
            Token token = words.next();
            if (!operands.isEmpty() && (token.is(end) || token.is(Kind.PIPE))) {
                return operands;
            }
            if (!operands.isEmpty() && !token.spaced()) {
                throw Words.unexpected(token);
            }
            operands.add(operand());
        }
    }

    private Operand operand() throws SyntaxException {
        Operand term = term();
        List<String> names = new ArrayList<>();
        while (words.next().is(Kind.FIELD) && !words.next().spaced()) {
            names.add(words.take().text());
        }
        if (names.isEmpty()) {
            return term;
        }
        if (!isExecutable(term)) {
            throw new SyntaxException(term.place(), "a field of a constant");
        }
        if (term instanceof Operand.Fields fields) {
            List<String> all = new ArrayList<>(fields.names());
            all.addAll(names);
            return new Operand.Fields(fields.place(), fields.of(), all);
        }
        return new Operand.Fields(term.place(), term, names);
    }

    private Operand term() throws SyntaxException {
        Token token = words.take();
        Place place = token.place();
        return switch (token.kind()) {
            case DOT -> new Operand.Dot(place);
            case NIL -> new Operand.Nil(place);
            case BOOL -> new Operand.Truth(place, token.text().equals("true"));
            case NUMBER -> new Operand.Numeral(place, token.text());
            case STRING -> new Operand.Text(place, token.text());
            case IDENTIFIER -> new Operand.Function(place, token.text());
            case FIELD -> new Operand.Fields(place, new Operand.Dot(place), List.of(token.text()));
            case VARIABLE -> {
                requireKnown(token.text(), place);
                yield new Operand.Variable(place, token.text());
            }
            case LEFT_PARENTHESIS -> {
                words.enter(Words.PARENTHESIS, place);
                Pipeline inner = pipeline(Kind.RIGHT_PARENTHESIS, 0);
                words.take(Kind.RIGHT_PARENTHESIS);
                words.leave(Words.PARENTHESIS);
                yield new Operand.Nested(place, inner);
            }
            default -> throw Words.unexpected(token);
        };
    }

    private void requireKnown(String variable, Place place) throws SyntaxException {
        if (!variables.contains(variable)) {
            throw new SyntaxException(place, "the variable " + variable + " is not set before");
        }
    }
}
