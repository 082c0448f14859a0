package dev.segue.convert.expression;

import dev.segue.gotemplate.Place;
import java.util.List;

/** What a template can ask of {@code datetime}. */
final class Times {
    private Times() {}

    static Value method(Value time, String name, List<Argument> arguments, Place place) throws NotCarriedOverException {
        if (name.equals("Format") && arguments.size() == 1 && arguments.get(0).type() == Type.TEXT) {
            String code = "go.format(" + time.code() + ", " + arguments.get(0).code() + ")";
            return Value.atom(code, Type.TEXT, Value.Kind.CALL);
        }
        if (name.equals("Unix") && arguments.isEmpty()) {
            return Value.atom("(" + time.atom() + "?long / 1000)?floor", Type.INTEGER, Value.Kind.CALL);
        }
        throw new NotCarriedOverException(place, "of a time only .Format \"layout\" and .Unix can be carried over");
    }
}
