package dev.segue.gotemplate;

import java.util.List;

/**
 * Commands, each of which is given to the next one as its last argument.
 *
 * @param variables those that get the result, with their {@code $}; empty if it is used otherwise
 * @param binding what it does to them
 * @param commands each an operand with its arguments; none of the two lists is empty
 */
public record Pipeline(Place place, List<String> variables, Binding binding, List<List<Operand>> commands) {
    /** What becomes of the variables. */
    public enum Binding {
        /** {@code :=} */
        DECLARES,
        /** {@code =} */
        ASSIGNS
    }

    public Pipeline {
        variables = List.copyOf(variables);
        commands = commands.stream().map(List::copyOf).toList();
    }
}
