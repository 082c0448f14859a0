package dev.segue.convert;

import dev.segue.convert.expression.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one walk through a template finds out, and the next one has to know: what becomes of a variable further down.
 *
 * <p>A variable is named by where it is set first. Used by one thread.
 */
final class Facts {
    private final Map<String, Type> types = new HashMap<>();
    private final Map<String, Integer> reads = new HashMap<>();
    private final Set<String> assigned = new HashSet<>();
    private final Set<String> askedForMembers = new HashSet<>();
    private final Set<String> functions = new HashSet<>();

    /** A variable, or the argument of a template, holds a value of this type, too. */
    void holds(String variable, Type type) {
        types.merge(variable, type, Type::or);
    }

    /** The type of all that it holds; {@code otherwise} if nothing is known. */
    Type type(String variable, Type otherwise) {
        return types.getOrDefault(variable, otherwise);
    }

    void isRead(String variable) {
        reads.merge(variable, 1, Integer::sum);
    }

    int reads(String variable) {
        return reads.getOrDefault(variable, 0);
    }

    /** It is set again. */
    void isAssigned(String variable) {
        assigned.add(variable);
    }

    boolean assigned(String variable) {
        return assigned.contains(variable);
    }

    void isAskedForMembers(String variable) {
        askedForMembers.add(variable);
    }

    boolean askedForMembers(String variable) {
        return askedForMembers.contains(variable);
    }

    /** A function is called somewhere, so nothing else can have its name. */
    void calls(String function) {
        functions.add(function);
    }

    Set<String> functions() {
        return functions;
    }

    boolean sameAs(Facts other) {
        return types.equals(other.types)
                && reads.equals(other.reads)
                && assigned.equals(other.assigned)
                && askedForMembers.equals(other.askedForMembers)
                && functions.equals(other.functions);
    }
}
