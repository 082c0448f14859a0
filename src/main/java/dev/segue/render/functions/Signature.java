package dev.segue.render.functions;

import java.util.List;

/**
 * How a function is called, read from the text that people see: {@code getv(key[, default])}, {@code map(key, value, ...)}.
 *
 * @param least how many arguments it needs
 * @param most how many it takes
 */
record Signature(String text, String name, List<String> parameters, int least, int most) {
    private static final String ANY_NUMBER = "...";

    static Signature of(String text) {
        int open = text.indexOf('(');
        String inside = text.substring(open + 1, text.length() - 1);
        List<String> parameters = inside.isEmpty()
                ? List.of()
                : List.of(inside.replace("[", "").replace("]", "").split(", "));
        if (parameters.contains(ANY_NUMBER)) {
            return new Signature(text, text.substring(0, open), parameters, 0, Integer.MAX_VALUE);
        }
        int least = inside.contains("[")
                ? parameters.size() - inside.substring(inside.indexOf('[')).split(", ").length + 1
                : parameters.size();
        return new Signature(text, text.substring(0, open), parameters, least, parameters.size());
    }

    /** {@code argument 2 (default)}, counted from 1; a function of any number of arguments has no names for them. */
    String argument(int index) {
        String number = "argument " + (index + 1);
        return most == Integer.MAX_VALUE ? number : number + " (" + parameters.get(index) + ")";
    }

    /** {@code takes 1 or 2 arguments}. */
    String arity() {
        String count = least == most ? String.valueOf(least) : least + " or " + most;
        return "takes " + (most == 0 ? "no" : count) + (most == 1 ? " argument" : " arguments");
    }
}
