package dev.segue.convert.expression;

import dev.segue.convert.expression.Value.Binding;
import dev.segue.gotemplate.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code printf}: as text with values in it where the format is simple. */
final class Formats {
    private static final Pattern VERB = Pattern.compile("%([-+# 0]*[0-9]*(?:\\.[0-9]*)?)(.|$)", Pattern.DOTALL);
    private static final Pattern REFUSED = Pattern.compile("[*\\[Tp]");

    private Formats() {}

    /** Text and values that print the same as the format, if only {@code %s}, {@code %d}, {@code %v} and the like are in it. */
    static Optional<List<Value>> parts(List<Argument> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        Argument first = arguments.get(0);
        if (first.type() != Type.TEXT || first.value().constant().isEmpty()) {
            return Optional.empty();
        }
        String format = first.value().constant().get();
        List<Value> parts = new ArrayList<>();
        Matcher verb = VERB.matcher(format);
        int at = 0;
        int used = 1;
        while (verb.find()) {
            parts.add(text(format.substring(at, verb.start())));
            at = verb.end();
            if (verb.group().equals("%%")) {
                parts.add(text("%"));
            } else if (used < arguments.size()
                    && isSimple(verb, arguments.get(used).type())) {
                parts.add(arguments.get(used++).value());
            } else {
                return Optional.empty();
            }
        }
        parts.add(text(format.substring(at)));
        return used == arguments.size() ? Optional.of(merged(parts)) : Optional.empty();
    }

    private static boolean isSimple(Matcher verb, Type type) {
        if (!verb.group(1).isEmpty()) {
            return false;
        }
        return switch (verb.group(2)) {
            case "s" -> type == Type.TEXT;
            case "d" -> type == Type.INTEGER || type == Type.SMALL_NUMBER;
            case "t" -> type == Type.TRUTH;
            case "v" -> type == Type.TEXT || type == Type.INTEGER || type == Type.SMALL_NUMBER || type == Type.TRUTH;
            default -> false;
        };
    }

    private static List<Value> merged(List<Value> parts) {
        List<Value> merged = new ArrayList<>();
        for (Value part : parts) {
            int last = merged.size() - 1;
            boolean joins = last >= 0 && isText(part) && isText(merged.get(last));
            if (joins) {
                String before = merged.get(last).constant().orElseThrow();
                merged.set(last, text(before + part.constant().orElseThrow()));
            } else if (!part.constant().equals(Optional.of(""))) {
                merged.add(part);
            }
        }
        return merged;
    }

    private static boolean isText(Value value) {
        return value.type() == Type.TEXT && value.constant().isPresent();
    }

    private static Value text(String text) {
        return Value.constant(Literals.text(text), Type.TEXT, text);
    }

    /** The parts as one text: {@code "/app/${name}/port"}, or a sum where that would need quotes within quotes. */
    static Value joined(List<Value> parts) {
        if (parts.isEmpty()) {
            return text("");
        }
        if (parts.size() == 1 && parts.get(0).type() == Type.TEXT) {
            return parts.get(0);
        }
        boolean plain = parts.stream()
                .allMatch(part -> part.constant().isPresent() || part.code().matches("[A-Za-z0-9_.?()]+"));
        if (plain) {
            StringBuilder code = new StringBuilder("\"");
            for (Value part : parts) {
                code.append(part.constant().map(Literals::inside).orElse("${" + part.code() + "}"));
            }
            return Value.atom(code.append('"').toString(), Type.TEXT, Value.Kind.CALL);
        }
        StringBuilder sum = new StringBuilder(parts.get(0).type() == Type.TEXT ? "" : "\"\"");
        for (Value part : parts) {
            sum.append(sum.isEmpty() ? "" : " + ").append(part.code(Binding.NOT));
        }
        return Value.of(sum.toString(), Type.TEXT, Binding.SUM);
    }

    /**
     * Passes if {@code go.printf} knows the format, as far as that is known now.
     *
     * @throws NotCarriedOverException if it does not
     */
    static void check(Place place, List<Argument> arguments) throws NotCarriedOverException {
        if (arguments.isEmpty()) {
            throw Expressions.fails(place, "printf needs a format");
        }
        Matcher verb = VERB.matcher(arguments.get(0).value().constant().orElse(""));
        while (verb.find()) {
            boolean inside = verb.group(2).equals("v") && verb.group(1).contains("#");
            if (inside || REFUSED.matcher(verb.group(2)).matches()) {
                throw new NotCarriedOverException(
                        place, "printf: " + verb.group() + " (of Go's verbs all but %T %p %#v * and [ are known)");
            }
        }
    }
}
