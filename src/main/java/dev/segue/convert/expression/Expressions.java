package dev.segue.convert.expression;

import dev.segue.gotemplate.Operand;
import dev.segue.gotemplate.Pipeline;
import dev.segue.gotemplate.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes FreeMarker's expressions of Go's pipelines. */
public final class Expressions {
    private final Surroundings surroundings;

    public Expressions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What a pipeline results in; its variables do not matter. */
    public Value value(Pipeline pipeline) throws NotCarriedOverException {
        List<List<Operand>> commands = pipeline.commands();
        Value value = command(commands.get(0), List.of());
        Operand piped = commands.get(0).get(0);
        for (List<Operand> command : commands.subList(1, commands.size())) {
            value = command(command, List.of(new Argument(piped, value)));
            piped = new Operand.Nested(piped.place(), pipeline);
        }
        return value;
    }

    /** A pipeline as a truth value. */
    public Value condition(Pipeline pipeline) throws NotCarriedOverException {
        return condition(pipeline, true);
    }

    private Value condition(Pipeline pipeline, boolean wanted) throws NotCarriedOverException {
        if (pipeline.commands().size() > 1) {
            return Truth.of(value(pipeline), wanted);
        }
        List<Operand> command = pipeline.commands().get(0);
        List<Operand> operands = command.subList(1, command.size());
        if (!(command.get(0) instanceof Operand.Function function) || operands.isEmpty()) {
            return Truth.of(value(pipeline), wanted);
        }
        String name = function.name();
        if (name.equals("not") && operands.size() == 1) {
            return condition(operands.get(0), !wanted);
        }
        if (name.equals("and") || name.equals("or")) {
            List<Value> all = new ArrayList<>();
            for (Operand operand : operands) {
                all.add(condition(operand, wanted));
            }
            return Truth.joined(all, name.equals("and") == wanted);
        }
        boolean compares = name.equals("eq") || name.equals("ne");
        if (compares && !wanted && operands.size() == 2) {
            String opposite = name.equals("eq") ? "ne" : "eq";
            return Builtins.call(opposite, function.place(), arguments(operands))
                    .orElseThrow();
        }
        return Truth.of(value(pipeline), wanted);
    }

    private Value condition(Operand operand, boolean wanted) throws NotCarriedOverException {
        return operand instanceof Operand.Nested nested
                ? condition(nested.pipeline(), wanted)
                : Truth.of(operand(operand), wanted);
    }

    /** True if a value counts as true. */
    public static Value truth(Value value) {
        return Truth.of(value, true);
    }

    /** What an action prints, in turn. */
    public List<Value> printed(Pipeline pipeline) throws NotCarriedOverException {
        List<Operand> command = pipeline.commands().get(0);
        boolean call = pipeline.commands().size() == 1 && command.get(0) instanceof Operand.Function;
        if (call) {
            String name = ((Operand.Function) command.get(0)).name();
            Optional<List<Value>> parts = Builtins.parts(name, arguments(command.subList(1, command.size())));
            if (parts.isPresent()) {
                return parts.get();
            }
        }
        return List.of(value(pipeline));
    }

    /** The code between <code>${</code> and <code>}</code> that prints a value as Go does. */
    public static String printing(Value value, Place place) throws NotCarriedOverException {
        if (value.type().printsItself()) {
            return value.code();
        }
        if (!value.type().canBeAny()) {
            throw new NotCarriedOverException(
                    place, "what confd prints of " + value.type().shown() + " is not fixed");
        }
        return "go.print(" + value.code() + ")";
    }

    /** What one turn of a loop over a pipeline is best called. */
    public static String elementName(Pipeline pipeline, Type element) {
        List<Operand> last = pipeline.commands().get(pipeline.commands().size() - 1);
        if (last.get(0) instanceof Operand.Nested nested && last.size() == 1) {
            return elementName(nested.pipeline(), element);
        }
        if (last.get(0) instanceof Operand.Function function) {
            String name = ConfdFunction.named(function.name())
                    .map(ConfdFunction::element)
                    .orElse("");
            boolean passesOn =
                    function.name().equals("reverse") || function.name().startsWith("sort");
            if (passesOn && last.size() == 2 && last.get(1) instanceof Operand.Nested nested) {
                return elementName(nested.pipeline(), element);
            }
            if (!name.isEmpty()) {
                return name;
            }
        }
        return element == Type.TEXT ? "value" : element == Type.INTEGER ? "i" : element.variable();
    }

    List<Argument> arguments(List<Operand> operands) throws NotCarriedOverException {
        List<Argument> arguments = new ArrayList<>();
        for (Operand operand : operands) {
            arguments.add(new Argument(operand, operand(operand)));
        }
        return arguments;
    }

