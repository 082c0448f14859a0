package dev.segue.convert.expression;

import dev.segue.convert.expression.Value.Binding;
import java.util.List;
import java.util.stream.Collectors;

/** Asks values whether they are true, as Go does: what is empty, 0 or nothing is not. */
final class Truth {
    private Truth() {}

    /** True if the value's truth is as {@code wanted}. */
    static Value of(Value value, boolean wanted) {
        return switch (value.type()) {
            case TRUTH -> wanted ? value : negated(value);
            case TEXT -> comparison(value, wanted, "\"\"");
            case INTEGER, FLOAT, SMALL_NUMBER -> comparison(value, wanted, "0");
            case NOTHING -> Value.constant(String.valueOf(!wanted), Type.TRUTH, String.valueOf(!wanted));
            case MAP, LIST, ANY -> asked("go.truth(" + value.code() + ")", wanted);
            // Where an element is missing, ?has_content would take that for empty, and Go fails.
            default ->
                value.kind() == Value.Kind.MEMBER
                        ? asked("go.truth(" + value.code() + ")", wanted)
                        : asked(value.atom() + "?has_content", wanted);
        };
    }

    private static Value comparison(Value value, boolean wanted, String empty) {
        String sign = wanted ? " != " : " == ";
        return Value.of(value.code(Binding.SUM) + sign + empty, Type.TRUTH, Binding.COMPARISON);
    }

    private static Value asked(String code, boolean wanted) {
        Value value = Value.atom(code, Type.TRUTH, Value.Kind.CALL);
        return wanted ? value : negated(value);
    }

    static Value negated(Value truth) {
        return Value.of("!" + truth.code(Binding.NOT), Type.TRUTH, Binding.NOT);
    }

    /** All of them, or one of them. */
    static Value joined(List<Value> truths, boolean all) {
        Binding binding = all ? Binding.AND : Binding.OR;
        if (truths.size() == 1) {
            return truths.get(0);
        }
        return Value.of(
                truths.stream().map(truth -> truth.code(binding)).collect(Collectors.joining(all ? " && " : " || ")),
                Type.TRUTH,
                binding);
    }
}
