package dev.segue.gotemplate;

import java.util.List;
import java.util.Optional;

/** A piece of a template. */
public sealed interface Node {
    /** From its first character to its last; of a branch up to its {@code {{end}}}. */
    Span span();

    /** What is printed as it stands, after all trimming. */
    record Text(Span span, String text) implements Node {}

    /** {@code {{/* ... *}{@code /}}}, without its signs. */
    record Comment(Span span, String text) implements Node {}

    /** An action that prints a value or, if its pipeline has variables, sets them. */
    record Action(Span span, Pipeline pipeline) implements Node {}

    /**
     * {@code if}, {@code with} or {@code range}.
     *
     * @param header the action that opens it
     * @param otherwise what stands behind {@code {{else}}}; for {@code {{else if}}} one branch
     * @param isChained true if it stands behind {@code else} in one action with it
     */
    record Branch(
            Span span,
            Span header,
            Kind kind,
            Pipeline pipeline,
            List<Node> body,
            List<Node> otherwise,
            boolean isChained)
            implements Node {
        public Branch {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code {{template "name" argument}}}. */
    record Invocation(Span span, String name, Optional<Pipeline> argument) implements Node {}

    /** {@code {{break}}} or {@code {{continue}}}. */
    record Jump(Span span, Target target) implements Node {}

    /** Which branch. */
    enum Kind {
        IF,
        WITH,
        RANGE
    }

    /** Where a jump leads. */
    enum Target {
        BREAK,
        CONTINUE
    }
}
