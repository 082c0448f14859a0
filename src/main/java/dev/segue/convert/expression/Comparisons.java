package dev.segue.convert.expression;

import dev.segue.convert.expression.Value.Binding;
import dev.segue.gotemplate.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code eq}, {@code ne}, {@code lt}, {@code le}, {@code gt} and {@code ge}. */
final class Comparisons {
    private static final Set<Type> BASIC = Set.of(Type.TEXT, Type.INTEGER, Type.SMALL_NUMBER, Type.FLOAT, Type.TRUTH);

    private Comparisons() {}

    static Value equal(Place place, List<Argument> arguments) throws NotCarriedOverException {
        if (arguments.size() < 2) {
            throw Expressions.fails(place, "eq needs something to compare with");
        }
        Argument first = arguments.get(0);
        List<Argument> others = arguments.subList(1, arguments.size());
        boolean simple = true;
        for (Argument other : others) {
            simple &= isSimple("eq", first, other) && (others.size() == 1 || isAtHand(other));
        }
        if (!simple) {
            return Value.atom("go.eq" + Expressions.codes(arguments), Type.TRUTH, Value.Kind.CALL);
        }
        List<Value> each = new ArrayList<>();
        for (Argument other : others) {
            each.add(compared(first, " == ", other));
        }
        return Truth.joined(each, false);
    }

    private static boolean isAtHand(Argument argument) {
        return argument.value().kind() == Value.Kind.AT_HAND;
    }

    static Value unequal(Place place, List<Argument> arguments) throws NotCarriedOverException {
        requireTwo("ne", place, arguments);
        if (isSimple("ne", arguments.get(0), arguments.get(1))) {
            return compared(arguments.get(0), " != ", arguments.get(1));
        }
        return Truth.negated(Value.atom("go.eq" + Expressions.codes(arguments), Type.TRUTH, Value.Kind.CALL));
    }

    static Value ordered(String name, String sign, Place place, List<Argument> arguments)
            throws NotCarriedOverException {
        requireTwo(name, place, arguments);
        boolean simple = isSimple(name, arguments.get(0), arguments.get(1));
        if (arguments.get(0).type() == Type.TRUTH) {
            throw Expressions.fails(place, name + " has no order for truth values");
        }
        if (simple && arguments.get(0).type() != Type.TEXT) {
            return compared(arguments.get(0), " " + sign + " ", arguments.get(1));
        }
        return Value.atom("go." + name + Expressions.codes(arguments), Type.TRUTH, Value.Kind.CALL);
    }

    private static void requireTwo(String name, Place place, List<Argument> arguments) throws NotCarriedOverException {
        if (arguments.size() != 2) {
            throw Expressions.fails(place, name + " takes 2 arguments, not " + arguments.size());
        }
    }

    /** True if FreeMarker compares the two as Go does. */
    private static boolean isSimple(String name, Argument a, Argument b) throws NotCarriedOverException {
        if (!BASIC.contains(a.type()) || !BASIC.contains(b.type())) {
            return false;
        }
        boolean bothWhole = isWhole(a.type()) && isWhole(b.type());
        if (a.type() != b.type() && !bothWhole) {
            throw Expressions.fails(
                    a.place(),
                    name + " of " + a.type().shown() + " and " + b.type().shown());
        }
        return a.type() != Type.FLOAT;
    }

    private static boolean isWhole(Type type) {
        return type == Type.INTEGER || type == Type.SMALL_NUMBER;
    }

    private static Value compared(Argument a, String sign, Argument b) {
        String code = a.value().code(Binding.SUM) + sign + b.value().code(Binding.SUM);
        return Value.of(code, Type.TRUTH, Binding.COMPARISON);
    }
}
