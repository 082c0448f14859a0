package dev.segue.render.text;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259, no leniency): maps in their order, lists, text, exact numbers, truth values and null. */
public final class JsonText {
    private static final int DEEPEST = 100;
    /** Beyond a double's range a short number could print as gigabytes of digits; Go refuses it, too. */
    private static final int LARGEST_EXPONENT = 400;

    private JsonText() {}

    /** The object that {@code json} writes; {@code null} counts as an empty one, as in Go. */
    public static Map<?, ?> object(String json) throws BadTextException {
        Object value = parse(json);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new BadTextException("the text is no JSON object { } (jsonArray reads a list)");
    }

    /** The list that {@code json} writes; {@code null} counts as an empty one, as in Go. */
    public static List<?> array(String json) throws BadTextException {
        Object value = parse(json);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new BadTextException("the text is no JSON list [ ] (json reads an object)");
    }

    private static @Nullable Object parse(String json) throws BadTextException {
        JsonReader in = new JsonReader(new StringReader(json));
        in.setStrictness(Strictness.STRICT);
        in.setNestingLimit(DEEPEST);
        try {
            Object value = value(in);
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw bad("the JSON ends, yet more text follows", in);
            }
            return value;
        } catch (IOException e) {
            // gson's own words would quote names out of the text.
            throw bad("not JSON, or nested deeper than " + DEEPEST, in);
        }
    }

    private static @Nullable Object value(JsonReader in) throws IOException, BadTextException {
        return switch (in.peek()) {
            case BEGIN_OBJECT -> members(in);
            case BEGIN_ARRAY -> elements(in);
            case NUMBER -> number(in);
            case BOOLEAN -> in.nextBoolean();
            case NULL -> nothing(in);
            default -> in.nextString();
        };
    }

    private static @Nullable Object nothing(JsonReader in) throws IOException {
        in.nextNull();
        return null;
    }

    private static Map<String, @Nullable Object> members(JsonReader in) throws IOException, BadTextException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (members.containsKey(name)) {
                throw bad("a name stands twice in one JSON object", in);
            }
            members.put(name, value(in));
        }
        in.endObject();
        return members;
    }

    private static List<@Nullable Object> elements(JsonReader in) throws IOException, BadTextException {
        List<@Nullable Object> elements = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            elements.add(value(in));
        }
        in.endArray();
        return elements;
    }

    private static BigDecimal number(JsonReader in) throws IOException, BadTextException {
        try {
            BigDecimal number = new BigDecimal(in.nextString());
            if (Math.abs((long) number.scale()) <= LARGEST_EXPONENT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // An exponent too large even for BigDecimal; said below.
        }
        throw bad("a JSON number is out of range", in);
    }

    private static BadTextException bad(String why, JsonReader in) {
        return new BadTextException(why + " (at character " + in.getCharacterOffset() + ")");
    }
}
