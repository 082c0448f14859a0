package dev.segue.render.go;

import dev.segue.render.text.BadTextException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as Go's {@code encoding/json} does into an {@code interface{}}: numbers become {@code float64}, of a name that
 * stands twice the last counts, what is no UTF-8 becomes U+FFFD.
 */
public final class GoJson {
    private static final int DEEPEST = 10_000;
    private static final char NOT_A_CHARACTER = '\uFFFD';

    private final String text;
    private int at;
    private int depth;

    private GoJson(String text) {
        this.text = text;
    }

    /** The object that {@code json} writes; {@code null} counts as an empty one. */
    public static Map<?, ?> object(String json) throws BadTextException {
        Object value = parse(json);
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        if (value == null) {
            return Map.of();
        }
        throw new BadTextException("the text is no JSON object { } (jsonArray reads a list)");
    }

    /** The list that {@code json} writes; {@code null} counts as an empty one. */
    public static List<?> array(String json) throws BadTextException {
        Object value = parse(json);
        if (value instanceof List<?> list) {
            return list;
        }
        if (value == null) {
            return List.of();
        }
        throw new BadTextException("the text is no JSON list [ ] (json reads an object)");
    }

    private static @Nullable Object parse(String json) throws BadTextException {
        GoJson reader = new GoJson(json);
        reader.skip();
        Object value = reader.value();
        reader.skip();
        if (reader.at < json.length()) {
            throw reader.bad("the JSON ends, yet more text follows");
        }
        return value;
    }

    private @Nullable Object value() throws BadTextException {
        return switch (next()) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object() throws BadTextException {
        Map<String, @Nullable Object> members = new TreeMap<>(GoText.ORDER);
        enter();
        for (boolean more = !ends('}'); more; more = goesOn('}')) {
            if (next() != '"') {
                throw bad("not JSON");
            }
            String name = string();
            skip();
            expect(':');
            skip();
            members.put(name, value());
        }
        depth--;
        return members;
    }

    private List<@Nullable Object> list() throws BadTextException {
        List<@Nullable Object> elements = new ArrayList<>();
        enter();
        for (boolean more = !ends(']'); more; more = goesOn(']')) {
            elements.add(value());
        }
        depth--;
        return elements;
    }

    private void enter() throws BadTextException {
        at++;
        skip();
        if (++depth > DEEPEST) {
            throw bad("JSON nested deeper than " + DEEPEST);
        }
    }

    private boolean ends(char close) {
        if (next() != close) {
            return false;
        }
        at++;
        return true;
    }

    private boolean goesOn(char close) throws BadTextException {
        skip();
        if (ends(close)) {
            return false;
        }
        expect(',');
        skip();
        return true;
    }

    private String string() throws BadTextException {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            char c = next();
            if (at >= text.length() || c < ' ') {
                throw bad("not JSON");
            }
            at++;
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\') {
                escape(value);
            } else if (Character.isHighSurrogate(c)) {
                value.append(c).append(next());
                at++;
            } else {
                value.append(Character.isLowSurrogate(c) ? NOT_A_CHARACTER : c);
            }
        }
    }

    private void escape(StringBuilder value) throws BadTextException {
        char c = next();
        at++;
        switch (c) {
            case '"', '\\', '/' -> value.append(c);
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'u' -> unicode(value);
            default -> throw bad("not JSON");
        }
    }

    private void unicode(StringBuilder value) throws BadTextException {
        char first = unit();
        if (!Character.isSurrogate(first)) {
            value.append(first);
            return;
        }
        if (Character.isHighSurrogate(first) && text.startsWith("\\u", at)) {
            int back = at;
            at += 2;
            char second = unit();
            if (Character.isLowSurrogate(second)) {
                value.append(first).append(second);
                return;
            }
            at = back;
        }
        value.append(NOT_A_CHARACTER);
    }

    private char unit() throws BadTextException {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw bad("not JSON");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private Double number() throws BadTextException {
        int start = at;
        if (next() == '-') {
            at++;
        }
        if (next() == '0') {
            at++;
        } else {
            digits();
        }
        if (next() == '.') {
            at++;
            digits();
        }
        if (next() == 'e' || next() == 'E') {
            at++;
            if (next() == '+' || next() == '-') {
                at++;
            }
            digits();
        }
        double number = Double.parseDouble(text.substring(start, at));
        if (Double.isInfinite(number)) {
            throw bad("a JSON number is out of range");
        }
        return number;
    }

    private void digits() throws BadTextException {
        int start = at;
        while (next() >= '0' && next() <= '9') {
            at++;
        }
        if (at == start) {
            throw bad("not JSON");
        }
    }

    private @Nullable Object word(String word, @Nullable Object value) throws BadTextException {
        if (!text.startsWith(word, at)) {
            throw bad("not JSON");
        }
        at += word.length();
        return value;
    }

    private void expect(char wanted) throws BadTextException {
        if (next() != wanted) {
            throw bad("not JSON");
        }
        at++;
    }

    private void skip() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character; behind the end one that JSON never has. */
    private char next() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private BadTextException bad(String why) {
        return new BadTextException(why + " (at character " + (at + 1) + ")");
    }
}