    private Value command(List<Operand> words, List<Argument> piped) throws NotCarriedOverException {
        Operand first = words.get(0);
        List<Argument> arguments = new ArrayList<>(arguments(words.subList(1, words.size())));
        arguments.addAll(piped);
        if (first instanceof Operand.Function function) {
            return call(function, arguments);
        }
        if (arguments.isEmpty()) {
            return operand(first);
        }
        if (first instanceof Operand.Fields fields && fields.names().size() == 1) {
            Value of = operand(fields.of());
            if (of.type() == Type.TIME) {
                return Times.method(of, fields.names().get(0), arguments, fields.place());
            }
        }
        throw fails(first.place(), "this is no function that could be given something");
    }

    private Value call(Operand.Function function, List<Argument> arguments) throws NotCarriedOverException {
        Optional<Value> builtin = Builtins.call(function.name(), function.place(), arguments);
        if (builtin.isPresent()) {
            return builtin.get();
        }
        surroundings.calls(function.name());
        ConfdFunction known = ConfdFunction.named(function.name())
                .orElseThrow(() -> new NotCarriedOverException(
                        function.place(), "confd has no function " + function.name() + since(function.name())));
        return switch (known.name()) {
            case "map" -> map(function.place(), arguments);
            case "reverse" -> reverse(function.place(), arguments);
            default -> confd(known, function.place(), arguments);
        };
    }

    private static String since(String name) {
        return List.of("cget", "cgets", "cgetv", "cgetvs").contains(name)
                ? " any more (it decrypted values until version 0.16)"
                : "";
    }

