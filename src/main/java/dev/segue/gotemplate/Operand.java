package dev.segue.gotemplate;

import java.util.List;

/** A value as an action writes it. */
public sealed interface Operand {
    Place place();

    /** {@code .} */
    record Dot(Place place) implements Operand {}

    /** {@code nil} */
    record Nil(Place place) implements Operand {}

    /** {@code true} or {@code false}. */
    record Truth(Place place, boolean value) implements Operand {}

    /** A number as written; a character stands here as its number. */
    record Numeral(Place place, String text) implements Operand {}

    /** A string, its escapes read. */
    record Text(Place place, String value) implements Operand {}

    /** A function's name. */
    record Function(Place place, String name) implements Operand {}

    /** {@code $x}; {@code $} alone has the name {@code $}. */
    record Variable(Place place, String name) implements Operand {}

    /** {@code .a.b} behind something: {@code of} is {@link Dot} where it stands alone. */
    record Fields(Place place, Operand of, List<String> names) implements Operand {
        public Fields {
            names = List.copyOf(names);
        }
    }

    /** A pipeline in parentheses. */
    record Nested(Place place, Pipeline pipeline) implements Operand {}
}
