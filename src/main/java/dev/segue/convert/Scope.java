package dev.segue.convert;

import dev.segue.convert.expression.NotCarriedOverException;
import dev.segue.convert.expression.Surroundings;
import dev.segue.convert.expression.Type;
import dev.segue.convert.expression.Value;
import dev.segue.gotemplate.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The variables that a piece of a template sees, and its dot. Used by one thread. */
final class Scope implements Surroundings {
    static final String DOT = ".";
    private static final String ROOT = "$";

    /**
     * A variable of Go.
     *
     * @param id where it is set first
     * @param loops in how many loops that is
     */
    record Variable(String id, Value value, int loops) {}

    private final Map<String, Variable> variables;
    private final Set<String> names;
    private final Facts found;
    private final Facts known;
    private final int loops;
    private final boolean local;
    private boolean afterRange;

    private Scope(
            Map<String, Variable> variables, Set<String> names, Facts found, Facts known, int loops, boolean local) {
        this.variables = variables;
        this.names = names;
        this.found = found;
        this.known = known;
        this.loops = loops;
        this.local = local;
    }

    /**
     * That of a whole template.
     *
     * @param dot what dot and {@code $} are
     * @param names taken by what all see
     * @param local true within a macro, whose variables are its own
     */
    static Scope outermost(Variable dot, Set<String> names, Facts found, Facts known, boolean local) {
        Map<String, Variable> variables = new HashMap<>(Map.of(DOT, dot, ROOT, dot));
        return new Scope(variables, new HashSet<>(names), found, known, 0, local);
    }

    /** One within this one, in which dot is still the same. */
    Scope inner() {
        Scope inner = new Scope(new HashMap<>(variables), new HashSet<>(names), found, known, loops, local);
        inner.afterRange = afterRange;
        return inner;
    }

    /** That of a range's else. */
    Scope innerElse() {
        Scope inner = inner();
        inner.afterRange = true;
        return inner;
    }

    /** True in a range's else, where Go lets {@code break} end that else alone. */
    boolean isAfterRange() {
        return afterRange;
    }

    Scope innerLoop() {
        return new Scope(new HashMap<>(variables), new HashSet<>(names), found, known, loops + 1, local);
    }

    Set<String> names() {
        return names;
    }

    /** {@code assign}, or {@code local} within a macro. */
    String assignment() {
        return local ? "local" : "assign";
    }

    void set(String goName, String id, Value value) {
        variables.put(goName, new Variable(id, value, loops));
        if (value.code().matches("\\w+")) {
            names.add(value.code());
        }
    }

    /** As {@link #variable}, and not counted as being read. */
    Variable find(String goName, Place place) throws NotCarriedOverException {
        Variable variable = variables.get(goName);
        if (variable == null) {
            throw new NotCarriedOverException(place, "the variable " + goName + " is not set here");
        }
        return variable;
    }

    @Override
    public Value dot() {
        Variable dot = variables.get(DOT);
        if (dot == null) {
            return Value.nothing();
        }
        found.isRead(dot.id());
        return dot.value();
    }

    @Override
    public Value variable(String name, Place place) throws NotCarriedOverException {
        Variable variable = find(name, place);
        found.isRead(variable.id());
        return variable.value();
    }

    @Override
    public void membersOf(String variable) {
        Variable of = variables.get(variable);
        if (of != null) {
            found.isAskedForMembers(of.id());
        }
    }

    @Override
    public void calls(String function) {
        found.calls(function);
    }

    @Override
    public boolean isReadOnce(String variable) {
        Variable of = variables.get(variable);
        return of != null && of.loops() == loops && known.reads(of.id()) == 1;
    }

    /** The type that a variable has all over the template. */
    Type type(String id, Type first) {
        found.holds(id, first);
        return known.type(id, first);
    }
}
