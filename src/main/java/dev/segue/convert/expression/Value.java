package dev.segue.convert.expression;

import dev.segue.gotemplate.Place;
import java.util.Optional;

/**
 * A value as FreeMarker writes it.
 *
 * @param constant what Go prints of it, if that is known now
 */
public record Value(String code, Type type, Binding binding, Kind kind, Optional<String> constant) {
    /** How tightly the code holds together, the tightest first. */
    public enum Binding {
        ATOM,
        NOT,
        SUM,
        COMPARISON,
        AND,
        OR
    }

    /** What kind of place it comes from. */
    public enum Kind {
        /** A variable or constant, or a part of one: at hand, and it can't fail. */
        AT_HAND,
        /** The result of a call. */
        CALL,
        /** A member or element, which may not be there. */
        MEMBER
    }

    static Value atom(String code, Type type, Kind kind) {
        return new Value(code, type, Binding.ATOM, kind, Optional.empty());
    }

    static Value constant(String code, Type type, String printed) {
        return new Value(code, type, Binding.ATOM, Kind.AT_HAND, Optional.of(printed));
    }

    /** What stands for {@code nil}. */
    public static Value nothing() {
        return constant("go.nil()", Type.NOTHING, "<no value>");
    }

    static Value of(String code, Type type, Binding binding) {
        return new Value(code, type, binding, Kind.CALL, Optional.empty());
    }

    /** A variable of this name. */
    public static Value variable(String name, Type type) {
        return atom(name, type, Kind.AT_HAND);
    }

    /** The code, in parentheses if it holds together less tightly than {@code wanted}. */
    public String code(Binding wanted) {
        return binding.compareTo(wanted) > 0 ? "(" + code + ")" : code;
    }

    /** The code where a name or a part of one has to stand. */
    public String atom() {
        return code(Binding.ATOM);
    }

    /**
     * The code where any value of Go may stand.
     *
     * @throws NotCarriedOverException if there is no such value
     */
    public String asAny(Place place) throws NotCarriedOverException {
        if (!type.canBeAny()) {
            throw new NotCarriedOverException(place, type.shown() + " can't be kept beside values of other kinds");
        }
        boolean wraps = !type.printsItself() && type != Type.NOTHING;
        return wraps ? "go.value(" + code + ")" : code;
    }
}