    private Value confd(ConfdFunction function, Place place, List<Argument> arguments) throws NotCarriedOverException {
        int most = function.parameters().size();
        if (arguments.size() > most || arguments.size() < most - function.optional()) {
            throw fails(place, function.name() + " " + function.arity() + ", not " + arguments.size());
        }
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            codes.add(fitting(function, function.parameters().get(i), arguments.get(i)));
        }
        if (function.name().startsWith("sort")) {
            requireOwn(function.name(), arguments.get(0));
        }
        boolean exact = function.name().startsWith("ls")
                && !isCleanPath(arguments.get(0).value());
        String code = (exact ? "go." : "") + function.code() + "(" + String.join(", ", codes) + ")";
        return Value.atom(code, function.result(), Value.Kind.CALL);
    }

    /** True of a path for which Segue's own ls does what confd's does. */
    private static boolean isCleanPath(Value path) {
        return path.constant()
                .filter(text -> text.matches("(?:/(?!\\.)[^/]+)+"))
                .isPresent();
    }

    private static String fitting(ConfdFunction function, Type wanted, Argument argument)
            throws NotCarriedOverException {
        if (argument.type() == wanted) {
            return argument.code();
        }
        if (wanted == Type.INTEGER && argument.operand() instanceof Operand.Numeral number) {
            Optional<Long> integer = Literals.integer(number.text());
            if (integer.isPresent()) {
                return integer.get().toString();
            }
        }
        if (argument.type() == Type.ANY && wanted != Type.KEYS) {
            return argument.code();
        }
        if (argument.type() == Type.ANY) {
            throw new NotCarriedOverException(
                    argument.place(),
                    "it shows only when confd runs whether " + function.name() + " gets a list of keys");
        }
        throw fails(
                argument.place(),
                function.name() + " needs " + wanted.shown() + " here, not "
                        + argument.type().shown());
    }

    private static Value map(Place place, List<Argument> arguments) throws NotCarriedOverException {
        if (arguments.size() % 2 != 0) {
            throw fails(place, "map needs a value for each key");
        }
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            if (i % 2 == 0 && argument.type() != Type.TEXT && argument.type() != Type.ANY) {
                throw fails(
                        argument.place(),
                        "the keys of a map are text, not " + argument.type().shown());
            }
            codes.add(argument.anyCode());
        }
        return Value.atom("go.map(" + String.join(", ", codes) + ")", Type.MAP, Value.Kind.CALL);
    }

    private Value reverse(Place place, List<Argument> arguments) throws NotCarriedOverException {
        if (arguments.size() != 1) {
            throw fails(place, "reverse takes 1 argument, not " + arguments.size());
        }
        Argument list = arguments.get(0);
        if (list.type() == Type.ANY) {
            throw new NotCarriedOverException(
                    list.place(), "it shows only when confd runs whether reverse gets something that it reverses");
        }
        if (list.type() != Type.TEXTS && list.type() != Type.KEYS) {
            return list.value();
        }
        requireOwn("reverse", list);
        return Value.atom("reverse(" + list.code() + ")", list.type(), Value.Kind.CALL);
    }

    /** confd turns the list around that it is given; here that is a new one, which must make no difference. */
    private void requireOwn(String function, Argument list) throws NotCarriedOverException {
        boolean once = list.value().kind() == Value.Kind.CALL
                || (list.operand() instanceof Operand.Variable variable && surroundings.isReadOnce(variable.name()))
                || (list.operand() instanceof Operand.Dot && surroundings.isReadOnce("."));
        if (!once) {
            throw new NotCarriedOverException(
                    list.place(),
                    "confd's " + function + " changes the list that it is given, which is used elsewhere too");
        }
    }

    Value operand(Operand operand) throws NotCarriedOverException {
        if (operand instanceof Operand.Dot) {
            return surroundings.dot();
        }
        if (operand instanceof Operand.Variable variable) {
            return surroundings.variable(variable.name(), variable.place());
        }
        if (operand instanceof Operand.Fields fields) {
            return members(fields);
        }
        if (operand instanceof Operand.Nested nested) {
            return value(nested.pipeline());
        }
        if (operand instanceof Operand.Function function) {
            return call(function, List.of());
        }
        return constant(operand);
    }

    private static Value constant(Operand operand) throws NotCarriedOverException {
        if (operand instanceof Operand.Truth truth) {
            return Value.constant(String.valueOf(truth.value()), Type.TRUTH, String.valueOf(truth.value()));
        }
        if (operand instanceof Operand.Text text) {
            return Value.constant(Literals.text(text.value()), Type.TEXT, text.value());
        }
        if (operand instanceof Operand.Numeral number) {
            Optional<Long> integer = Literals.integer(number.text());
            if (integer.isPresent() && !Literals.isFloat(number.text())) {
                return Value.constant(
                        integer.get().toString(), Type.INTEGER, integer.get().toString());
            }
            String decimal = Literals.decimal(number.text())
                    .orElseThrow(() -> new NotCarriedOverException(number.place(), "FreeMarker has no such number"));
            return Value.atom(decimal, Type.FLOAT, Value.Kind.AT_HAND);
        }
        return Value.nothing();
    }

    private Value members(Operand.Fields fields) throws NotCarriedOverException {
        Value value = operand(fields.of());
        if (fields.of() instanceof Operand.Variable variable) {
            surroundings.membersOf(variable.name());
        }
        if (fields.of() instanceof Operand.Nested && value.kind() == Value.Kind.MEMBER && value.type() == Type.ANY) {
            // What is null becomes what is missing on its way through a pipeline.
            value = Value.atom("go.value(" + value.code() + ")", Type.ANY, Value.Kind.CALL);
        }
        for (String name : fields.names()) {
            value = member(value, name, fields.place());
        }
        return value;
    }

    private static Value member(Value of, String name, Place place) throws NotCarriedOverException {
        boolean key = of.type() == Type.KEY && (name.equals("Key") || name.equals("Value"));
        if (key) {
            return Value.atom(of.atom() + "." + name.toLowerCase(Locale.ROOT), Type.TEXT, of.kind());
        }
        return switch (of.type()) {
            case NOTHING -> of;
            case TIME -> Times.method(of, name, List.of(), place);
            case SERVICE -> Value.atom(of.atom() + "." + serviceField(name, place), serviceType(name), of.kind());
            case MAP, ANY ->
                Value.atom(
                        of.atom()
                                + (name.matches("[A-Za-z_][A-Za-z0-9_]*")
                                        ? "." + name
                                        : "[" + Literals.text(name) + "]"),
                        Type.ANY,
                        Value.Kind.MEMBER);
            default -> throw fails(place, of.type().shown() + " has no ." + name);
        };
    }

    private static String serviceField(String name, Place place) throws NotCarriedOverException {
        return switch (name) {
            case "Target", "Port", "Priority", "Weight" -> name.toLowerCase(Locale.ROOT);
            default -> throw fails(place, "an SRV record has no ." + name);
        };
    }

    private static Type serviceType(String name) {
        return name.equals("Target") ? Type.TEXT : Type.SMALL_NUMBER;
    }

    static NotCarriedOverException fails(Place place, String why) {
        return new NotCarriedOverException(place, "confd fails here: " + why);
    }

    static String codes(List<Argument> arguments) throws NotCarriedOverException {
        List<String> codes = new ArrayList<>();
        for (Argument argument : arguments) {
            codes.add(argument.anyCode());
        }
        return codes.stream().collect(Collectors.joining(", ", "(", ")"));
    }
}
