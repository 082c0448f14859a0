package dev.segue.convert.expression;

import dev.segue.gotemplate.Operand;
import dev.segue.gotemplate.Pipeline;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds names for FreeMarker that hide nothing. */
public final class Names {
    /** Words of FreeMarker, and the namespace of Go's functions. */
    private static final Set<String> RESERVED =
            Set.of("true", "false", "gt", "gte", "lt", "lte", "as", "in", "using", "go");

    private Names() {}

    /** A name for what {@code pipeline} stands for, best after its key: {@code port} of {@code getv "/app/port"}. */
    public static String wanted(Pipeline pipeline, Type type) {
        List<Operand> command = pipeline.commands().get(0);
        boolean key = pipeline.commands().size() == 1
                && command.size() > 1
                && command.get(0) instanceof Operand.Function function
                && (function.name().equals("getv") || function.name().equals("getenv"))
                && command.get(1) instanceof Operand.Text;
        String last = key ? ((Operand.Text) command.get(1)).value().replaceFirst(".*/", "") : "";
        boolean usable = last.matches("[A-Za-z][A-Za-z0-9_-]*");
        return !usable
                ? type.variable()
                : last.equals(last.toUpperCase(Locale.ROOT)) ? last.toLowerCase(Locale.ROOT) : last;
    }

    /** {@code wanted} as a name, or the next best one that is not {@code taken}. */
    public static String free(String wanted, Set<String> taken) {
        String name = camelCase(wanted);
        String free = name;
        for (int i = 2; taken.contains(free) || RESERVED.contains(free); i++) {
            free = name + i;
        }
        return free;
    }

    /** {@code upstream-block} as {@code upstreamBlock}; {@code it} if nothing is left. */
    private static String camelCase(String text) {
        StringBuilder name = new StringBuilder();
        boolean up = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean digit = c >= '0' && c <= '9';
            if (letter || (digit && !name.isEmpty())) {
                name.append(up ? Character.toUpperCase(c) : c);
                up = false;
            } else {
                up = !name.isEmpty();
            }
        }
        return name.isEmpty() ? "it" : name.toString();
    }
}
