package dev.segue.convert.expression;

import dev.segue.gotemplate.Operand;
import dev.segue.gotemplate.Place;
import java.util.List;
import java.util.Optional;

/** The functions that all of Go's templates have. */
final class Builtins {
    private Builtins() {}

    /** A call of the function of this name; nothing if there is none. */
    static Optional<Value> call(String name, Place place, List<Argument> arguments) throws NotCarriedOverException {
        return Optional.ofNullable(
                switch (name) {
                    case "and" -> firstThatIs(false, place, arguments);
                    case "or" -> firstThatIs(true, place, arguments);
                    case "not" -> Truth.of(one(name, place, arguments).value(), false);
                    case "eq" -> Comparisons.equal(place, arguments);
                    case "ne" -> Comparisons.unequal(place, arguments);
                    case "lt" -> Comparisons.ordered(name, "lt", place, arguments);
                    case "le" -> Comparisons.ordered(name, "lte", place, arguments);
                    case "gt" -> Comparisons.ordered(name, "gt", place, arguments);
                    case "ge" -> Comparisons.ordered(name, "gte", place, arguments);
                    case "len" -> length(one(name, place, arguments));
                    case "index" -> index(place, arguments);
                    case "slice" -> slice(place, arguments);
                    case "print", "printf" -> text(name, place, arguments);
                    case "println", "html", "js", "urlquery" -> go(name, arguments, Type.TEXT);
                    case "call" -> throw new NotCarriedOverException(place, "call: no value of confd is a function");
                    default -> null;
                });
    }

    /** What {@code print} or {@code printf} prints in turn, if that is known now. */
    static Optional<List<Value>> parts(String name, List<Argument> arguments) {
        if (name.equals("printf")) {
            return Formats.parts(arguments);
        }
        boolean joins = name.equals("print") && arguments.stream().allMatch(it -> it.type() == Type.TEXT);
        return joins ? Optional.of(arguments.stream().map(Argument::value).toList()) : Optional.empty();
    }

    private static Value text(String name, Place place, List<Argument> arguments) throws NotCarriedOverException {
        Optional<List<Value>> parts = parts(name, arguments);
        if (parts.isPresent()) {
            return Formats.joined(parts.get());
        }
        if (name.equals("printf")) {
            Formats.check(place, arguments);
        }
        return go(name, arguments, Type.TEXT);
    }

    private static Value go(String name, List<Argument> arguments, Type result) throws NotCarriedOverException {
        return Value.atom("go." + name + Expressions.codes(arguments), result, Value.Kind.CALL);
    }

    private static Argument one(String name, Place place, List<Argument> arguments) throws NotCarriedOverException {
        if (arguments.size() != 1) {
            throw Expressions.fails(place, name + " takes 1 argument, not " + arguments.size());
        }
        return arguments.get(0);
    }

    /** {@code or}: the first that is true, else the last; {@code and}: the first that is not. Go looks at no more. */
    private static Value firstThatIs(boolean wanted, Place place, List<Argument> arguments)
            throws NotCarriedOverException {
        if (arguments.isEmpty()) {
            throw Expressions.fails(place, (wanted ? "or" : "and") + " needs an argument");
        }
        if (arguments.stream().allMatch(argument -> argument.type() == Type.TRUTH)) {
            return Truth.joined(arguments.stream().map(Argument::value).toList(), !wanted);
        }
        Type type = arguments.get(0).type();
        for (Argument argument : arguments) {
            type = type.or(argument.type());
        }
        String code = alternative(arguments.get(arguments.size() - 1), type);
        for (int i = arguments.size() - 2; i >= 0; i--) {
            Argument argument = arguments.get(i);
            String own = alternative(argument, type);
            String truth = Truth.of(argument.value(), true).atom();
            code = truth + "?then(" + (wanted ? own + ", " + code : code + ", " + own) + ")";
        }
        return Value.atom(code, type, Value.Kind.MEMBER);
    }

    private static String alternative(Argument argument, Type type) throws NotCarriedOverException {
        return type == Type.ANY ? argument.value().asAny(argument.place()) : argument.code();
    }

    private static Value length(Argument argument) throws NotCarriedOverException {
        if (argument.type().isPlainList()) {
            return Value.atom(argument.value().atom() + "?size", Type.INTEGER, Value.Kind.CALL);
        }
        return switch (argument.type()) {
            case TEXT, MAP, LIST, ANY -> go("len", List.of(argument), Type.INTEGER);
            default -> throw Expressions.fails(argument.place(), argument.type().shown() + " has no length");
        };
    }

    private static Value index(Place place, List<Argument> arguments) throws NotCarriedOverException {
        if (arguments.isEmpty()) {
            throw Expressions.fails(place, "index needs an argument");
        }
        Argument of = arguments.get(0);
        if (arguments.size() == 1) {
            return of.value();
        }
        if (arguments.size() == 2) {
            Argument by = arguments.get(1);
            boolean numbered = of.type().isPlainList() || of.type() == Type.LIST;
            if (numbered && by.type() == Type.INTEGER) {
                String code = of.value().atom() + "[" + by.code() + "]";
                return Value.atom(code, of.type().element(), Value.Kind.MEMBER);
            }
            if (of.type() == Type.MAP && by.type() == Type.TEXT) {
                return Value.atom(of.value().atom() + member(by), Type.ANY, Value.Kind.MEMBER);
            }
            if (of.type() == Type.TEXT && by.type() == Type.INTEGER) {
                // One byte, which Go prints as a number.
                return go("index", arguments, Type.SMALL_NUMBER);
            }
        }
        return go("index", arguments, Type.ANY);
    }

    private static String member(Argument by) {
        boolean name = by.operand() instanceof Operand.Text text && text.value().matches("[A-Za-z_][A-Za-z0-9_]*");
        return name ? "." + by.value().constant().orElseThrow() : "[" + by.code() + "]";
    }

    private static Value slice(Place place, List<Argument> arguments) throws NotCarriedOverException {
        if (arguments.isEmpty()) {
            throw Expressions.fails(place, "slice needs an argument");
        }
        return go("slice", arguments, arguments.get(0).type() == Type.TEXT ? Type.TEXT : Type.ANY);
    }
}
