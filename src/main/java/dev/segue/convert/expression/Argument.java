package dev.segue.convert.expression;

import dev.segue.gotemplate.Operand;
import dev.segue.gotemplate.Place;

/** What a function is given: how Go writes it and what became of it. */
record Argument(Operand operand, Value value) {
    Place place() {
        return operand.place();
    }

    Type type() {
        return value.type();
    }

    String code() {
        return value.code();
    }

    /** As an argument of a function of {@code go.}, which takes values of any type but those that Segue alone has. */
    String anyCode() throws NotCarriedOverException {
        if (!value.type().canBeAny()) {
            throw new NotCarriedOverException(
                    place(), "nothing can be done with " + value.type().shown() + " here");
        }
        return value.code();
    }
}
