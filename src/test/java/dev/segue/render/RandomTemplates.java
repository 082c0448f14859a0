package dev.segue.render;

import dev.segue.keys.KeyEntry;
import dev.segue.keys.KeySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Templates of confd put together at random, mostly for their white space; the same ones from the same seed. */
final class RandomTemplates {
    private static final List<String> SPACES = List.of(
            "",
            "",
            "\n",
            "\n",
            "\n\n",
            " ",
            "  \n",
            "\n  ",
            "\n    ",
            "x",
            "server y;",
            "\n    server x;\n",
            "\n  z\n  ",
            "\t",
            "\r\n",
            "\r\n  ",
            "a {\n",
            "}\n",
            "${x}",
            "<#if>",
            "\n\n  ");
    private static final List<String> TEXTS = List.of(
            "\"lit\"", "(getv \"/app/a\" \"dflt\")", "\"\"", "(toUpper \"q\")", "(printf \"%s-%s\" \"a\" \"b\")");
    private static final List<String> LISTS =
            List.of("getvs \"/app/*\"", "ls \"/app\"", "split \"p,q\" \",\"", "lsdir \"/\"", "getvs \"/none/*\"");

    private final Random random;
    private int loops;

    private RandomTemplates(Random random) {
        this.random = random;
    }

    static List<GoOracle.Request> requests(long seed, int count) {
        Random random = new Random(seed);
        List<GoOracle.Request> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomTemplates made = new RandomTemplates(random);
            requests.add(new GoOracle.Request(made.template(), made.store()));
        }
        return requests;
    }

    private KeySnapshot store() {
        List<KeyEntry> entries = new ArrayList<>();
        for (String key : List.of("/app/a", "/app/b", "/app/c/d", "/x/y")) {
            if (random.nextInt(3) > 0) {
                entries.add(new KeyEntry(key, one("", "v", "lit", "w\nx", "10")));
            }
        }
        return KeySnapshot.of(7, entries);
    }

    private String template() {
        return "{{define \"one\"}}" + body(1, List.of(), false) + "{{end}}" + of(SPACES) + "{{define \"two\"}}"
                + of(SPACES) + "{{.}}" + of(SPACES) + "{{end}}" + body(3, List.of(), false);
    }

    private String body(int depth, List<String> variables, boolean inLoop) {
        StringBuilder body = new StringBuilder();
        List<String> known = new ArrayList<>(variables);
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            body.append(of(SPACES)).append(node(depth, known, inLoop));
        }
        return body.append(of(SPACES)).toString();
    }

    private String node(int depth, List<String> known, boolean inLoop) {
        return switch (random.nextInt(depth > 0 ? 14 : 8)) {
            case 0, 1 -> action(value(known));
            case 2 -> "{{/* c" + one("", "\n") + " */}}";
            case 3 -> {
                String name = "$v" + random.nextInt(4);
                String value = value(known);
                known.add(name);
                yield action(name + " := " + value);
            }
            case 4 -> known.isEmpty() ? "" : action(of(known) + " = " + value(known));
            case 5 ->
                inLoop && random.nextInt(3) == 0
                        ? action("if " + condition(known))
                                + of(SPACES)
                                + action(one("break", "continue"))
                                + of(SPACES)
                                + action("end")
                        : "";
            case 6 -> action("template " + (depth > 1 ? one("\"one\"", "\"two\"") : "\"two\"") + " " + value(known));
            case 7 -> action("print " + value(known) + " \"x\"");
            case 8, 9 ->
                action("if " + condition(known))
                        + body(depth - 1, known, inLoop)
                        + (random.nextInt(4) == 0
                                ? action("else if " + condition(known)) + body(depth - 1, known, inLoop)
                                : "")
                        + rest(depth, known, inLoop);
            case 10 -> action("with " + value(known)) + body(depth - 1, known, inLoop) + rest(depth, known, inLoop);
            default -> range(depth, known, inLoop);
        };
    }

    private String range(int depth, List<String> known, boolean inLoop) {
        List<String> inside = new ArrayList<>(known);
        String element = "$e" + loops++;
        String variables = one("", element + " := ", "$i" + element.substring(2) + ", " + element + " := ");
        if (!variables.isEmpty()) {
            inside.add(element);
        }
        return action("range " + variables + of(LISTS)) + body(depth - 1, inside, true) + rest(depth, known, inLoop);
    }

    private String rest(int depth, List<String> known, boolean inLoop) {
        return (random.nextBoolean() ? action("else") + body(depth - 1, known, inLoop) : "") + action("end");
    }

    private String action(String inside) {
        return one("{{", "{{", "{{", "{{- ", "{{ ") + inside + one("}}", "}}", "}}", " -}}", " }}");
    }

    private String value(List<String> known) {
        return known.isEmpty() || random.nextInt(3) > 0 ? of(TEXTS) : of(known);
    }

    private String condition(List<String> known) {
        return one(
                "exists \"/app/a\"",
                "exists \"/zz\"",
                "eq " + value(known) + " \"lit\"",
                value(known),
                "not (exists \"/app/a\")",
                "and (exists \"/app/a\") (ne " + value(known) + " \"b\")");
    }

    private String of(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String one(String... all) {
        return of(List.of(all));
    }
}
